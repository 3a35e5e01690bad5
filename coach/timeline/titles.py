"""Name a segment, for the screen, listings and chapters."""

from coach.library.routine import Routine
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrase
from coach.timeline.positions import MOVES
from coach.timeline.step import Step
from coach.timeline.subject import block_of, exercise_of, is_at_exercise


def title_of(routine: Routine, step: Step) -> str:
    """Return a segment's title; a set's is made with its reps."""
    if step.kind is SegmentKind.WELCOME:
        return f"Welcome to {routine.name}"
    if step.kind is SegmentKind.MOVE and step.from_position is not None:
        return MOVES[step.from_position, step.position].title
    if step.kind is SegmentKind.REST:
        return _rest_title(routine, step)
    if not is_at_exercise(step):
        return str(step.kind).replace("_", " ").capitalize()
    name = exercise_of(routine, step).name
    if step.kind is SegmentKind.SWITCH:
        return f"{name} · {phrase('switch.title').lower()} to the {step.side}"
    if step.kind is SegmentKind.EFFORT:
        return f"{name} · {phrase('effort.title')}"
    return name


def _rest_title(routine: Routine, step: Step) -> str:
    if step.next_block is None:
        return "Rest"
    if step.next_block == step.block:
        return f"Rest before set {step.set_no} of {block_of(routine, step).sets}"
    return f"Rest before {routine.blocks[step.next_block].exercise.name}"
