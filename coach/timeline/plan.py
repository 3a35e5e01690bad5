"""List a routine's steps in order, before anything has a length."""

from coach.library.exercise import Position, Side, Sides
from coach.library.routine import Routine
from coach.timeline.cue import SegmentKind
from coach.timeline.positions import path
from coach.timeline.step import Step, WalkPart


def plan(routine: Routine) -> tuple[Step, ...]:
    """Return every step of a routine, from the welcome to the finish; it begins and ends standing."""
    if routine.walk is not None:
        return walk_steps()
    position = Position.STANDING
    steps = [Step(SegmentKind.WELCOME, position, next_block=0)]
    for number, block in enumerate(routine.blocks):
        if number > 0:
            steps.append(Step(SegmentKind.REST, position, block=number - 1, next_block=number))
        steps += block_steps(routine, number, position)
        position = block.exercise.position
    steps += moves(position, Position.STANDING, None)
    steps.append(Step(SegmentKind.FINISH, Position.STANDING))
    return tuple(steps)


def walk_steps() -> tuple[Step, ...]:
    """Return the steps of a walk: welcome, gate, three parts, finish. Each is done on one's feet."""
    parts = (Step(SegmentKind.WALK, Position.STANDING, part=part) for part in WalkPart)
    ends = (SegmentKind.WELCOME, SegmentKind.GATE, SegmentKind.FINISH)
    welcome, gate, finish = (Step(kind, Position.STANDING) for kind in ends)
    return (welcome, gate, *parts, finish)


def block_steps(routine: Routine, block: int, position_now: Position) -> tuple[Step, ...]:
    """Return the steps of one block from wherever she is: the moves there, set-up, gate, its sets and their rests."""
    position = routine.blocks[block].exercise.position
    steps = [*moves(position_now, position, block), Step(SegmentKind.SETUP, position, block)]
    for set_no in range(1, routine.blocks[block].sets + 1):
        steps += set_steps(routine, block, set_no)
    return tuple(steps)


def set_steps(routine: Routine, block: int, set_no: int) -> tuple[Step, ...]:
    """Return one set: the rest before it (from the second on), back to the first side, gate, and each side's reps."""
    exercise = routine.blocks[block].exercise
    position, two_sided = exercise.position, exercise.sides is Sides.EACH
    steps: list[Step] = []
    if set_no > 1:
        steps.append(Step(SegmentKind.REST, position, block, set_no, next_block=block))
        if two_sided:
            steps.append(Step(SegmentKind.SWITCH, position, block, set_no, Side.RIGHT))
    steps.append(Step(SegmentKind.GATE, position, block, set_no, Side.RIGHT if two_sided else None))
    steps.append(Step(SegmentKind.SET, position, block, set_no, Side.RIGHT if two_sided else None))
    if two_sided:
        steps.append(Step(SegmentKind.SWITCH, position, block, set_no, Side.LEFT))
        steps.append(Step(SegmentKind.SET, position, block, set_no, Side.LEFT))
    return tuple(steps)


def moves(start: Position, end: Position, next_block: int | None) -> tuple[Step, ...]:
    """Return the moves from one position to another, before a block or on the way up at the end."""
    return tuple(
        Step(SegmentKind.MOVE, to, from_position=origin, next_block=next_block) for origin, to in path(start, end)
    )
