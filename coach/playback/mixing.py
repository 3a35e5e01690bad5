"""What the player needs of a mixer, and the one that mixes nothing: rehearsals by text only need its clock."""

from typing import Protocol

import numpy as np

from coach.devices.port import BLOCK_FRAMES
from coach.sound.clip import Clip
from coach.sound.mixer import BED
from coach.sound.pcm import Pcm

SPEECH, ANSWER, EARCON, CHIME = "speech", "answer", "earcon", "chime"  # the player's tracks, beside the mixer's BED


class Mixing(Protocol):
    """Implementations: `sound.mixer.Mixer`, `SilentMixer`."""

    @property
    def position(self) -> int: ...

    def place(self, clip: Clip, at_frame: int, gain_db: float = 0.0, track: str = "speech") -> int: ...

    def cut(self, track: str | None = None, fade_frames: int = 0) -> None: ...

    def gain(self, track: str, db: float, over_frames: int = 0) -> None: ...

    def duck(self, db: float, over_frames: int = 0) -> None: ...

    def play_bed(self) -> None: ...

    def end_bed(self, at_frame: int) -> None: ...

    def block(self, frames: int) -> Pcm: ...


def set_volume(mixer: Mixing, gain_db: float) -> None:
    """Make the coach louder or softer; music follows down and not up, so that it is never louder than the voice."""
    for track in (SPEECH, ANSWER, EARCON, CHIME):
        mixer.gain(track, gain_db)
    mixer.gain(BED, min(0.0, gain_db))


class SilentMixer:
    """Counts frames."""

    def __init__(self) -> None:
        self.position = 0
        self._silence: Pcm = np.zeros(BLOCK_FRAMES, np.int16)

    # The unused arguments are the port's.

    def place(self, clip: Clip, at_frame: int, gain_db: float = 0.0, track: str = "speech") -> int:  # noqa: ARG002
        """Place nothing."""
        return max(at_frame, self.position)

    def cut(self, track: str | None = None, fade_frames: int = 0) -> None:
        """Cut nothing."""

    def gain(self, track: str, db: float, over_frames: int = 0) -> None:
        """Make nothing louder."""

    def duck(self, db: float, over_frames: int = 0) -> None:
        """Make nothing softer."""

    def play_bed(self) -> None:
        """Play nothing."""

    def end_bed(self, at_frame: int) -> None:
        """End nothing."""

    def block(self, frames: int) -> Pcm:
        """Return silence."""
        self.position += frames
        return self._silence[:frames] if frames <= len(self._silence) else np.zeros(frames, np.int16)
