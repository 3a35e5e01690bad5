"""How far the bed steps back: what sounds over it in, its gain out. A function of frames alone.

Each sound lowers the bed in a line from its own start, keeps it down until a moment after its end, and lets it rise.
Where sounds overlap the deepest counts. Nothing looks ahead: live, a sound is known only as it begins.
"""

from typing import Protocol

import numpy as np

from coach.sound.clip import RATE_HZ, Samples

DEPTHS_DB = {"speech": 14.0, "answer": 14.0, "earcon": 6.0, "chime": 6.0}
"""By the track of what sounds; other tracks change nothing."""
FALL = round(0.08 * RATE_HZ)  # frames: before the first syllable is over
STAY = round(0.4 * RATE_HZ)  # after the end: sentences that follow on each other keep it down
RISE = round(0.8 * RATE_HZ)  # slow enough not to be heard as pumping


class Sounding(Protocol):
    """Something that sounds on a track from a frame to a frame; its end comes nearer where it is cut short."""

    start: int
    track: str

    @property
    def end(self) -> int: ...


class Ducking:
    """What the bed gives way to."""

    def __init__(self) -> None:
        self._over: list[Sounding] = []

    def heed(self, sound: Sounding) -> None:
        """Give way to a sound."""
        if sound.track in DEPTHS_DB:
            self._over.append(sound)

    def over(self, start: int, end: int) -> Samples | np.float32:
        """Return the bed's gain for frames start to end; one number where it is steady."""
        near = [sound for sound in self._over if sound.start < end and sound.end + STAY + RISE > start]
        if not near:
            return np.float32(1.0)
        frames = np.arange(start, end, dtype=np.float32)
        depth = np.zeros(end - start, np.float32)
        for sound in near:
            down = np.clip((frames - sound.start) / FALL, 0, 1)
            up = np.clip(1 - (frames - (sound.end + STAY)) / RISE, 0, 1)
            np.maximum(depth, np.float32(DEPTHS_DB[sound.track]) * np.minimum(down, up), out=depth)
        return np.asarray(10 ** (depth / np.float32(-20)), np.float32)

    def forget(self, before: int) -> None:
        """Forget what no frame from `before` on gives way to."""
        self._over = [sound for sound in self._over if sound.end + STAY + RISE > before]
