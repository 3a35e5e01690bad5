"""Every fact is spoken, shown or enforced, and every rule names where it is from."""

import re
from datetime import date

import pytest

from coach.library.facts import load_facts
from coach.library.files import load_exercises, load_routine, routine_ids
from coach.training.rules import CARE, RULES
from coach.training.sources import FactUse, How, facts_in, placed, why_today

ROUTINES = {name: tuple(block.exercise.id for block in load_routine(name).blocks) for name in routine_ids()}
PLACED = placed(load_exercises(), ROUTINES)


@pytest.mark.parametrize("fact", load_facts())
def test_every_fact_has_its_place(fact: str) -> None:
    assert PLACED[fact], f"{fact} is neither spoken, shown nor enforced"


def test_the_56_facts_are_all_there() -> None:
    assert len(PLACED) == 56


def test_no_place_names_a_fact_that_is_not_there() -> None:
    assert set(PLACED) == set(load_facts())


@pytest.mark.parametrize("fact", ["avoid.slouch", "avoid.bend", "avoid.twist", "avoid.reach", "cardio.avoid"])
def test_what_to_avoid_is_enforced_not_only_said(fact: str) -> None:
    assert How.ENFORCED in {place.how for place in PLACED[fact]}


@pytest.mark.parametrize("fact", ["dose.start", "dose.progress"])
def test_the_dose_is_enforced_by_the_progression(fact: str) -> None:
    assert any(place.where.startswith("progression") for place in PLACED[fact])


def test_a_source_is_read_for_the_facts_it_names() -> None:
    assert facts_in("avoid.bend; TFTF Table 5; ours; disclaimer") == ("avoid.bend", "disclaimer")


def test_a_place_is_named_once() -> None:
    for places in PLACED.values():
        assert len(places) == len(set(places))
        assert all(isinstance(place, FactUse) for place in places)


def test_every_day_has_its_reason_to_train() -> None:
    assert len({why_today(date(2027, 5, day)) for day in range(1, 31)}) > 10


def test_every_rule_of_care_names_its_source_or_says_ours() -> None:
    assert len(CARE) == 16
    for rule in CARE.values():
        assert rule.says
        known = ("ours", "TFTF", "ACSM", "Bone Fit", "Otago", "National Institute on Aging", "first-aid")
        for part in rule.source.split("; "):
            assert part in load_facts() or part.startswith(known), (rule.id, part)


@pytest.mark.parametrize(
    "source", [*(rule.source for rule in RULES.values()), *(rule.source for rule in CARE.values())]
)
def test_what_looks_like_a_fact_in_a_source_is_one(source: str) -> None:
    named = [part for part in source.split("; ") if re.fullmatch(r"[a-z]+\.[a-z]+", part)]
    assert set(named) <= set(load_facts())
