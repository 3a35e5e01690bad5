"""Define a bout: what was done of one exercise in one session, as the progression rules see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coach.training.dose import Dose


class DifficultyWish(StrEnum):
    EASIER = "easier"
    HARDER = "harder"


class Done(StrEnum):
    ALL = "all"
    MISSED = "missed"
    """Reps are missing, and she ended the set herself."""
    CUT_SHORT = "cut_short"
    """Something else ended it: no verdict on her strength."""


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set of one side, as the history keeps it."""

    exercise: str
    side: str | None
    set_no: int
    planned: int
    done: int
    load_kg: float | None
    effort: int | None
    pain: bool
    ended_by: str | None
    """`completed`, or the command that ended it; None while it runs or where it broke off."""


@dataclass(frozen=True, slots=True)
class Bout:
    day: date
    dose: Dose
    """As planned."""
    done: Done
    reps: int
    """The fewest reps of any set."""
    effort: int | None
    pain: bool
    wish: DifficultyWish | None = None
    help_called: bool = False
    """"I need help", "I feel dizzy": ended in it."""

    @property
    def easy(self) -> bool:
        """Tell whether it speaks for a step up."""
        return self.done is Done.ALL and not self.pain and not self.help_called and self.known_easy

    @property
    def known_easy(self) -> bool:
        """Tell whether its effort is known and low."""
        return self.effort is not None and self.effort <= EASY


EASY = 6  # effort of ten that allows a step up: below 8 serves as well as heavier rules (Buskard 2019); 6 is ours
HARD = 9  # effort that takes a step back: ours; TFTF asks for 5 to 8

# Commands that end a set because it was enough. Skipping out of the middle of a set counts as one.
_ENOUGH = frozenset({"done", "next", "skip"})


def bout_of(day: date, dose: Dose, rows: Sequence[SetRow], sides: int, wish: DifficultyWish | None = None) -> Bout:
    """Return what the rows of one exercise in one session amount to. `sides`: 2 where each side is a set of its own."""
    efforts = [row.effort for row in rows if row.effort is not None]
    return Bout(
        day=day,
        dose=dose,
        done=_done(dose, rows, sides),
        reps=min((row.done for row in rows), default=0),
        effort=efforts[-1] if efforts else None,
        pain=any(row.pain for row in rows),
        wish=wish,
        help_called=any(row.ended_by == "emergency" for row in rows),
    )


def _done(dose: Dose, rows: Sequence[SetRow], sides: int) -> Done:
    short = [row for row in rows if row.done < row.planned]
    if any(row.ended_by in _ENOUGH and row.done > 0 for row in short):
        return Done.MISSED
    whole = not short and len(rows) >= dose.sets * sides and all(row.done >= dose.reps for row in rows)
    return Done.ALL if whole else Done.CUT_SHORT
