"""Where in the played sound is what the microphone hears now, and does that place move?

The delay is found by cross-correlation (both spectra whitened, so that the direct sound stands out of the room), as
long as the coach is heard at all. Two sound devices have two clocks: the delay then drifts, up to some hundred
millionths, and the drift is the slope of the delays found.
"""

import numpy as np
import numpy.typing as npt

from coach.hearing.ports.ears import HEARING_HZ

_TAPS = 32
_PHASES = 1_024  # a frame's parts: an error of half of one is 60 dB down

MARGIN = _TAPS // 2
"""Frames that a signal must have before and after each position that is read."""

WINDOW = 8_192
"""Frames of microphone a look takes in, half a second; delays up to as much are found."""

_LOOK_EVERY = HEARING_HZ // 4
_KEEP = 0.6  # of the correlation, from look to look: a jump is seen by the second look
_CLEAR = 12.0
"""A delay counts where its peak is so many times the correlation's RMS: a tone reaches 1.4, speech 20 to 70."""
_SOUNDING = 1e-6  # mean power of played sound, -60 dB of full scale
_WHITE = 1e-6

Block = npt.NDArray[np.float32]
Positions = npt.NDArray[np.float64]


def _table() -> Block:
    """Return a windowed sinc for every part of a frame."""
    at = np.arange(_TAPS) - (MARGIN - 1) - np.arange(_PHASES + 1)[:, None] / _PHASES
    window = np.cos(np.pi * at / _TAPS) ** 2
    table: Block = (np.sinc(at) * window).astype(np.float32)
    return table


_TABLE = _table()


def interpolate(signal: Block, positions: Positions) -> Block:
    """Read a signal at positions between its frames; each must lie `MARGIN` frames or more from both ends."""
    base = np.floor(positions).astype(np.int64)
    part = np.rint((positions - base) * _PHASES).astype(np.int64)
    around = signal[base[:, None] + np.arange(1 - MARGIN, MARGIN + 1)]
    values: Block = np.einsum("nk,nk->n", around, _TABLE[part])
    return values


def power(block: Block) -> float:
    """Return the mean power, full scale 1.0, never 0."""
    return float(np.dot(block, block)) / len(block) + 1e-12


class SampleHistory:
    """The newest frames of a stream."""

    def __init__(self, frames: int) -> None:
        self._frames = frames
        self._store = np.zeros(3 * frames, np.float32)
        self._end = frames

    def append(self, block: Block) -> None:
        """Put a block behind the others."""
        if self._end + len(block) > len(self._store):
            self._store[: self._frames] = self._store[self._end - self._frames : self._end]
            self._end = self._frames
        self._store[self._end : self._end + len(block)] = block
        self._end += len(block)

    def last(self, frames: int) -> Block:
        """Return the newest frames, as a view."""
        return self._store[self._end - frames : self._end]


class DelayEstimator:
    """Finds by how many frames the microphone comes after the played sound, a look every quarter of a second."""

    def __init__(self) -> None:
        self._since_look = 0
        self._cross: npt.NDArray[np.complexfloating] = np.zeros(WINDOW + 1, np.complex64)

    def look(self, mic: SampleHistory, played: SampleHistory, new_frames: int) -> float | None:
        """Return the delay in frames where it is clear and a look is due, else None."""
        self._since_look += new_frames
        if self._since_look < _LOOK_EVERY:
            return None
        self._since_look = 0
        reference = played.last(2 * WINDOW)
        if np.dot(reference, reference) / len(reference) < _SOUNDING:
            return None
        heard = np.concatenate((np.zeros(WINDOW, np.float32), mic.last(WINDOW)))
        cross = np.fft.rfft(heard) * np.conj(np.fft.rfft(reference))
        self._cross = _KEEP * self._cross + cross / (np.abs(cross) + _WHITE)
        return _peak(np.fft.irfft(self._cross)[:WINDOW])


def _peak(correlation: npt.NDArray[np.floating]) -> float | None:
    """Return the place of the highest peak, between its frames too; None where it does not stand out."""
    top = int(np.argmax(correlation))
    if not 0 < top < len(correlation) - 1:
        return float(top) if top == 0 and _stands_out(correlation, top) else None
    if not _stands_out(correlation, top):
        return None
    before, here, after = (float(correlation[top + i]) for i in (-1, 0, 1))
    return top + 0.5 * (before - after) / (before - 2 * here + after)


def _stands_out(correlation: npt.NDArray[np.floating], top: int) -> bool:
    return bool(correlation[top] > _CLEAR * np.sqrt(np.mean(correlation**2)))


class DriftEstimator:
    """Estimates by how many frames a frame the delay grows, from the delays found since the last jump."""

    _MOST = 80  # delays kept: 20 s of looks
    _FEWEST = 8
    _SURE = 8e-6  # a line is believed once its slope is known this well
    _REAL = 4e-6  # less is no drift: the same clock
    _LIMIT = 1e-3

    def __init__(self) -> None:
        self.rate = 0.0
        """Frames a frame; 100 ppm is 1e-4."""
        self._found: list[tuple[float, float]] = []

    def add(self, at: float, delay: float) -> None:
        """Take a delay found at a time, both in frames."""
        self._found = [*self._found[1 - self._MOST :], (at, delay)]
        if len(self._found) >= self._FEWEST:
            self._fit()

    def jumped(self) -> None:
        """Forget the delays, keep the rate: the clocks are still the same."""
        self._found = []

    def _fit(self) -> None:
        at, delay = np.array(self._found).T
        at = at - at[0]
        for _ in range(2):  # the second time without what lies far off the first line
            center = at - at.mean()
            spread = float(np.dot(center, center))
            slope = float(np.dot(center, delay)) / max(spread, 1.0)
            off = np.abs(delay - delay.mean() - slope * center)
            kept = off <= 3 * np.median(off) + 0.05
            doubt = (1.5 * float(np.median(off)) + 0.05) / max(np.sqrt(spread), 1.0)
            at, delay = at[kept], delay[kept]
        if doubt < max(self._SURE, abs(slope) / 5) and abs(slope) < self._LIMIT:
            self.rate = slope if abs(slope) > max(self._REAL, 3 * doubt) else 0.0
