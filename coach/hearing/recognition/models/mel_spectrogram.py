"""Compute the log-mel spectrogram that Whisper takes: 80 bands, 100 frames a second.

The mel scale is that of Slaney's Auditory Toolbox (1998): linear up to 1 kHz, logarithmic above.
"""

from functools import cache

import numpy as np
import numpy.typing as npt

BANDS, WINDOW, HOP, RATE_HZ = 80, 400, 160, 16_000
_LINEAR_HZ, _KNEE_HZ = 200 / 3, 1_000.0
_STEP = np.log(6.4) / 27  # of log frequency, above the knee
_LEAST, _RANGE = 1e-10, 8.0  # least power; dynamic range in decades below the loudest

Floats = npt.NDArray[np.float32]


def log_mel(sound: Floats) -> Floats:
    """Return the log-mel spectrogram, (bands, frames), of a mono sound at 16 kHz, full scale 1.0."""
    line = np.pad(sound, WINDOW // 2, mode="reflect")
    windows = np.lib.stride_tricks.sliding_window_view(line, WINDOW)[::HOP][:-1]
    shape = np.hanning(WINDOW + 1)[:-1]
    powers = np.abs(np.fft.rfft(windows * shape, axis=1)) ** 2
    logs = np.log10(np.maximum(_LEAST, _filter_bank() @ powers.T))
    spectrogram: Floats = ((np.maximum(logs, logs.max() - _RANGE) + 4.0) / 4.0).astype(np.float32)
    return spectrogram


@cache
def _filter_bank() -> npt.NDArray[np.float64]:
    """Return the triangular filters, (bands, bins)."""
    hz = np.linspace(0.0, RATE_HZ / 2, WINDOW // 2 + 1)
    knee = _KNEE_HZ / _LINEAR_HZ
    top = knee + np.log(RATE_HZ / 2 / _KNEE_HZ) / _STEP
    steps = np.linspace(0.0, top, BANDS + 2)
    edges = np.where(steps < knee, steps * _LINEAR_HZ, _KNEE_HZ * np.exp(_STEP * (steps - knee)))
    rising = (hz - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - hz) / np.diff(edges)[1:, None]
    area = (2.0 / (edges[2:] - edges[:-2]))[:, None]
    weights: npt.NDArray[np.float64] = np.maximum(0.0, np.minimum(rising, falling)) * area
    return weights
