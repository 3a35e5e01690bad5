"""Explain the sounds of a set, each with what it means, before the first set of a session."""

from coach.library.exercise import Side
from coach.library.routine import Routine
from coach.timeline.familiar import SHORT_FROM
from coach.timeline.lay import Line
from coach.timeline.phrases import phrase
from coach.timeline.step import Shape, Step

TONES = ("rise", "fall", "stay")


def tones(routine: Routine, step: Step, shape: Shape) -> tuple[Line, ...]:
    """Return the sounds with their meaning at the first gate, as long as the sets are new to her."""
    if not _is_first(routine, step) or max(shape.times_done.values(), default=0) >= SHORT_FROM:
        return ()
    return (*(Line(phrase(f"tones.{tone}"), tone=tone) for tone in TONES), Line(phrase("tones.later"), 1.0))


def _is_first(routine: Routine, step: Step) -> bool:
    first = step.balance if routine.balance else step.block == 0
    return first and step.side is not Side.LEFT and step.set_no in (None, 1) and not step.variant
