"""Compute the times of steps from a cadence that may rise or fall. Exact, however long the walk.

A stretch begins and ends half a step from a click, so that consecutive stretches keep the beat.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StepTimes:
    times_s: tuple[float, ...]
    """Of each step, from the stretch's start; not rounded, so that none is further off than half a sample."""
    length_s: float
    """As near to what was wanted as whole steps come."""


def beat(from_cadence: float, to_cadence: float, length_s: float) -> StepTimes:
    """Return the steps of a stretch whose cadence (steps a minute) goes in a line from one to the other."""
    mean = (from_cadence + to_cadence) / 2
    count = max(1, round(mean * length_s / 60))
    exact_s = count * 60 / mean
    gain = (to_cadence - from_cadence) / exact_s / 60  # steps a second, each second
    return StepTimes(tuple(_time(number + 0.5, from_cadence / 60, gain) for number in range(count)), exact_s)


def _time(steps: float, rate: float, gain: float) -> float:
    """Solve rate t + gain t^2 / 2 = steps, in the form that loses nothing where the gain is small."""
    return 2 * steps / (rate + math.sqrt(rate * rate + 2 * gain * steps))
