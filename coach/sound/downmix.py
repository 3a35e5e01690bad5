"""Mix channels down to one: their mean, or the loudest where the mean cancels it (opposite polarity, dead channels)."""

import numpy as np
import numpy.typing as npt

from coach.sound.pcm import Pcm, Samples, in_steps, power_of

CANCELLED_DB = 9.0
"""The mean so far below the loudest channel loses it. Of two channels a dead one costs 6 dB, which is no loss yet."""
AGAIN_DB = 7.0  # and so near again it may be taken: a stream must not go to and fro
_MEMORY = 0.98  # of a stream's powers, a block: half of it is gone after 0.7 s
_QUIETEST = 4.0  # power in int16 steps: below it nothing is decided

Powers = npt.NDArray[np.float64]
"""Of the mean first, then of each channel."""


def powers(frames: npt.NDArray[np.float32]) -> Powers:
    """Return the energies of frames (a row each): of their mean, then of every channel."""
    mean = frames.mean(axis=1, dtype=np.float32)
    return np.array([np.sum(np.square(each, dtype=np.float64)) for each in (mean, *frames.T)])


def chosen(found: Powers, apart_db: float = CANCELLED_DB) -> int | None:
    """Return the channel to take alone, None for the mean of all."""
    loudest = int(np.argmax(found[1:]))
    return loudest if found[0] * power_of(apart_db) < found[1 + loudest] else None


def mixed(frames: npt.NDArray[np.float32], channel: int | None) -> Samples:
    """Return one channel of the frames, or their mean."""
    one = frames.mean(axis=1, dtype=np.float32) if channel is None else frames[:, channel]
    return np.asarray(one, np.float32)


class Downmixer:
    """Mixes a stream of int16 blocks down, and remembers from block to block which channel it takes."""

    def __init__(self, channels: int) -> None:
        self._powers: Powers = np.zeros(1 + channels)
        self._channel: int | None = None

    def feed(self, frames: npt.NDArray[np.int16]) -> Pcm:
        """Return the next block (a row a frame) as mono."""
        if frames.shape[1] == 1:
            return np.ascontiguousarray(frames[:, 0])
        whole = frames.astype(np.float32)
        self._powers = _MEMORY * self._powers + powers(whole) / max(len(whole), 1)
        if self._powers.max() > _QUIETEST:
            self._channel = chosen(self._powers, CANCELLED_DB if self._channel is None else AGAIN_DB)
        return in_steps(mixed(whole, self._channel))
