"""What the linear filter leaves of the coach, softened where it is louder than her: band by band, and never much.

A faint coach before and behind a word costs a recognizer more than one under it. The filter says what it took away;
the share of it that is still there is learned in each band from the moments in which it is least. Her voice, above
that, passes.
"""

import numpy as np
import numpy.typing as npt

from coach.hearing.echo.alignment import Block
from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.ports.ears import HEARING_HZ

_REACH = 32
SUPPRESSOR_DELAY = _REACH
"""Frames by which the output comes later than the input: half of a short linear-phase filter."""

_BANDS = 14
_LOWEST_HZ, _HIGHEST_HZ = 200.0, 8_000.0
_OVER = 3.0  # so many times the least share is taken for echo, for it varies (measured: 2 and 6 hear fewer words)
_LEAST_GAIN = 0.3  # 10 dB down; 0.1 and 0.5 hear fewer words
_SHARE_START = -2.0  # natural logarithm of power, 9 dB down
_SHARE_MOST = -1.0
_QUANTILE, _PACE = 0.3, 0.06
_SOUNDING = 1e-7 * FRAME  # power in a band below which nothing is learned
_TINY = 1e-9

Bands = npt.NDArray[np.float32]

_PASS: Block = np.eye(1, 2 * _REACH + 1, _REACH, dtype=np.float32)[0]


class ResidualEchoSuppressor:
    """Softens what is left of the echo; float32 in and out, blocks of `FRAME`."""

    def __init__(self) -> None:
        self._bands = _band_means()
        self._member = (self._bands > 0).astype(np.float32)
        self._window = np.hanning(2 * FRAME + 1)[:-1].astype(np.float32)
        self._taper = np.hanning(2 * _REACH + 3)[1:-1].astype(np.float32)
        self._ramp = np.linspace(0.0, 1.0, FRAME, dtype=np.float32)
        self._both = np.zeros((2, 2 * FRAME), np.float32)
        self._line = np.zeros(2 * _REACH, np.float32)
        self._share: Bands = np.full(len(self._bands), _SHARE_START, np.float32)
        self._filter = _PASS

    def soften(self, echo: Block, rest: Block) -> Block:
        """Take a block of what the linear filter took away and one of what it left; return what to listen to."""
        line = np.concatenate((self._line, rest))
        self._line = line[-2 * _REACH :]
        before, self._filter = self._filter, self._shape(echo, rest)
        if before is _PASS and self._filter is _PASS:
            return line[_REACH : _REACH + FRAME]
        was, now = (np.convolve(line, each, "valid") for each in (before, self._filter))
        softened: Block = was + (now - was) * self._ramp
        return softened

    def _shape(self, echo: Block, rest: Block) -> Block:
        """Return the filter for this block: one that passes everything where the coach is silent."""
        self._both[:, :FRAME] = self._both[:, FRAME:]
        self._both[0, FRAME:], self._both[1, FRAME:] = echo, rest
        both = self._both
        if not both[0].any():
            return _PASS
        spectra = np.fft.rfft(both * self._window, axis=1)
        taken, left = (spectra.real**2 + spectra.imag**2) @ self._bands.T + _TINY
        self._learn(taken, left)
        faint = _OVER * np.exp(self._share) * taken
        gain = np.maximum(_LEAST_GAIN, np.sqrt(np.maximum(0.0, 1 - faint / left)))
        response = np.fft.irfft(gain @ self._member)
        around = np.concatenate((response[-_REACH:], response[: _REACH + 1]))
        shaped: Block = (around * self._taper).astype(np.float32)
        return shaped

    def _learn(self, taken: Bands, left: Bands) -> None:
        """Follow the share that is left in the best third of the time, in each band in which the coach sounds."""
        less = np.log(left / taken) < self._share
        step = _PACE * np.where(less, _QUANTILE - 1, _QUANTILE)
        share = np.where(taken > _SOUNDING, self._share + step, self._share)
        self._share = np.minimum(share, _SHARE_MOST).astype(np.float32)


def _band_means() -> Bands:
    """Return for each band the weights that average the power of its bins; bands widen with frequency."""
    hz = np.fft.rfftfreq(2 * FRAME, 1 / HEARING_HZ)
    edges = np.concatenate(([0.0], np.geomspace(_LOWEST_HZ, _HIGHEST_HZ + 1, _BANDS)))
    inside = (hz >= edges[:-1, None]) & (hz < edges[1:, None])
    means: Bands = (inside / inside.sum(axis=1, keepdims=True)).astype(np.float32)
    return means
