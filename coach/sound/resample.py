"""Resample whole clips, or a stream block by block. The only file that imports soxr."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from coach.sound.pcm import Pcm, as_float, as_pcm

Sound = TypeVar("Sound", npt.NDArray[np.int16], npt.NDArray[np.float32])


def resample(samples: Sound, from_hz: int, to_hz: int) -> Sound:
    """Convert a whole piece (int16 or float32, mono) to another rate; linear phase, nothing shifts."""
    if from_hz == to_hz:
        return samples
    import soxr

    return soxr.resample(samples, from_hz, to_hz)  # type: ignore[no-any-return] # soxr ships no types


class Resampler:
    """Converts a stream (int16 or float32 as the first block is, mono) to another rate, as its blocks come.

    The samples are those of `resample`, but later: about 20 ms of input must follow before an output sample is known.
    So a block may return fewer samples than it stands for.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._from_hz, self._to_hz = from_hz, to_hz
        self._stream: Any = None

    def feed(self, samples: Sound, last: bool = False) -> Sound:
        """Take the next block; return what is ready. `last` ends the stream and gives the rest."""
        if self._from_hz == self._to_hz:
            return samples
        if self._stream is None:
            import soxr

            self._stream = soxr.ResampleStream(self._from_hz, self._to_hz, 1, dtype=samples.dtype)
        return self._stream.resample_chunk(samples, last)  # type: ignore[no-any-return] # soxr ships no types


class SteadyResampler:
    """Resamples a stream into blocks of exactly the wanted length, late by a constant that the first blocks set."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._resampler = Resampler(from_hz, to_hz)
        # 50 ms in stock: a streaming resampler returns nothing at first, then uneven blocks.
        self._ready = np.zeros(to_hz // 20, np.float32)

    def feed(self, block: Pcm, frames: int) -> Pcm:
        """Take the next block; return `frames` frames."""
        self._ready = np.concatenate((self._ready, self._resampler.feed(as_float(block))))
        out, self._ready = self._ready[:frames], self._ready[frames:]
        return as_pcm(np.concatenate((np.zeros(frames - len(out), np.float32), out)))
