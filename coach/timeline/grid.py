"""Lay a set's reps on the phase grid. Seconds alone decide it, never the length of a clip."""

from dataclasses import dataclass

from coach.library.exercise import Exercise, Phase, Side, Sides
from coach.timeline.cue import Span
from coach.timeline.lay import seconds
from coach.timeline.step import Shape

LEAST_MOVING_S = 2.0


@dataclass(frozen=True, slots=True)
class Beat:
    """One phase of one rep: where it is on the grid, and what the exercise says about it."""

    span: Span
    phase: Phase
    side_no: int
    """0, or 1 for the second side of an alternating rep."""
    opens: bool
    """It opens its side's part of the rep."""


def beats(exercise: Exercise, side: Side | None, reps: range, start_s: float, shape: Shape) -> tuple[Beat, ...]:
    """Return every phase of these reps in order, from start_s on, without a gap."""
    sides = (Side.RIGHT, Side.LEFT) if exercise.sides is Sides.ALTERNATING else (side,)
    found: list[Beat] = []
    t = start_s
    for rep in reps:
        for side_no, working in enumerate(sides):
            phases = [phase for phase in exercise.phases if rep == 1 or not phase.first_only]
            for phase in phases:
                length = phase_length(phase, shape.pace)
                ends = side_no == len(sides) - 1 and phase is phases[-1]
                span = Span(t, length, phase.name, phase.breath, rep, working, ends)
                found.append(Beat(span, phase, side_no, phase is phases[0]))
                t = seconds(t + length)
    return tuple(found)


def phase_length(phase: Phase, pace: float) -> float:
    """Return a phase's seconds at a pace: holds keep theirs, a moving phase never goes under two."""
    return seconds(phase.seconds if phase.hold else max(LEAST_MOVING_S, phase.seconds * pace))
