"""What the plan says aloud: kind, short, with the doctor where it hurt, and never a command to the coach itself."""

import random
import re
from functools import cache

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_exercises, load_routine, routine_ids
from coach.library.safe_routine import make_safe
from coach.library.safety import Condition, Limit, Person
from coach.training.dose import Means
from coach.training.progression import Change, next_dose
from scripts.makers.lines import sentences
from tests.support.taught import at_the_ends
from tests.support.training import BAND, BIRD_DOG, EXTENSION, ROW, month


@cache
def explanations() -> tuple[tuple[Change, str, str], ...]:
    """Return every (change, rule, words) of many random months."""
    found = set()
    for by in (ROW, BAND, EXTENSION, BIRD_DOG):
        found |= _of(by)
    return tuple(sorted(found))


def _of(by: Means) -> set[tuple[Change, str, str]]:
    chance = random.Random(6)
    found = set()
    for _ in range(150):
        for bouts, day, _, _ in month(chance, by):
            decision = next_dose(bouts, by, day)
            found.add((decision.change, decision.rule, decision.why))
    return found


@cache
def notes() -> tuple[str, ...]:
    """Return every sentence that a welcome may add for a person."""
    limits = [frozenset[Limit](), *(frozenset({limit}) for limit in Limit)]
    people = [Person(condition, some, True) for condition in Condition for some in limits]
    routines = [load_routine(name) for name in routine_ids()]
    safe = [make_safe(routine, person, load_exercises()) for person in people for routine in routines]
    found = {note for one in safe for note in one.routine.notes}
    return tuple(sorted(found))


def test_there_is_something_of_every_kind() -> None:
    assert {change for change, _, _ in explanations()} == set(Change)
    assert len(notes()) > 4


@pytest.mark.parametrize("what", ["plan", "notes"])
def test_no_sentence_of_it_begins_or_ends_with_a_command(what: str) -> None:
    texts = [words for _, _, words in explanations()] if what == "plan" else list(notes())
    commands = {p.text for p in load_table().phrases() if p.command is not Command.NUMBER}
    bad = {
        (text, command)
        for text in texts
        for sentence in (normal(part) for part in (*re.split(r"[.!?:;]", text), text) if part.strip())
        for command in at_the_ends(sentence, commands)
    }
    assert bad == set()


@pytest.mark.parametrize("what", ["plan", "notes"])
def test_no_sentence_of_it_is_longer_than_eighteen_words(what: str) -> None:
    texts = [words for _, _, words in explanations()] if what == "plan" else list(notes())
    assert [each for text in texts for each in sentences(text) if len(each.split()) > 18] == []


def test_after_pain_the_doctor_is_named_every_time() -> None:
    after = [words for _, rule, words in explanations() if rule in ("pain-back", "help-back", "out")]
    assert after
    assert all("doctor" in words for words in after)


def test_a_change_says_what_it_is_today() -> None:
    for change, _, words in explanations():
        if change in (Change.UP, Change.BACK):
            assert "today " in words
