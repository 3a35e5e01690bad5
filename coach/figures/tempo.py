"""Map a rep's phases to the figure's movement: which part of the way each phase reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.library.exercise import Exercise, Phase


@dataclass(frozen=True, slots=True)
class Way:
    """What the figure does in one phase."""

    phase: Phase
    start: float
    """The part of the movement (0 start, 1 end) at the phase's begin."""
    end: float


def ways(exercise: Exercise) -> tuple[Way, ...]:
    """Return the way of every phase: the last one that moves comes back, those before it go there in equal parts."""
    moving = [phase for phase in exercise.phases if not phase.hold]
    step, at, found = 1 / max(1, len(moving) - 1), 0.0, []
    for phase in exercise.phases:
        target = at if phase.hold else 0.0 if phase is moving[-1] else at + step
        found.append(Way(phase, at, target))
        at = target
    return tuple(found)


def rep(exercise: Exercise) -> tuple[tuple[float, float], ...]:
    """Return a usual rep as (part reached, seconds) for each phase, what only the first rep has left out."""
    return tuple((way.end, way.phase.seconds) for way in ways(exercise) if not way.phase.first_only)


def part_at(seconds: Sequence[tuple[float, float]], t: float) -> float:
    """Return the part of the movement at a time, the rep coming again and again."""
    t, at = t % sum(length for _, length in seconds), 0.0
    for target, length in seconds:
        if t < length:
            return at + (target - at) * t / length
        t, at = t - length, target
    return at
