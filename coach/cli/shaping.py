"""A routine made to measure: `--sets --reps --pace`, checked and put into the values."""

from dataclasses import replace

from coach.errors import InputError
from coach.library.routine import Routine
from coach.timeline.step import FASTEST, SLOWEST

MOST_SETS, MOST_REPS = 5, 30


def shaped(routine: Routine, sets: int | None, reps: int | None) -> Routine:
    """Give every block so many sets and reps; None leaves its own. Raises InputError out of bounds."""
    _check("--sets", sets, MOST_SETS)
    _check("--reps", reps, MOST_REPS)
    blocks = tuple(replace(block, sets=sets or block.sets, reps=reps or block.reps) for block in routine.blocks)
    return replace(routine, blocks=blocks)


def checked_pace(pace: float) -> float:
    """Return a pace within its bounds. Raises InputError out of them."""
    if not FASTEST <= pace <= SLOWEST:
        raise InputError(f"--pace {pace:g}: between {FASTEST:g} (faster) and {SLOWEST:g} (slower)")
    return pace


def _check(option: str, count: int | None, most: int) -> None:
    if count is not None and not 1 <= count <= most:
        raise InputError(f"{option} {count}: 1 to {most}")
