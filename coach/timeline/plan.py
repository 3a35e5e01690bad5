"""List a routine's steps in order, before anything has a length."""

from dataclasses import replace

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
    steps = [Step(SegmentKind.WELCOME, position, next_block=0), *opening_steps(routine)]
    for number, block in enumerate(routine.blocks):
        if number > 0:
            steps.append(Step(SegmentKind.REST, position, block=number - 1, next_block=number))
        steps += block_steps(routine, number, position, rested=number > 0)
        position = block.exercise.position
    return (*steps, *closing_steps(routine, position))


def opening_steps(routine: Routine) -> tuple[Step, ...]:
    """Return the warm-up and the balance hold, which are no blocks; each can be switched off."""
    warm_up = (Step(SegmentKind.WARM_UP, Position.STANDING, next_block=0),) if routine.warm_up else ()
    return (*warm_up, *balance_steps(routine))


def balance_steps(routine: Routine) -> tuple[Step, ...]:
    """Return the balance hold: set-up, then gate and holds on each leg, and out of it."""
    if routine.balance is None:
        return ()
    steps = (Step(SegmentKind.SETUP, Position.STANDING), *_sided_steps(Step(SegmentKind.GATE, Position.STANDING)))
    ending = Step(SegmentKind.WAY_OUT, Position.STANDING, set_no=1, side=Side.LEFT, at_the_end=True)
    return tuple(replace(step, balance=True, next_block=0) for step in (*steps, ending))


def closing_steps(routine: Routine | None, position: Position) -> tuple[Step, ...]:
    """Return the end from any position: up to standing, the wind-down, the finish."""
    wind_down = (Step(SegmentKind.WIND_DOWN, Position.STANDING),) if routine and routine.wind_down else ()
    return (*moves(position, Position.STANDING, None), *wind_down, Step(SegmentKind.FINISH, Position.STANDING))


def walk_steps() -> tuple[Step, ...]:
    """Return the steps of a walk: welcome, gate, three parts, finish. Each is done on one's feet."""
    parts = (Step(SegmentKind.WALK, Position.STANDING, part=part) for part in WalkPart)
    ends = (SegmentKind.WELCOME, SegmentKind.GATE, SegmentKind.FINISH)
    welcome, gate, finish = (Step(kind, Position.STANDING) for kind in ends)
    return (welcome, gate, *parts, finish)


def block_steps(routine: Routine, block: int, position_now: Position, *, rested: bool = False) -> tuple[Step, ...]:
    """Return the steps of one block from wherever she is: the moves there, set-up, gate, its sets and their rests.

    `rested`: a rest comes before it, in which she may have stood up.
    """
    position = routine.blocks[block].exercise.position
    back = back_down(position_now, block) if rested and position is not Position.STANDING else ()
    steps = [*back, *moves(position_now, position, block), Step(SegmentKind.SETUP, position, block)]
    for set_no in range(1, routine.blocks[block].sets + 1):
        steps += set_steps(routine, block, set_no)
    return tuple(steps)


def set_steps(routine: Routine, block: int, set_no: int) -> tuple[Step, ...]:
    """Return one set: from the second on the rest before it and back to the first side; gate, reps, the way out."""
    exercise = routine.blocks[block].exercise
    position, two_sided = exercise.position, exercise.sides is Sides.EACH
    steps: list[Step] = []
    if set_no > 1:
        steps.append(Step(SegmentKind.REST, position, block, set_no, next_block=block))
        steps += back_down(position, block)
        if two_sided:
            steps.append(Step(SegmentKind.SWITCH, position, block, set_no, Side.RIGHT))
    gate = Step(SegmentKind.GATE, position, block, set_no)
    steps += _sided_steps(gate) if two_sided else (gate, replace(gate, kind=SegmentKind.SET))
    if exercise.ending:
        last = Side.LEFT if two_sided else None
        steps.append(Step(SegmentKind.WAY_OUT, position, block, set_no, last, at_the_end=True))
    return tuple(steps)


def _sided_steps(gate: Step) -> tuple[Step, ...]:
    """Return a set of both sides: gate and reps, and after the change of sides once more."""
    right, left = (replace(gate, set_no=gate.set_no or 1, side=side) for side in Side)
    kinds = (SegmentKind.GATE, SegmentKind.SET)
    first, second = ([replace(each, kind=kind) for kind in kinds] for each in (right, left))
    return (*first, replace(left, kind=SegmentKind.SWITCH), *second)


def back_down(position: Position, next_block: int) -> tuple[Step, ...]:
    """Return the way back after a rest on hands and knees, in which she may have stood up."""
    if position is not Position.HANDS_AND_KNEES:
        return ()
    return (Step(SegmentKind.MOVE, position, from_position=position, next_block=next_block),)


def moves(start: Position, end: Position, next_block: int | None) -> tuple[Step, ...]:
    """Return the moves from one position to another, before a block or on the way up at the end."""
    return tuple(
        Step(SegmentKind.MOVE, to, from_position=origin, next_block=next_block) for origin, to in path(start, end)
    )
