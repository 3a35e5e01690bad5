"""Estimate the pitch of a voice: the median fundamental of its voiced frames, by autocorrelation."""

from collections.abc import Iterable
from statistics import median

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm

LOWEST_HZ, HIGHEST_HZ = 65, 400
_WINDOW, _HOP = 640, 160  # 40 ms: two periods of the lowest voice and more
_VOICED = 0.5  # of the frame's energy, that repeats after one period
_LOUD = 0.3  # of the loudest frame's rms
_SHORTER = 0.97  # of the best correlation: a shorter period that fits as well is the right one, not its multiple


def pitch_hz(samples: Pcm) -> float | None:
    """Return a voice's pitch, None where nothing is voiced."""
    if len(samples) < _WINDOW:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), _WINDOW)[::_HOP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    levels = np.sqrt((frames**2).mean(axis=1))
    loud = frames[levels > max(1.0, _LOUD * float(levels.max()))]
    found = [hz for frame in loud if (hz := _fundamental_hz(frame)) is not None]
    return float(np.median(found)) if found else None


def median_hz(pitches_hz: Iterable[float | None]) -> float | None:
    """Return the median of the pitches that are known, None where none is."""
    known = [each for each in pitches_hz if each is not None]
    return median(known) if known else None


def _fundamental_hz(frame: np.ndarray) -> float | None:
    spectrum = np.abs(np.fft.rfft(frame, 2 * _WINDOW)) ** 2
    lags = np.fft.irfft(spectrum)[:_WINDOW] / np.arange(_WINDOW, 0, -1)  # as many products for a long lag as a short
    shortest, longest = HEARING_HZ // HIGHEST_HZ, HEARING_HZ // LOWEST_HZ
    likely = lags[shortest:longest] / max(1e-9, float(lags[0]))
    if likely.max() < _VOICED:
        return None
    peaks = np.flatnonzero((likely[1:-1] >= likely[:-2]) & (likely[1:-1] >= likely[2:])) + 1
    good = [peak for peak in peaks if likely[peak] >= _SHORTER * likely.max()]
    return HEARING_HZ / (shortest + good[0]) if good else None
