"""Remove a microphone's DC offset: a one-pole high-pass filter below every voice, before all else that hears.

A cheap converter's zero may lie far off zero. The recognizer and the linear filter would take that for sound.
"""

import math

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, finite, in_steps

CORNER_HZ = 20.0
"""Where it is 3 dB down; a deep voice begins at 80 Hz."""
_POLE = math.exp(-2 * math.pi * CORNER_HZ / HEARING_HZ)
_AT_ONCE = 1_600
"""Frames that are filtered in one go: the powers of the pole stay well within double precision."""
_POWERS = _POLE ** np.arange(1, _AT_ONCE + 1)


class HighPass:
    """The filter, for blocks of any length; it keeps state: feed it every block."""

    def __init__(self) -> None:
        """Begin without an offset: the first frame sets it."""
        self._last: float | None = None
        self._out = 0.0

    def feed(self, block: Pcm) -> Pcm:
        """Return the next block, as finite 16-bit samples, without its offset."""
        samples = finite(block).astype(np.float64)
        parts = [self._part(samples[at : at + _AT_ONCE]) for at in range(0, len(samples), _AT_ONCE)]
        return in_steps(np.concatenate(parts)) if parts else finite(block)

    def _part(self, samples: np.ndarray) -> np.ndarray:
        """Solve y[n] = pole * y[n - 1] + x[n] - x[n - 1] for all frames at once."""
        last = samples[0] if self._last is None else self._last
        powers = _POWERS[: len(samples)]
        steps = np.diff(samples, prepend=last)
        out: np.ndarray = powers * (self._out + np.cumsum(steps / powers))
        self._last, self._out = float(samples[-1]), float(out[-1])
        return out
