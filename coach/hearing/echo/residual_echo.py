"""Suppress the residual echo that the linear filter leaves, band by band, only where it is louder than her voice.

A faint coach before and after a word costs a recognizer more than one beneath it. The echo that the filter removed
predicts the residual echo. The ratio of the two is learned per band as a low quantile, so her voice does not raise it.
"""

import numpy as np
import numpy.typing as npt

from coach.hearing.echo.kalman_filter import FRAME
from coach.hearing.echo.sample_history import Block
from coach.hearing.ports.ears import HEARING_HZ

_REACH = 32
SUPPRESSOR_DELAY = _REACH
"""Frames by which the output lags the input: half of a short linear-phase filter."""

_BANDS = 14
_LOWEST_HZ, _HIGHEST_HZ = 200.0, 8_000.0
# `scripts/bench hearing` measures these constants: words understood over the coach.
_OVERESTIMATE = 3.0  # of the residual echo, for it varies
_LEAST_GAIN = 0.3  # 10 dB down
_RATIO_START = -2.0  # natural logarithm of power, 9 dB down
_RATIO_MOST = -1.0
_QUANTILE, _PACE = 0.3, 0.06
_SOUNDING = 1e-7 * FRAME  # least power in a band to learn from
_TINY = 1e-9

Bands = npt.NDArray[np.float32]

_PASS: Block = np.eye(1, 2 * _REACH + 1, _REACH, dtype=np.float32)[0]


class ResidualEchoSuppressor:
    """Suppresses residual echo; float32 in and out, blocks of `FRAME`."""

    def __init__(self) -> None:
        self._bands = _band_means()
        self._taps = _taps((self._bands > 0).astype(np.float32))
        self._window = np.hanning(2 * FRAME + 1)[:-1].astype(np.float32)
        self._ramp = np.linspace(0.0, 1.0, FRAME, dtype=np.float32)
        self._recent = np.zeros((2, 2 * FRAME), np.float32)
        self._line = np.zeros(2 * _REACH, np.float32)
        self._ratio: Bands = np.full(len(self._bands), _RATIO_START, np.float32)
        self._filter = _PASS

    def suppress(self, echo: Block, rest: Block, *, idle: bool) -> Block:
        """Take the echo that the linear filter removed and what it left; return the latter without residual echo.

        Args: idle: the linear filter rests, for nothing is played.
        """
        line = np.concatenate((self._line, rest))
        self._line = line[-2 * _REACH :]
        before, self._filter = self._filter, self._next_filter(echo, rest, idle=idle)
        if before is _PASS and self._filter is _PASS:
            return line[_REACH : _REACH + FRAME]
        was, now = (np.convolve(line, each, "valid") for each in (before, self._filter))
        crossfaded: Block = was + (now - was) * self._ramp
        return crossfaded

    def _next_filter(self, echo: Block, rest: Block, *, idle: bool) -> Block:
        """Return the filter for this block; one that passes everything while the coach is silent."""
        self._recent[:, :FRAME] = self._recent[:, FRAME:]
        self._recent[0, FRAME:], self._recent[1, FRAME:] = echo, rest
        if idle:
            return _PASS
        spectra = np.fft.rfft(self._recent * self._window, axis=1)
        removed, left = (spectra.real**2 + spectra.imag**2) @ self._bands.T + _TINY
        self._learn(removed, left)
        residual = _OVERESTIMATE * np.exp(self._ratio) * removed
        gain = np.maximum(_LEAST_GAIN, np.sqrt(np.maximum(0.0, 1 - residual / left)))
        shaped: Block = gain @ self._taps
        return shaped

    def _learn(self, removed: Bands, left: Bands) -> None:
        """Track a low quantile of the residual ratio in each band in which the coach sounds."""
        lower = np.log(left / removed) < self._ratio
        step = _PACE * np.where(lower, _QUANTILE - 1, _QUANTILE)
        ratio = np.where(removed > _SOUNDING, self._ratio + step, self._ratio)
        self._ratio = np.minimum(ratio, _RATIO_MOST).astype(np.float32)


def _taps(member: Bands) -> Bands:
    """Return the short linear-phase filter that passes each band alone, (bands, taps), of the bins in each."""
    response = np.fft.irfft(member, axis=1)
    around = np.concatenate((response[:, -_REACH:], response[:, : _REACH + 1]), axis=1)
    return np.asarray(around * np.hanning(2 * _REACH + 3)[1:-1], np.float32)


def _band_means() -> Bands:
    """Return each band's weights, which average the power of its bins; bands widen with frequency."""
    hz = np.fft.rfftfreq(2 * FRAME, 1 / HEARING_HZ)
    edges = np.concatenate(([0.0], np.geomspace(_LOWEST_HZ, _HIGHEST_HZ + 1, _BANDS)))
    inside = (hz >= edges[:-1, None]) & (hz < edges[1:, None])
    means: Bands = (inside / inside.sum(axis=1, keepdims=True)).astype(np.float32)
    return means
