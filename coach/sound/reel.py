"""A history buffer: the last seconds of a stream, addressed by the stream's own frame numbers."""

import numpy as np

from coach.sound.pcm import Samples


class Reel:
    """Takes blocks and keeps at least the last `keep` frames of them."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._buffer = np.zeros(2 * keep, np.float32)
        self._first = 0
        """The frame that the buffer begins with."""
        self._held = 0

    @property
    def end(self) -> int:
        """Frames taken in all."""
        return self._first + self._held

    def add(self, block: Samples) -> None:
        """Take the next frames."""
        if self._held + len(block) > len(self._buffer):
            self._forget(len(block))
        self._buffer[self._held : self._held + len(block)] = block
        self._held += len(block)

    def piece(self, first: int, last: int) -> Samples:
        """Return frames first to last; zeros where there is nothing, or nothing any more."""
        found = np.zeros(last - first, np.float32)
        begin, end = max(first, self._first), min(last, self.end)
        if begin < end:
            found[begin - first : end - first] = self._buffer[begin - self._first : end - self._first]
        return found

    def _forget(self, coming: int) -> None:
        """Drop what is older than what must be kept, and make room."""
        kept = self._buffer[max(self._held - self._keep, 0) : self._held].copy()
        self._first += self._held - len(kept)
        self._held = len(kept)
        if self._held + coming > len(self._buffer):
            self._buffer = np.zeros(2 * (self._held + coming), np.float32)
        self._buffer[: self._held] = kept
