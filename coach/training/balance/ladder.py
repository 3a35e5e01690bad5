"""Decide which step of the balance hold is due: both hands on the chair, one hand, fingertips."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from coach.library.exercise import Exercise
from coach.library.safety import Limit
from coach.training import explain
from coach.training.bout import Bout, DifficultyWish, Done
from coach.training.dose import Dose
from coach.training.profile import Profile
from coach.training.progression import AWAY, WEEK, Change, Decision

HOLDS = 3
"""On each foot (facts of the exercise's own file: ten seconds each)."""


def steps_for(hold: Exercise, exercises: Mapping[str, Exercise], profile: Profile) -> tuple[str, ...]:
    """Return the ladder's exercises, the easiest first. Who has poor balance keeps both hands on the chair."""
    steps = [hold.id]
    while harder := [other.id for other in exercises.values() if other.variant_of == steps[-1]]:
        steps += harder[:1]
    return tuple(steps[:1]) if Limit.BALANCE in profile.limits else tuple(steps)


def next_hold(bouts: Sequence[Bout], steps: Sequence[str], today: date, cleared: date | None = None) -> Decision:
    """Return the step that is due, from the holds so far, the latest last.

    Nobody is asked how hard it was: two days with every hold held to its end are what a step up takes.
    """
    if not bouts:
        return _decided(Change.START, steps[0], "hold-start", "")
    last = bouts[-1]
    at = steps.index(last.dose.exercise) if last.dose.exercise in steps else 0
    agreed = cleared is not None and cleared >= last.day
    if last.pain and (at == 0 or (bouts[-2:-1] and bouts[-2].pain)):
        if agreed:
            return _decided(Change.START, steps[0], "cleared", explain.hold("cleared", steps[0]))
        return _decided(Change.OUT, steps[at], "hold-out", explain.hold("hold-out", steps[at]))
    if against := _against(last, today):
        change = Change.BACK if at else Change.SAME
        lower = steps[max(0, at - 1)]
        return _decided(change, lower, against, explain.hold(against, lower) if at else "")
    if at + 1 < len(steps) and _is_due(bouts, steps[at], today):
        higher = steps[at + 1]
        return _decided(Change.UP, higher, "hold-up", explain.hold("hold-up", higher))
    return _decided(Change.SAME, steps[at], "hold-same", "")


def _decided(change: Change, exercise: str, rule: str, why: str) -> Decision:
    return Decision(change, Dose(exercise, 1, HOLDS), rule, why)


def _against(last: Bout, today: date) -> str | None:
    """Return the rule that asks for a step back, the gravest first."""
    reasons = {
        "pain-back": last.pain,
        "help-back": last.help_called,
        "missed-back": last.done is Done.MISSED,
        "wish-back": last.wish is DifficultyWish.EASIER,
        "away-back": today - last.day >= AWAY,
    }
    return next((rule for rule, holds in reasons.items() if holds), None)


def _is_due(bouts: Sequence[Bout], step: str, today: date) -> bool:
    """Tell whether two days went well at this step, and the last change is a week old."""
    days: set[date] = set()
    began = today
    for bout in reversed(bouts):
        if bout.dose.exercise != step:
            return len(days) == 2 and today - began >= WEEK
        if len(days | {bout.day}) <= 2:
            if not _went_well(bout):
                return False
            days.add(bout.day)
        began = bout.day
    return len(days) == 2 and today - max(days) >= timedelta(0)


def _went_well(bout: Bout) -> bool:
    return bout.done is Done.ALL and not bout.pain and not bout.help_called
