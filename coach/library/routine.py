"""Define a routine: blocks of an exercise with sets and reps. Plain values; `files` reads them from TOML."""

from dataclasses import dataclass, replace

from coach.library.exercise import Exercise
from coach.library.walk import Walk

REST_BETWEEN_SETS_S = 90.0  # one to two minutes for older adults (ACSM 2002, via IDEA)
REST_BETWEEN_EXERCISES_S = 60.0  # ours: the next exercise asks other muscles


@dataclass(frozen=True, slots=True)
class Block:
    exercise: Exercise
    """Its phases carry the block's own seconds where the routine file names them."""
    sets: int
    reps: int
    rest_s: float | None = None
    """Between this block's sets and after it; None: the two figures above."""
    easier: Exercise | None = None
    harder: Exercise | None = None
    """Variants of the exercise that "easier" and "harder" go to, where there are any."""


@dataclass(frozen=True, slots=True)
class Care:
    """A sentence of care, said at the move or the set-up that it belongs to, the first time that it is done."""

    exercise: str
    """The exercise's id."""
    at_the_move: bool
    """Said on the way down to the floor; else in the set-up."""
    say: str


@dataclass(frozen=True, slots=True)
class Routine:
    id: str
    name: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    """Sentences for the welcome: what is different today, and why."""
    cares: tuple[Care, ...] = ()
    walk: Walk | None = None
    """A walk has no blocks."""
    warm_up: bool = False
    """Begin with the warm-up. A routine file switches it off with `warm_up = false`."""
    balance: Block | None = None
    """The balance hold after it, which has no number among the blocks; None: there is none."""
    wind_down: bool = False
    """Close with a wind-down."""


@dataclass(frozen=True, slots=True)
class WantedParts:
    """Which parts around the exercises are wanted; None: it is not said."""

    warm_up: bool | None = None
    balance: bool | None = None
    wind_down: bool | None = None

    def else_by(self, other: "WantedParts") -> "WantedParts":
        """Fill in what is not said here."""
        return WantedParts(
            other.warm_up if self.warm_up is None else self.warm_up,
            other.balance if self.balance is None else self.balance,
            other.wind_down if self.wind_down is None else self.wind_down,
        )


EVERYTHING = WantedParts()


def with_parts(routine: Routine, wanted: WantedParts) -> Routine:
    """Return a routine without the parts that are not wanted. What its file switches off stays off."""
    return replace(
        routine,
        warm_up=routine.warm_up and wanted.warm_up is not False,
        balance=None if wanted.balance is False else routine.balance,
        wind_down=routine.wind_down and wanted.wind_down is not False,
    )


def walk_routine(walk: Walk) -> Routine:
    """Return a walk as a routine."""
    return Routine("walk", "Walk", (), walk=walk)
