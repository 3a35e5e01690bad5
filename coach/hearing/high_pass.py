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
_INVERSE = 1 / _POWERS


class HighPass:
    """The filter, for blocks of any length; it keeps state: feed it every block."""

    def __init__(self) -> None:
        """Begin without an offset: the first frame sets it."""
        self._last: float | None = None
        self._out = 0.0

    def feed(self, block: Pcm) -> Pcm:
        """Return the next block, as finite 16-bit samples, without its offset."""
        pcm = finite(block)
        if len(pcm) <= _AT_ONCE:
            return self._part(pcm) if len(pcm) else pcm
        return np.concatenate([self._part(pcm[at : at + _AT_ONCE]) for at in range(0, len(pcm), _AT_ONCE)])

    def _part(self, pcm: Pcm) -> Pcm:
        """Solve y[n] = pole * y[n - 1] + x[n] - x[n - 1] for all frames at once."""
        frames, out = len(pcm), pcm.astype(np.float64)
        last, self._last = out[0] if self._last is None else self._last, float(out[-1])
        out[1:] -= pcm[:-1]
        out[0] -= last
        out *= _INVERSE[:frames]
        np.cumsum(out, out=out)
        out += self._out
        out *= _POWERS[:frames]
        self._out = float(out[-1])
        return in_steps(out)
