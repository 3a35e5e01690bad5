"""Resample whole clips, or a stream block by block. The only file that imports soxr.

Every sound takes this one path: from a sound card, a file, a rehearsal or a bench. It is resampled as float and 16-bit
sound is rounded after it, for soxr adds dither to 16-bit sound: zeros come out as noise, and nothing is ever silent.
"""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from coach.sound.pcm import Pcm, Samples, as_float, as_pcm

Sound = TypeVar("Sound", npt.NDArray[np.int16], npt.NDArray[np.float32])


def resample(samples: Sound, from_hz: int, to_hz: int) -> Sound:
    """Convert a whole piece (int16 or float32, mono) to another rate; linear phase, nothing shifts."""
    if from_hz == to_hz:
        return samples
    import soxr

    return _like(samples, soxr.resample(_as_samples(samples), from_hz, to_hz))


class Resampler:
    """Converts a stream (int16 or float32, mono) to another rate, as its blocks come.

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

            self._stream = soxr.ResampleStream(self._from_hz, self._to_hz, 1, dtype=np.float32)
        return _like(samples, self._stream.resample_chunk(_as_samples(samples), last))


class SteadyResampler:
    """Resamples a stream into blocks of exactly the wanted length, late by a constant that the first blocks set."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._resampler = Resampler(from_hz, to_hz)
        # 50 ms in stock: a streaming resampler returns nothing at first, then uneven blocks.
        self._ready: Pcm = np.zeros(to_hz // 20, np.int16)

    def feed(self, block: Pcm, frames: int) -> Pcm:
        """Take the next block; return `frames` frames."""
        self._ready = np.concatenate((self._ready, self._resampler.feed(block)))
        out, self._ready = self._ready[:frames], self._ready[frames:]
        return np.concatenate((np.zeros(frames - len(out), np.int16), out))


def _as_samples(sound: Pcm | Samples) -> Samples:
    return as_float(np.asarray(sound, np.int16)) if sound.dtype == np.int16 else np.asarray(sound, np.float32)


def _like(sound: Sound, samples: Samples) -> Sound:
    """Return resampled sound in the type that it came in."""
    return as_pcm(samples) if sound.dtype == np.int16 else samples  # type: ignore[return-value] # by its dtype
