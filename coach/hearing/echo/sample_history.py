"""Keep the newest samples of a stream as one contiguous view."""

import numpy as np
import numpy.typing as npt

Block = npt.NDArray[np.float32]
"""Mono samples at 16 kHz, full scale 1.0."""


def power(block: Block) -> float:
    """Return the mean power, full scale 1.0, never 0."""
    return float(np.dot(block, block)) / len(block) + 1e-12


class SampleHistory:
    """The newest `frames` samples of a stream; silence before its beginning."""

    def __init__(self, frames: int) -> None:
        self._frames = frames
        self._store = np.zeros(3 * frames, np.float32)
        self._end = frames

    def append(self, block: Block) -> None:
        """Append a block."""
        if self._end + len(block) > len(self._store):
            self._store[: self._frames] = self._store[self._end - self._frames : self._end]
            self._end = self._frames
        self._store[self._end : self._end + len(block)] = block
        self._end += len(block)

    def last(self, frames: int) -> Block:
        """Return a view of the newest frames."""
        return self._store[self._end - frames : self._end]
