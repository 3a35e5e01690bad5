"""Find a short sound in a longer one, by normalized cross-correlation through the spectrum."""

import numpy as np

from coach.sound.pcm import Samples


def correlation(window: Samples, start: Samples, quietest: float = 0.0) -> Samples:
    """Return the correlation (1.0: the same but for its level) at every place where the start fits into the window.

    Both are of one rate. It is 0 where the window is softer than `quietest` (RMS of full scale).
    """
    size = 1 << (len(window) + len(start)).bit_length()
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(start, size))
    products = np.fft.irfft(spectrum, size)[: len(window) - len(start) + 1]
    energy = np.concatenate([[0.0], np.cumsum(window.astype(np.float64) ** 2)])
    around = energy[len(start) :] - energy[: -len(start)]
    products = np.where(around < len(start) * quietest**2, 0.0, products)
    return np.asarray(products / np.sqrt(np.maximum(around * float((start**2).sum()), 1e-12)), np.float32)


SMOOTH_HZ_OF_RATE = 1 / 400  # over how much of the spectrum the window's power is averaged
LEAST_POWER = 1e-3  # of the mean: a band without sound is not made loud


def whitened(window: Samples, start: Samples) -> tuple[Samples, Samples]:
    """Return both with the window's spectrum made flat, so that no tone and no rumble outweighs the rest of it."""
    size = 1 << (len(window) + 2 * len(start)).bit_length()
    spectrum = np.fft.rfft(window, size)
    width = max(round(size * SMOOTH_HZ_OF_RATE), 1)
    power = np.convolve(np.abs(spectrum) ** 2, np.ones(width) / width, "same")
    gains = 1 / np.sqrt(power + LEAST_POWER * float(power.mean()) + 1e-12)
    flat = np.fft.irfft(spectrum * gains, size)[: len(window)]
    shaped = np.fft.irfft(np.fft.rfft(start, size) * gains, size)[: len(start)]
    return np.asarray(flat, np.float32), np.asarray(shaped, np.float32)


def shifted(start: Samples, by: float) -> Samples:
    """Return a sound as it is sampled where it begins `by` (0 to 1) samples after one: by its spectrum's phase.

    Without it a beginning that lies between two samples is less like itself the higher it sounds.
    """
    if not by:
        return start
    size = 1 << (2 * len(start)).bit_length()
    turned = np.fft.rfft(start, size) * np.exp(-2j * np.pi * np.fft.rfftfreq(size) * by)
    return np.asarray(np.fft.irfft(turned, size)[: len(start) + 1], np.float32)
