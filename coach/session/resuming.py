"""A place in a routine in, the steps from there on out: how a session goes on that broke off earlier today."""

from dataclasses import dataclass, replace

from coach.library.exercise import Side
from coach.timeline.cue import SegmentKind
from coach.timeline.step import Step


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """The first rep that is still to be done."""

    block: int
    set_no: int
    side: Side | None
    """None: the exercise has no sides, or the set has not begun."""
    first_rep: int


def steps_at(place: ResumePoint, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps from a place on. `steps` begin with its block: the way there and the set-up stay, sets done go.

    Raises ValueError for a place that is not among them.
    """
    gate = next(at for at, step in enumerate(steps) if step.kind is SegmentKind.GATE)
    at = next((at for at, step in enumerate(steps) if _is_it(place, step)), None)
    if at is None:
        raise ValueError(f"there is no {place} among the steps")
    begun = replace(steps[at], first_rep=place.first_rep)
    before = (replace(step, set_no=begun.set_no, side=begun.side) for step in steps[: gate + 1])
    told = tuple(was if new.kind is SegmentKind.MOVE else new for was, new in zip(steps, before, strict=False))
    return (*told, begun, *steps[at + 1 :])


def _is_it(place: ResumePoint, step: Step) -> bool:
    here = step.kind is SegmentKind.SET and (step.block, step.set_no) == (place.block, place.set_no)
    return here and place.side in (None, step.side)
