"""Estimate the echo's delay by cross-correlation with phase transform (GCC-PHAT, Knapp and Carter 1976)."""

import numpy as np
import numpy.typing as npt

from coach.hearing.echo.sample_history import SampleHistory
from coach.hearing.ports.ears import HEARING_HZ

# `scripts/bench echo` measures these constants: jumps, long delays.
WINDOW = 8_192
"""Microphone frames that one estimate uses, half a second; also the longest delay that can be found."""
_EVERY = HEARING_HZ // 4  # frames between estimates
_SMOOTHING = 0.6  # of the correlation from estimate to estimate: the second one after a jump sees it
_PEAK_OVER_RMS = 12.0
"""A delay counts if its peak is this many times the correlation's RMS. Speech exceeds it, a tone does not."""
_AUDIBLE = 1e-6  # mean power of the played sound, -60 dB of full scale
_WHITENING_FLOOR = 1e-6


class DelayEstimator:
    """Estimates by how many frames the microphone lags the played sound, four times a second."""

    def __init__(self) -> None:
        self._since_last = 0
        self._cross: npt.NDArray[np.complexfloating] = np.zeros(WINDOW + 1, np.complex64)

    def estimate(self, mic: SampleHistory, played: SampleHistory, new_frames: int) -> float | None:
        """Return the delay in frames; None between estimates and where no peak stands out."""
        self._since_last += new_frames
        if self._since_last < _EVERY:
            return None
        self._since_last = 0
        reference = played.last(2 * WINDOW)
        if np.dot(reference, reference) / len(reference) < _AUDIBLE:
            return None
        heard = np.concatenate((np.zeros(WINDOW, np.float32), mic.last(WINDOW)))
        cross = np.fft.rfft(heard) * np.conj(np.fft.rfft(reference))
        self._cross = _SMOOTHING * self._cross + cross / (np.abs(cross) + _WHITENING_FLOOR)
        return _peak(np.fft.irfft(self._cross)[:WINDOW])


def _peak(correlation: npt.NDArray[np.floating]) -> float | None:
    """Return the highest peak's position, refined by a parabola; None where it does not stand out."""
    top = int(np.argmax(correlation))
    if not 0 < top < len(correlation) - 1:
        return float(top) if top == 0 and _stands_out(correlation, top) else None
    if not _stands_out(correlation, top):
        return None
    before, here, after = (float(correlation[top + i]) for i in (-1, 0, 1))
    return top + 0.5 * (before - after) / (before - 2 * here + after)


def _stands_out(correlation: npt.NDArray[np.floating], top: int) -> bool:
    return bool(correlation[top] > _PEAK_OVER_RMS * np.sqrt(np.mean(correlation**2)))
