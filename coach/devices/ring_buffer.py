"""A ring buffer between an audio callback and the loop: one writer, one reader, no lock, no allocation to write."""

import numpy as np

from coach.sound.pcm import Pcm


class RingBuffer:
    """Samples, first in, first out. One thread may write and one may read: each moves only its own counter."""

    def __init__(self, frames: int) -> None:
        self._samples: Pcm = np.zeros(frames, np.int16)
        self._written = 0
        self._read = 0

    @property
    def waiting(self) -> int:
        """Return how many samples wait to be read."""
        return self._written - self._read

    def write(self, samples: Pcm) -> int:
        """Append samples; return how many fitted. What does not fit is dropped."""
        count = min(len(samples), len(self._samples) - self.waiting)
        at = self._written % len(self._samples)
        first = min(count, len(self._samples) - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: count - first] = samples[first:count]
        self._written += count
        return count

    def fade_out(self, over: int, into: Pcm) -> int:
        """Let what waits fade out; return how many samples it is. Fewer than `over`: leave them, 0.

        Args: into: what it fades into, as long as the buffer or longer.

        For the writing thread. The reader may take some of it meanwhile; it still gets every sample once.
        """
        count = self.waiting
        if count < over:
            return 0
        gain = np.zeros(count, np.float32)
        gain[:over] = np.linspace(1.0, 0.0, over, endpoint=False)
        at = np.arange(self._written - count, self._written) % len(self._samples)
        self._samples[at] = (self._samples[at] * gain + into[:count] * (1 - gain)).astype(np.int16)
        return count

    def read_into(self, out: Pcm) -> int:
        """Fill `out` with what waits; return how many samples there were. The rest of `out` is left as it is."""
        count = min(len(out), self.waiting)
        at = self._read % len(self._samples)
        first = min(count, len(self._samples) - at)
        out[:first] = self._samples[at : at + first]
        out[first:count] = self._samples[: count - first]
        self._read += count
        return count

    def read_all(self) -> Pcm:
        """Return what waits, as a new array."""
        out: Pcm = np.empty(self.waiting, np.int16)
        self.read_into(out)
        return out
