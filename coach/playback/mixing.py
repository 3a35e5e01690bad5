"""The player's port to a mixer, and a silent mixer for rehearsals by text, which need only its clock."""

from enum import StrEnum
from typing import Protocol

import numpy as np

from coach.devices.port import BLOCK_FRAMES
from coach.sound.clip import Clip
from coach.sound.mixer import BED
from coach.sound.pcm import Pcm


class Track(StrEnum):
    """The player's tracks, beside the mixer's own `BED`."""

    SPEECH = "speech"
    ANSWER = "answer"
    EARCON = "earcon"
    CHIME = "chime"


class Mixing(Protocol):
    """Implementations: `sound.mixer.Mixer`, `SilentMixer`."""

    @property
    def position(self) -> int:
        """Return the frame that the next block begins with."""
        ...

    def place(self, clip: Clip, at_frame: int, gain_db: float = 0.0, track: str = "speech") -> int:
        """Let a clip begin at a frame, or now where that has passed; return the frame at which it begins."""
        ...

    def cut(self, track: str | None = None, fade_frames: int = 0) -> None:
        """Fade out a track (None: all) from now on, and drop what was to come on it."""
        ...

    def gain(self, track: str, db: float, over_frames: int = 0) -> None:
        """Set a track's gain from now on, in decibels over its usual level."""
        ...

    def lower(self, db: float, over_frames: int = 0) -> None:
        """Lower voice and music by `db` while somebody speaks (0: back up)."""
        ...

    def play_bed(self) -> None:
        """Let the music begin, or go on after a cut."""
        ...

    def end_bed(self, at_frame: int) -> None:
        """Let the music fade out from a frame on."""
        ...

    def block(self, frames: int) -> Pcm:
        """Mix the next frames."""
        ...


def set_volume(mixer: Mixing, gain_db: float) -> None:
    """Make the coach louder or softer; music follows down and not up, so that it is never louder than the voice."""
    for track in Track:
        mixer.gain(track, gain_db)
    mixer.gain(BED, min(0.0, gain_db))


class SilentMixer:
    """Counts frames and mixes nothing."""

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

    def lower(self, db: float, over_frames: int = 0) -> None:
        """Make nothing softer."""

    def play_bed(self) -> None:
        """Play nothing."""

    def end_bed(self, at_frame: int) -> None:
        """End nothing."""

    def block(self, frames: int) -> Pcm:
        """Return silence."""
        self.position += frames
        return self._silence if frames == BLOCK_FRAMES else np.zeros(frames, np.int16)
