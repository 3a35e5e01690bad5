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
