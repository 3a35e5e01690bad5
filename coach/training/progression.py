"""Decide the next dose from what was done, and say why. Pure: the same history gives the same dose.

The rules and their sources are in `rules`. Steps back are decided first (pain, help, effort, missed reps, a wish, two
weeks away), then reasons to stay, and last the step up. One call never makes two steps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from coach.training import explain
from coach.training.bout import EASY, HARD, Bout, DifficultyWish, Done
from coach.training.dose import Dose, Means, back, heavier, on_ladder, small_enough, start, up
from coach.training.loads.units import Units

WEEK = timedelta(days=7)
AWAY = timedelta(days=14)


class Change(StrEnum):
    START = "start"
    UP = "up"
    SAME = "same"
    BACK = "back"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Decision:
    change: Change
    dose: Dose
    """For `OUT` the last dose, not to be trained."""
    rule: str
    """An id of `RULES`."""
    why: str
    """A sentence or two, to be shown and spoken."""
    most: Dose | None = None
    """Where the dose is held, the last one: nothing that she or a routine asks for may be more than it or `dose`.

    It is held as a step back, and until pain is two sessions past. None: it is not held.
    """

    @property
    def held(self) -> bool:
        """Tell whether no wish makes it more."""
        return self.most is not None


def next_dose(
    bouts: Sequence[Bout], by: Means, today: date, units: Units = Units.KG, cleared: date | None = None
) -> Decision:
    """Return the dose of the next session from the bouts so far, the latest last.

    `cleared`: the day a clinician agreed again to an exercise that was left out.
    """
    if not bouts:
        return _start(by, units, "start")
    held = any(bout.pain for bout in bouts[-2:])
    decision = _decision(bouts, by, today, units, cleared)
    return replace(decision, most=bouts[-1].dose if held or decision.change is Change.BACK else None)


def _decision(bouts: Sequence[Bout], by: Means, today: date, units: Units, cleared: date | None) -> Decision:
    last, now = bouts[-1], on_ladder(bouts[-1].dose, by)
    if len(bouts) > 1 and last.pain and bouts[-2].pain:
        if cleared is not None and cleared >= last.day:
            return _start(by, units, "cleared")
        return Decision(Change.OUT, now, "pain-twice", explain.out("pain-twice", last))
    if against := _against(last, today):
        return _step_back(now, by, against, last, units, cleared)
    if reason := _not_yet(bouts, now, by, today):
        return Decision(Change.SAME, now, reason, explain.same(reason, last, now, units))
    return _step_up(bouts, now, by, units)


def _start(by: Means, units: Units, rule: str) -> Decision:
    dose = start(by)
    return Decision(Change.START, dose, rule, explain.start(rule, dose, units))


def _against(last: Bout, today: date) -> str | None:
    """Return the rule that asks for a step back, the gravest first."""
    if last.pain:
        return "pain-back"
    if last.help_called:
        return "help-back"
    if last.effort is not None and last.effort >= HARD:
        return "effort-back"
    if last.done is Done.MISSED:
        return "missed-back"
    if last.wish is DifficultyWish.EASIER:
        return "wish-back"
    if today - last.day >= AWAY:
        return "away-back"
    return None


def _step_back(now: Dose, by: Means, rule: str, last: Bout, units: Units, cleared: date | None) -> Decision:
    lower = back(now, by)
    if lower is not None:
        return Decision(Change.BACK, lower, rule, explain.back(rule, last, now, lower, units))
    if rule in {"wish-back", "away-back"}:
        return Decision(Change.SAME, now, rule, explain.lowest(rule))
    if cleared is not None and cleared >= last.day:
        return _start(by, units, "cleared")
    return Decision(Change.OUT, now, "out", explain.out(rule, last))


def _not_yet(bouts: Sequence[Bout], now: Dose, by: Means, today: date) -> str | None:
    """Return the rule that keeps the dose as it is, or None where a step up is due."""
    last = bouts[-1]
    if today < last.day:
        return "clock"
    if last.done is not Done.ALL or last.reps < by.reps[0]:
        return "cut-short"
    if last.effort is None:
        return "no-effort"
    if last.effort > EASY:
        return "effort-hold"
    if not _twice_easy(bouts, now, by):
        return "two-easy"
    stepped = _last_step(bouts, by)
    if stepped is not None and today - stepped < WEEK:
        return "one-a-week"
    if up(now, by) is None:
        load = heavier(now, by)
        return "top" if load is None or small_enough(now.load, load) else "too-big"
    return None


def _twice_easy(bouts: Sequence[Bout], now: Dose, by: Means) -> bool:
    """Tell whether all bouts of the last two training days were easy, at this very dose."""
    days: set[date] = set()
    for bout in reversed(bouts):
        if len(days | {bout.day}) > 2:
            break
        if not bout.easy or bout.reps < by.reps[0] or on_ladder(bout.dose, by) != now:
            return False
        days.add(bout.day)
    return len(days) == 2


def _last_step(bouts: Sequence[Bout], by: Means) -> date | None:
    """Return the day of the last change of dose, None where there was none."""
    now = on_ladder(bouts[-1].dose, by)
    day = bouts[-1].day
    for bout in reversed(bouts):
        if on_ladder(bout.dose, by) != now:
            return day
        day = bout.day
    return None


def _step_up(bouts: Sequence[Bout], now: Dose, by: Means, units: Units) -> Decision:
    higher = up(now, by)
    assert higher is not None, "there is no harder step here to ask about"
    return Decision(Change.UP, higher, _kind(now, higher), explain.up(bouts[-2:], now, higher, units))


def _kind(now: Dose, higher: Dose) -> str:
    if higher.exercise != now.exercise:
        return "variant"
    if higher.load != now.load:
        return "load"
    return "sets" if higher.sets != now.sets else "reps"
