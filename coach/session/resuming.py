"""Resume a session that broke off earlier today: the steps of a routine from one point on."""

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


def steps_at(point: ResumePoint, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps from a point on. `steps` begin with its block: the way there and the set-up stay, sets done go.

    Raises ValueError for a point that is not among them.
    """
    gate = next(at for at, step in enumerate(steps) if step.kind is SegmentKind.GATE)
    at = next((at for at, step in enumerate(steps) if _matches(point, step)), None)
    if at is None:
        raise ValueError(f"there is no {point} among the steps")
    begun = replace(steps[at], first_rep=point.first_rep)
    before = (replace(step, set_no=begun.set_no, side=begun.side) for step in steps[: gate + 1])
    way_there = tuple(was if new.kind is SegmentKind.MOVE else new for was, new in zip(steps, before, strict=False))
    return (*way_there, begun, *steps[at + 1 :])


def _matches(point: ResumePoint, step: Step) -> bool:
    here = step.kind is SegmentKind.SET and (step.block, step.set_no) == (point.block, point.set_no)
    return here and point.side in (None, step.side)
