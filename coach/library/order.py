"""Look at the order of a routine's exercises: who lies down, stands up and lies down again gets up once too often."""

from coach.library.exercise import Position
from coach.library.routine import Routine


def order_notes(routine: Routine) -> tuple[str, ...]:
    """Return what is worth changing in the order, a sentence each; nothing where it goes down to the floor once."""
    again = [
        block.exercise.name
        for before, block in zip(routine.blocks, routine.blocks[1:], strict=False)
        if before.exercise.position is Position.STANDING and block.exercise.position is not Position.STANDING
    ]
    starts_below = bool(routine.blocks) and routine.blocks[0].exercise.position is not Position.STANDING
    times = len(again) + starts_below
    if times < 2:
        return ()
    return (
        f"this order takes you down to the floor {times} times (the last time for {again[-1]}); "
        "put the floor exercises one after the other, so you only get up once",
    )
