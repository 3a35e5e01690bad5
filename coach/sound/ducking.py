"""Duck the music under voice and earcons. The gain depends on the frame number alone.

The bed falls in a line before each sound, stays down until a moment after its end, and rises again. Live, a sound is
known only as it begins, so the fall begins there. Where sounds overlap, the deepest duck counts.
"""

from typing import Protocol

import numpy as np

from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Samples, gains_of

DEPTHS_DB = {"speech": 14.0, "answer": 14.0, "earcon": 6.0, "chime": 6.0}
"""By the track of what sounds; other tracks change nothing."""
FALL = round(0.12 * RATE_HZ)  # frames: live, before the first syllable is over
STAY = round(0.4 * RATE_HZ)  # after the end: consecutive sentences keep the bed down
RISE = round(0.8 * RATE_HZ)  # slow enough not to be heard as pumping


class Sounding(Protocol):
    """Something that sounds on a track from a frame to a frame; its end comes nearer where it is cut short."""

    start: int
    track: str

    @property
    def end(self) -> int:
        """Return the frame after its last."""
        ...


class Ducking:
    """The gain of the bed under the sounds that it is ducked for."""

    def __init__(self) -> None:
        self._over: list[tuple[int, Sounding]] = []  # the frame at which the bed begins to fall, and the sound

    def duck_for(self, sound: Sounding, now: int) -> None:
        """Duck the bed for a sound; frames before `now` are mixed already."""
        if sound.track in DEPTHS_DB:
            self._over.append((max(sound.start - FALL, now), sound))

    def release(self, dropped: Sounding) -> None:
        """Duck no longer for a sound that will not begin."""
        self._over = [each for each in self._over if each[1] is not dropped]

    def over(self, start: int, end: int) -> Samples | np.float32:
        """Return the bed's gain for frames start to end; one number where it is steady."""
        near = [(falls, sound) for falls, sound in self._over if falls < end and sound.end + STAY + RISE > start]
        if not near:
            return np.float32(1.0)
        frames = np.arange(start, end, dtype=np.float32)
        depth = np.zeros(end - start, np.float32)
        for falls, sound in near:
            down = np.clip((frames - falls) / FALL, 0, 1)
            up = np.clip(1 - (frames - (sound.end + STAY)) / RISE, 0, 1)
            np.maximum(depth, np.float32(DEPTHS_DB[sound.track]) * np.minimum(down, up), out=depth)
        return gains_of(-depth)

    def forget(self, before: int) -> None:
        """Forget the sounds that duck no frame from `before` on."""
        self._over = [(falls, sound) for falls, sound in self._over if sound.end + STAY + RISE > before]
