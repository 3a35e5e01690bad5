"""The ladder of the balance hold: both hands on the chair, one, fingertips. Each step follows from what was held."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.library.files import BALANCE, load_exercises
from coach.library.safety import Limit
from coach.training.balance.ladder import HOLDS, next_hold, steps_for
from coach.training.bout import Bout, DifficultyWish, Done
from coach.training.dose import Dose
from coach.training.profile import Profile
from coach.training.progression import AWAY, WEEK, Change
from coach.training.rules import RULES
from tests.support.training import MONDAY, bout

EXERCISES = load_exercises()
STEPS = steps_for(EXERCISES[BALANCE], EXERCISES, Profile())
BOTH, ONE, TIPS = STEPS


def held(days_after: int, step: str = BOTH, **changes: Any) -> Bout:
    return replace(bout(MONDAY + timedelta(days=days_after), Dose(step, 1, HOLDS), None), **changes)


def due(*bouts: Bout, after: int = 3, cleared: bool = False) -> tuple[Change, str, str]:
    day = bouts[-1].day + timedelta(days=after)
    found = next_hold(bouts, STEPS, day, day if cleared else None)
    assert found.rule in RULES
    return found.change, found.dose.exercise, found.rule


def test_it_begins_with_both_hands_and_ends_with_fingertips() -> None:
    assert (BALANCE, f"{BALANCE}-one-hand", f"{BALANCE}-fingertips") == STEPS
    assert next_hold((), STEPS, MONDAY).dose == Dose(BOTH, 1, 3)


def test_two_good_days_are_a_step_up_and_one_is_none() -> None:
    assert due(held(0)) == (Change.SAME, BOTH, "hold-same")
    assert due(held(0), held(0)) == (Change.SAME, BOTH, "hold-same"), "twice in a day is one day"
    assert due(held(0), held(4)) == (Change.UP, ONE, "hold-up")
    assert due(held(0), held(4), held(8, ONE), held(12, ONE)) == (Change.UP, TIPS, "hold-up")
    assert due(held(0), held(4, TIPS), held(8, TIPS))[:2] == (Change.SAME, TIPS)


def test_at_most_one_step_a_week() -> None:
    bouts = (held(0), held(1), held(3, ONE), held(5, ONE))
    assert due(*bouts, after=2)[0] is Change.SAME
    assert due(*bouts, after=WEEK.days)[0] is Change.UP


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"pain": True}, "pain-back"),
        ({"help_called": True}, "help-back"),
        ({"done": Done.MISSED}, "missed-back"),
        ({"wish": DifficultyWish.EASIER}, "wish-back"),
    ],
)
def test_what_went_wrong_is_a_step_back(changes: dict[str, Any], rule: str) -> None:
    assert due(held(0), replace(held(4, ONE), **changes)) == (Change.BACK, BOTH, rule)
    lowest = due(replace(held(0), **changes))
    assert lowest[0] is (Change.OUT if rule == "pain-back" else Change.SAME)


def test_a_fortnight_away_is_a_step_back() -> None:
    assert due(held(0, ONE), after=AWAY.days) == (Change.BACK, BOTH, "away-back")


def test_pain_twice_running_leaves_it_out_until_a_clinician_agrees() -> None:
    twice = (held(0, TIPS, pain=True), held(4, ONE, pain=True))
    assert due(*twice) == (Change.OUT, ONE, "hold-out")
    assert due(*twice, cleared=True) == (Change.START, BOTH, "cleared")


def test_a_hold_that_broke_off_says_nothing() -> None:
    assert due(held(0), held(4, done=Done.CUT_SHORT))[0] is Change.SAME


def test_harder_is_no_step_before_its_time() -> None:
    assert due(held(0, wish=DifficultyWish.HARDER))[0] is Change.SAME


def test_with_poor_balance_both_hands_stay_on_the_chair() -> None:
    assert steps_for(EXERCISES[BALANCE], EXERCISES, Profile(limits=frozenset({Limit.BALANCE}))) == (BOTH,)


anything = st.builds(
    lambda pain, done, wish, gap: (pain, done, wish, gap),
    st.booleans(), st.sampled_from(Done), st.sampled_from([None, *DifficultyWish]), st.integers(0, 20),
)  # fmt: skip


@given(st.lists(anything, min_size=1, max_size=12))
def test_whatever_happens_it_goes_one_step_at_a_time_and_never_up_after_pain(course: list[tuple[object, ...]]) -> None:
    bouts: list[Bout] = []
    day = MONDAY
    for pain, done, wish, gap in course:
        found = next_hold(bouts, STEPS, day)
        if found.change is Change.OUT:
            return
        if bouts:
            step = STEPS.index(found.dose.exercise) - STEPS.index(bouts[-1].dose.exercise)
            assert abs(step) <= 1
            assert step <= 0 or not any(old.pain for old in bouts[-2:])
        bouts.append(Bout(day, found.dose, Done(str(done)), 3, None, bool(pain), wish))  # type: ignore[arg-type]
        day += timedelta(days=int(str(gap)))
