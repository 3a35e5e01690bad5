"""Choose the kind words at a rest: shuffled by a seed, none twice in a session."""

import random

from coach.library.routine import Routine
from coach.timeline.phrases import phrases
from coach.timeline.step import Step


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
