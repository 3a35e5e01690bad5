"""Progression: each rule by value, and what must never happen in ten thousand months."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.library.files import load_exercises
from coach.training.bout import Bout, DifficultyWish, Done, SetRow, bout_of
from coach.training.dose import Dose, Load, Means, back, means, on_ladder, start, up
from coach.training.loads.units import Units
from coach.training.profile import Profile
from coach.training.progression import Change, Decision, next_dose
from coach.training.rules import RULES
from tests.support.training import BAND, BIRD_DOG, EXTENSION, MONDAY, ROW, bout, month

FIRST = Dose("one-arm-row", 1, 10, Load(kg=1.0))
MONTHS = 10_000


def days(*after: int) -> tuple[date, ...]:
    return tuple(MONDAY + timedelta(days=n) for n in after)


def after_two(dose: Dose, by: Means, *efforts: int, units: Units = Units.KG) -> Decision:
    bouts = [bout(day, dose, effort) for day, effort in zip(days(0, 3), efforts, strict=True)]
    return next_dose(bouts, by, MONDAY + timedelta(days=7), units)


def test_the_first_session_is_one_set_of_ten_with_the_lightest() -> None:
    decision = next_dose([], ROW, MONDAY)
    assert (decision.change, decision.dose) == (Change.START, FIRST)
    assert decision.why == "For your first time: one set of ten with one kilo."


def test_the_ladder_goes_reps_then_sets_then_load() -> None:
    rungs, dose = [], start(ROW)
    while (higher := up(dose, ROW)) is not None:
        rungs.append((higher.sets, higher.reps, higher.load.kg if higher.load else None))
        dose = higher
    assert rungs[:8] == [
        (1, 12, 1.0), (1, 15, 1.0), (2, 10, 1.0), (2, 12, 1.0), (2, 15, 1.0), (3, 10, 1.0), (3, 12, 1.0), (3, 15, 1.0),
    ]  # fmt: skip
    assert rungs[8] == (3, 10, 1.5)
    assert rungs[-1] == (3, 15, 3.0), "from three to five kilos is too big a step"


def test_the_back_extension_goes_on_to_its_harder_variant() -> None:
    top = Dose("back-extension", 3, 15)
    assert up(top, EXTENSION) == Dose("back-extension-arms", 3, 10)
    assert back(Dose("back-extension-arms", 3, 10), EXTENSION) == Dose("back-extension", 3, 10)


def test_steps_back_go_load_then_sets_then_reps_then_nothing() -> None:
    dose, seen = Dose("one-arm-row", 2, 12, Load(kg=2.0)), []
    while (lower := back(dose, ROW)) is not None:
        seen.append((lower.sets, lower.reps, lower.load.kg if lower.load else None))
        dose = lower
    assert seen == [(2, 12, 1.5), (2, 12, 1.0), (1, 12, 1.0), (1, 10, 1.0)]


def test_two_easy_sessions_are_a_step_up_told_in_words() -> None:
    decision = after_two(Dose("bird-dog", 1, 15), BIRD_DOG, 5, 5)
    assert (decision.change, decision.dose, decision.rule) == (Change.UP, Dose("bird-dog", 2, 10), "sets")
    assert (
        decision.why == "The last two times, you did fifteen and rated the effort five. So today it's two sets of ten."
    )


def test_more_load_is_named_in_her_units() -> None:
    decision = after_two(Dose("one-arm-row", 3, 15, Load(kg=1.0)), ROW, 5, 6)
    assert decision.why == (
        "The last two times, you did three sets of fifteen and rated the effort five, then six. "
        "So today it's one and a half kilos, three sets of ten."
    )
    pounds = means(load_exercises()["one-arm-row"], load_exercises(), Profile(weights=(5.0, 7.0), units=Units.LB))
    heavy = Dose("one-arm-row", 3, 15, pounds.loads[0])
    assert "today it's seven pounds" in after_two(heavy, pounds, 5, 5, units=Units.LB).why


def test_one_easy_session_is_not_enough() -> None:
    decision = next_dose([bout(MONDAY, FIRST)], ROW, MONDAY + timedelta(days=3))
    assert (decision.change, decision.rule) == (Change.SAME, "two-easy")


def test_two_sessions_on_one_day_count_as_one() -> None:
    decision = next_dose([bout(MONDAY, FIRST), bout(MONDAY, FIRST)], ROW, MONDAY + timedelta(days=3))
    assert decision.change is Change.SAME


@pytest.mark.parametrize("effort", [7, 8])
def test_effort_seven_or_eight_holds(effort: int) -> None:
    assert after_two(FIRST, ROW, 5, effort).rule == "effort-hold"
    assert after_two(FIRST, ROW, effort, 5).change is Change.SAME


@pytest.mark.parametrize("effort", [9, 10])
def test_effort_nine_or_ten_goes_back(effort: int) -> None:
    decision = after_two(Dose("one-arm-row", 2, 12, Load(kg=2.0)), ROW, 5, effort)
    assert (decision.change, decision.dose.load) == (Change.BACK, Load(kg=1.5))


def test_without_an_effort_nothing_grows() -> None:
    bouts = [bout(day, FIRST, None) for day in days(0, 3, 7, 10)]
    assert next_dose(bouts, ROW, days(14)[0]).rule == "no-effort"


def test_missed_reps_go_back() -> None:
    bouts = [bout(MONDAY, Dose("bird-dog", 2, 10), done=Done.MISSED)]
    assert next_dose(bouts, BIRD_DOG, days(3)[0]).dose == Dose("bird-dog", 1, 10)


def test_pain_goes_back_and_names_the_doctor_every_time() -> None:
    for now in (Dose("bird-dog", 2, 12), Dose("bird-dog", 1, 12), Dose("bird-dog", 1, 10)):
        decision = next_dose([bout(MONDAY, now, pain=True)], BIRD_DOG, days(3)[0])
        assert "doctor" in decision.why


def test_below_one_set_of_ten_it_is_left_out_until_a_clinician_agrees() -> None:
    hurt = [bout(MONDAY, FIRST, pain=True)]
    assert next_dose(hurt, ROW, days(3)[0]).change is Change.OUT
    assert next_dose(hurt, ROW, days(40)[0]).change is Change.OUT, "a fortnight away heals no pain"
    again = next_dose(hurt, ROW, days(5)[0], cleared=days(4)[0])
    assert (again.change, again.dose) == (Change.START, FIRST)


def test_a_fortnight_away_goes_one_step_back() -> None:
    decision = next_dose([bout(MONDAY, Dose("bird-dog", 3, 12))], BIRD_DOG, days(14)[0])
    assert (decision.rule, decision.dose) == ("away-back", Dose("bird-dog", 2, 12))
    assert next_dose([bout(MONDAY, Dose("bird-dog", 3, 12))], BIRD_DOG, days(13)[0]).change is Change.SAME
    assert next_dose([bout(MONDAY, FIRST)], ROW, days(30)[0]).change is Change.SAME, "not below the easiest"


def test_wishes_follow_the_same_rules() -> None:
    easier = [bout(MONDAY, Dose("bird-dog", 2, 12), wish=DifficultyWish.EASIER)]
    assert next_dose(easier, BIRD_DOG, days(3)[0]).dose == Dose("bird-dog", 1, 12)
    harder = [bout(MONDAY, Dose("bird-dog", 2, 12), wish=DifficultyWish.HARDER)]
    decision = next_dose(harder, BIRD_DOG, days(3)[0])
    assert decision.change is Change.SAME
    assert "harder" in decision.why


def test_one_step_up_a_week() -> None:
    grown = Dose("bird-dog", 1, 12)
    bouts = [bout(day, Dose("bird-dog", 1, 10)) for day in days(0, 2)] + [bout(day, grown) for day in days(4, 6)]
    assert next_dose(bouts, BIRD_DOG, days(8)[0]).rule == "one-a-week"
    assert next_dose(bouts, BIRD_DOG, days(11)[0]).dose == Dose("bird-dog", 1, 15)


def test_a_clock_set_back_lets_nothing_grow() -> None:
    bouts = [bout(day, FIRST) for day in days(10, 14)]
    assert next_dose(bouts, ROW, MONDAY).rule == "clock"


def test_a_next_weight_that_is_too_far_is_named() -> None:
    decision = after_two(Dose("one-arm-row", 3, 15, Load(kg=3.0)), ROW, 4, 4)
    assert (decision.change, decision.rule) == (Change.SAME, "too-big")


def test_bands_go_one_by_one() -> None:
    decision = after_two(Dose("external-rotation", 3, 15, Load(band="yellow")), BAND, 5, 5)
    assert decision.dose == Dose("external-rotation", 3, 10, Load(band="red"))
    assert "the red band" in decision.why


def test_a_weight_no_longer_owned_becomes_the_next_lighter_one() -> None:
    assert on_ladder(Dose("one-arm-row", 2, 12, Load(kg=4.0)), ROW).load == Load(kg=3.0)
    assert on_ladder(Dose("one-arm-row", 2, 13), ROW) == Dose("one-arm-row", 2, 12, Load(kg=1.0))


def row(done: int, ended_by: str | None = "completed", side: str | None = None, **changes: object) -> SetRow:
    entry = {"effort": 5, "pain": False, **changes}
    return SetRow("bird-dog", side, 1, 10, done, None, ended_by=ended_by, **entry)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "sides", "done"),
    [
        ([row(10)], 1, Done.ALL),
        ([row(10, side="right"), row(10, side="left")], 2, Done.ALL),
        ([row(10, side="right")], 2, Done.CUT_SHORT),
        ([row(7, "done")], 1, Done.MISSED),
        ([row(7, "skip")], 1, Done.MISSED),
        ([row(0, "skip")], 1, Done.CUT_SHORT),
        ([row(7, "end_workout")], 1, Done.CUT_SHORT),
        ([row(7, None)], 1, Done.CUT_SHORT),
    ],
)
def test_what_ended_a_set_decides_what_missing_reps_mean(rows: list[SetRow], sides: int, done: Done) -> None:
    assert bout_of(MONDAY, Dose("bird-dog", 1, 10), rows, sides).done is done


def test_every_rule_names_its_source_or_says_ours() -> None:
    assert all(rule.source and rule.says for rule in RULES.values())


@given(st.randoms(use_true_random=False), st.sampled_from([ROW, BAND, EXTENSION, BIRD_DOG]))
def test_no_month_breaks_the_rules(chance: random.Random, by: Means) -> None:
    check_month(month(chance, by), by)


def test_ten_thousand_months_break_no_rule() -> None:
    chance = random.Random(70)
    ups = 0
    for number in range(MONTHS):
        by = (ROW, BAND, EXTENSION, BIRD_DOG)[number % 4]
        seen = month(chance, by)
        check_month(seen, by)
        ups += sum(change is Change.UP for _, _, change, _ in seen)
    assert ups > MONTHS / 10, "the months must also grow, or they prove nothing"


def check_month(seen: Sequence[tuple[list[Bout], date, Change, Dose]], by: Means) -> None:
    """Hold what must never happen, by rules of its own: rungs are numbered, a step is one number."""
    ups: list[date] = []
    for bouts, day, change, dose in seen:
        assert in_range(dose, by)
        if not bouts or change in (Change.OUT, Change.START):
            continue
        last = bouts[-1]
        before, after = easiest_first(last.dose, by), easiest_first(dose, by)
        if change is Change.UP:
            check_up(bouts, day, ups)
            assert one_up(last.dose, dose, by)
            ups.append(day)
        elif change is Change.SAME:
            assert before == after
            assert not last.pain
        else:
            assert sum(a != b for a, b in zip(before, after, strict=True)) == 1, "one thing changes"
            assert all(b <= a for a, b in zip(before, after, strict=True)), "and to the easier side"


def check_up(bouts: Sequence[Bout], day: date, ups: Sequence[date]) -> None:
    assert len(bouts) >= 2
    for bout_ in bouts[-2:]:
        assert not bout_.pain, "never up after pain, nor before two sessions without it"
        assert bout_.effort is not None
        assert bout_.effort <= 6
        assert bout_.done is Done.ALL
    assert all((day - other).days >= 7 for other in ups), "one step a week"
    assert (day - bouts[-1].day).days < 14


def easiest_first(dose: Dose, by: Means) -> tuple[int, int, int, int]:
    load = by.loads.index(dose.load) if dose.load in by.loads else 0
    return by.exercises.index(dose.exercise), load, dose.sets, dose.reps


def one_up(before: Dose, after: Dose, by: Means) -> bool:
    rungs = [(sets, reps) for sets in (1, 2, 3) for reps in (10, 12, 15)]
    was, now = rungs.index((before.sets, before.reps)), rungs.index((after.sets, after.reps))
    (variant, load, *_), (new_variant, new_load, *_) = easiest_first(before, by), easiest_first(after, by)
    if (variant, load) == (new_variant, new_load):
        return now == was + 1
    heavier = (new_variant - variant, new_load - load) in ((0, 1), (1, 0))
    gain = (after.load.kg or 0) - (before.load.kg or 0) if after.load and before.load else 0.0
    return heavier and (was, now) == (8, 6) and gain <= min(1.0, (before.load.kg or 0) / 2 if before.load else 1.0)


def in_range(dose: Dose, by: Means) -> bool:
    return (
        dose.exercise in by.exercises
        and 1 <= dose.sets <= 3
        and dose.reps in (10, 12, 15)
        and (dose.load in by.loads if by.loads else dose.load is None)
    )
