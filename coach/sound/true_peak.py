"""Measure true peak: the level between samples, four times oversampled (after ITU-R BS.1770-4, annex 2)."""

import numpy as np

from coach.sound.pcm import Samples, db_of

OVERSAMPLING = 4
TAPS = 24  # of the interpolating filter, in samples: a test holds it to 0.1 dB
CELL = 64  # samples looked at together


class TruePeak:
    """The highest point of all blocks so far."""

    def __init__(self) -> None:
        self._peak = 0.0
        self._tail = np.zeros(TAPS - 1, np.float32)

    @property
    def db(self) -> float:
        """dBTP; -inf for silence."""
        return db_of(self._peak)

    def feed(self, block: Samples) -> None:
        """Take the next samples."""
        whole = np.concatenate([self._tail, block])
        self._tail = whole[-(TAPS - 1) :]
        self._peak = max(self._peak, float(np.abs(block).max(initial=0.0)))
        for first in _worth_a_look(whole, self._peak / _GAIN):
            windows = np.lib.stride_tricks.sliding_window_view(whole[first : first + CELL + TAPS - 1], TAPS)
            self._peak = max(self._peak, float(np.abs(windows @ _PHASES).max(initial=0.0)))


def _worth_a_look(whole: Samples, floor: float) -> list[int]:
    """Return where cells begin in which something may be over the peak so far: the filter's gain bounds it."""
    count = -(-len(whole) // CELL) + 1
    padded = np.zeros(count * CELL, np.float32)
    padded[: len(whole)] = np.abs(whole)
    highest = padded.reshape(-1, CELL).max(axis=1)
    near = np.maximum(highest[:-1], highest[1:])  # a window reaches into the next cell
    return [cell * CELL for cell in np.flatnonzero(near > floor).tolist() if cell * CELL + TAPS <= len(whole)]


def _phases() -> Samples:
    """Return the filter's taps for the three places between two samples, a column each."""
    at = np.arange(TAPS) - (TAPS // 2 - 1)
    columns = []
    for place in range(1, OVERSAMPLING):
        offset = at - place / OVERSAMPLING
        taps = np.sinc(offset) * np.i0(6.0 * np.sqrt(np.maximum(1 - (offset / (TAPS / 2)) ** 2, 0))) / np.i0(6.0)
        columns.append(taps / taps.sum())
    return np.asarray(np.stack(columns, axis=1), np.float32)


_PHASES = _phases()
_GAIN = float(np.abs(_PHASES).sum(axis=0).max())
