"""Linear discriminant analysis: the directions in which words differ, and voices, rooms and noise do not.

Fisher 1936, "The Use of Multiple Measurements in Taxonomic Problems", for many classes (Rao 1948), with the scatter
within the words shrunk towards a sphere, since there are fewer sounds than it has entries (Ledoit and Wolf 2004).
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

SHRINKAGE = 0.1


def discriminant_axes(sounds: Floats, words: npt.NDArray[np.int64], most: int) -> Floats:
    """Return the axes, most telling first: (features, most), in which the scatter within a word is even.

    Args: sounds: (n, features), standardized. words: which word each is, 0 and up.
    """
    counts = np.bincount(words).astype(np.float32)
    middles = word_means(sounds, words)
    apart = sounds - middles[words]
    within = _shrunk(apart.T.astype(np.float32) @ apart)
    between = (middles.T * counts) @ middles
    values, vectors = np.linalg.eigh(within)
    whitened = vectors / np.sqrt(values)
    _, turned = np.linalg.eigh(whitened.T @ between.astype(np.float64) @ whitened)
    axes: Floats = (whitened @ turned[:, ::-1][:, :most]).astype(np.float32)
    return axes


def word_means(rows: Floats, words: npt.NDArray[np.int64]) -> Floats:
    """Return the mean of each word's rows."""
    means = np.zeros((int(words.max()) + 1, rows.shape[1]), np.float32)
    np.add.at(means, words, rows)
    return means / np.maximum(1.0, np.bincount(words)).astype(np.float32)[:, None]


def _shrunk(scatter: Floats) -> npt.NDArray[np.float64]:
    """Return a scatter that can be inverted; its size is of no matter."""
    even = np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    shrunk: npt.NDArray[np.float64] = (1 - SHRINKAGE) * scatter.astype(np.float64) + SHRINKAGE * even
    return shrunk
