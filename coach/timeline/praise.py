"""Choose the kind words at a rest, none twice in a session, and the reason to train that a session names."""

import random

from coach.library.routine import Routine
from coach.timeline.phrases import phrase, phrases
from coach.timeline.step import Shape, Step

WHY = ("goal", "load", "angles", "osteopenia", "causes", "silent")
"""The facts of why that are said aloud, in this order; `coach plan` shows them all."""


def praise(routine: Routine, step: Step, seed: int | None) -> str | None:
    """Return what is said as a rest begins; None where it is turned off, or all of it has been said."""
    words = list(phrases("rest.praise"))
    number = _number(routine, step)
    if seed is None or number is None or number >= len(words):
        return None
    random.Random(seed).shuffle(words)
    return words[number]


def _number(routine: Routine, step: Step) -> int | None:
    """Return how many rests a routine has before this one; None for a rest of no block."""
    if step.block is None:
        return None
    before = sum(block.sets for block in routine.blocks[: step.block])
    within = (step.set_no or 1) - 2 if step.next_block == step.block else routine.blocks[step.block].sets - 1
    return before + within


def reason(shape: Shape) -> str:
    """Return this session's reason: after as many sessions, so many further on."""
    return phrase(f"why.{WHY[max(shape.times_done.values(), default=0) % len(WHY)]}")


def reason_in_rest(routine: Routine, step: Step, shape: Shape) -> tuple[str, ...]:
    """Return the reason in a session's first rest, where there is time for it."""
    if step.block != 0 or step.rest_left_s is not None:
        return ()
    first = step.set_no == 2 if step.next_block == step.block else routine.blocks[0].sets == 1
    return (reason(shape),) if first else ()


def reason_in_welcome(routine: Routine, shape: Shape) -> tuple[str, ...]:
    """Return the reason where there is no rest to say it in."""
    return () if len(routine.blocks) > 1 or routine.blocks[0].sets > 1 else (reason(shape),)
