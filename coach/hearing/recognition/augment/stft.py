"""A sound in, its overlapping short spectra out, and back again: what the views of a word are made with."""

import numpy as np
import numpy.typing as npt

from coach.sound.pcm import Pcm, in_steps

WINDOW, HOP = 512, 128
_SHAPE = np.hanning(WINDOW + 1)[:-1]

Spectra = npt.NDArray[np.complex128]
"""(hops, bins)"""
Powers = npt.NDArray[np.float64]


def stft(samples: Pcm) -> Spectra:
    """Return the spectra of windows that begin one window before the samples and end one after."""
    line = np.pad(samples.astype(np.float64), WINDOW)
    starts = np.arange(0, len(line) - WINDOW + 1, HOP)
    found: Spectra = np.fft.rfft(_SHAPE * line[starts[:, None] + np.arange(WINDOW)])
    return found


def istft(spectra: Spectra, frames: int) -> Pcm:
    """Return the samples, `frames` of them, that these spectra are of."""
    line = np.zeros(frames + 2 * WINDOW)
    weight = np.zeros_like(line)
    for number, frame in enumerate(np.fft.irfft(spectra, WINDOW)):
        line[number * HOP : number * HOP + WINDOW] += _SHAPE * frame
        weight[number * HOP : number * HOP + WINDOW] += _SHAPE**2
    inside = slice(WINDOW, WINDOW + frames)
    return in_steps(line[inside] / np.maximum(weight[inside], 1e-3))


def smoothed_power(spectra: Spectra, share: float) -> Powers:
    """Return the powers, each hop `share` of the one before."""
    powers: Powers = np.abs(spectra) ** 2
    for hop in range(1, len(powers)):
        powers[hop] = share * powers[hop - 1] + (1 - share) * powers[hop]
    return powers
