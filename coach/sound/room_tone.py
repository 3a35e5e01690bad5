"""Room tone: faint steady noise under everything that is played, so that a pause is never digital silence.

Bluetooth earphones fall asleep in digital silence, and swallow the beginning of what comes next. The noise is one
table, played round and round. In a file every segment ends where the table ends: whatever segment follows, the sound on
both sides of the seam is the same. So segments may be encoded alone and joined.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, Samples, as_pcm, gain_of

LEVEL_DB = -70.0
"""RMS of full scale: 50 dB under the voice."""
SEED = 22
PERIOD = 384 * 1_152
"""Frames of the table, 10 s: whole MP3 frames, and whole cells of the limiter."""
CROSS_FADE = round(0.02 * RATE_HZ)
"""Frames from what would follow the segment before to what ends with this one."""
PRE_ROLL = 2 * 1_152
"""Frames that an encoder must have seen before a segment, to begin it as if in the middle of a file."""

_LOWEST_HZ, _HIGHEST_HZ = 50.0, 1_500.0  # pink in between: no rumble, no hiss, and under the gate of loudness meters


class RoomTone:
    """The tone along a stream of frames."""

    def __init__(self, ends: Sequence[int] = ()) -> None:
        """Begin the table at frame 0, and let it end at each of `ends`, the frames after a segment's last; ascending.

        After the last of them it goes round, as it does from the beginning where there are none.
        """
        self._segments = tuple(pairwise((0, *ends)))
        self._rest = ends[-1] if ends else 0

    def over(self, start: int, end: int) -> Samples:
        """Return frames start to end, as samples of the caller's own."""
        if start >= self._rest:
            return _round(start - self._rest, end - start).copy()
        return np.concatenate(list(self._pieces(start, end)))

    def _pieces(self, start: int, end: int) -> Iterator[Samples]:
        for begins, ends in self._segments:
            if begins < end and ends > start:
                yield _segment(begins, ends, max(start, begins), min(end, ends))
        yield _round(max(start, self._rest) - self._rest, max(end - max(start, self._rest), 0))


@cache
def table() -> Samples:
    """Return the table: `PERIOD` frames of pink noise whose end joins its beginning. The same on every run."""
    hz = np.fft.rfftfreq(PERIOD, 1 / RATE_HZ)
    lowest, beyond = np.searchsorted(hz, _LOWEST_HZ), np.searchsorted(hz, _HIGHEST_HZ, "right")
    phase = np.random.default_rng(SEED).uniform(0, 2 * np.pi, beyond)[lowest:]
    # Nearly all of it is zero: only what is not is computed, and the rest in place, in a third of the memory.
    spectrum = np.zeros(len(hz), np.complex128)
    spectrum[lowest:beyond] = 1 / np.sqrt(hz[lowest:beyond]) * np.exp(1j * phase)
    noise = np.fft.irfft(spectrum, PERIOD)
    rms = np.sqrt(np.mean(noise**2))
    noise *= gain_of(LEVEL_DB)
    noise /= rms
    made: Samples = noise.astype(np.float32)
    made.setflags(write=False)
    return made


def last(frames: int, before: int = 0) -> Pcm:
    """Return frames of the table, the last of them so many before its end: as they are in a file before a segment."""
    return as_pcm(table()[PERIOD - frames - before : PERIOD - before])


def _segment(begins: int, ends: int, first: int, last: int) -> Samples:
    """Return frames first to last of a segment: it ends as the table ends, and begins as the table begins."""
    tone = _round(first - ends, last - first).copy()
    fading = min(begins + CROSS_FADE, last) - first
    if fading > 0:
        angle = (first - begins + np.arange(fading, dtype=np.float32)) / CROSS_FADE * (np.pi / 2)
        tone[:fading] = tone[:fading] * np.sin(angle) + _round(first - begins, fading) * np.cos(angle)
    return tone


def _round(first: int, frames: int) -> Samples:
    """Return so many frames of the table played round and round, from any frame on."""
    at = first % PERIOD
    if at + frames <= PERIOD:
        return table()[at : at + frames]
    return table().take(np.arange(at, at + frames), mode="wrap")
