"""Short-time Fourier transform and its inverse, for the noise reduction in the views."""

import numpy as np
import numpy.typing as npt

from coach.sound.pcm import Pcm, in_steps

WINDOW, HOP = 512, 128
_SHAPE = np.hanning(WINDOW + 1)[:-1]

Spectra = npt.NDArray[np.complex128]
"""(hops, bins)"""
Powers = npt.NDArray[np.float64]


def stft(samples: Pcm) -> Spectra:
    """Return the spectra, from one window before the samples to one window after."""
    line = np.pad(samples.astype(np.float64), WINDOW)
    starts = np.arange(0, len(line) - WINDOW + 1, HOP)
    spectra: Spectra = np.fft.rfft(_SHAPE * line[starts[:, None] + np.arange(WINDOW)])
    return spectra


def istft(spectra: Spectra, frames: int) -> Pcm:
    """Return the `frames` samples that belong to these spectra (weighted overlap-add)."""
    line = np.zeros(frames + 2 * WINDOW)
    weight = np.zeros_like(line)
    for number, frame in enumerate(np.fft.irfft(spectra, WINDOW)):
        line[number * HOP : number * HOP + WINDOW] += _SHAPE * frame
        weight[number * HOP : number * HOP + WINDOW] += _SHAPE**2
    inside = slice(WINDOW, WINDOW + frames)
    return in_steps(line[inside] / np.maximum(weight[inside], 1e-3))


def smoothed_power(spectra: Spectra, smoothing: float) -> Powers:
    """Return the power spectra, smoothed from hop to hop (0 changes nothing)."""
    powers: Powers = np.abs(spectra) ** 2
    for hop in range(1, len(powers)):
        powers[hop] = smoothing * powers[hop - 1] + (1 - smoothing) * powers[hop]
    return powers
