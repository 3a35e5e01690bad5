"""Name a passage by a hash of all that shapes its MP3 frames."""

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from coach.export import render
from coach.export.encoder import FRAMES
from coach.export.joined import samples
from coach.export.joined.passages import Passage
from coach.sound import ducking, limiter, mixer, pcm, room_tone
from coach.sound.clip import Clip, frames_of
from coach.sound.earcons import earcon
from coach.sound.ffmpeg import ffmpeg_identity
from coach.timeline.cue import CueKind

SHAPED_BY = (render, samples, ducking, limiter, mixer, pcm, room_tone)
"""The files whose code shapes a passage's samples: a key holds its hash, and nobody has to count versions."""


class SpokenClips(Protocol):
    """A voice whose clips are known without their samples: `Clips`, `TwoVoices`."""

    def clip(self, text: str) -> Clip:
        """Return a text's clip."""
        ...

    def measure(self, text: str) -> float:
        """Return its length in seconds."""
        ...

    def ready(self, text: str) -> bool:
        """Tell whether it is spoken."""
        ...

    def identity(self, text: str) -> str:
        """Return what tells its clip from any other."""
        ...

    def forget(self) -> None:
        """Let go of the clips that are on disk too."""
        ...


def key_of(passage: Passage, identity: Callable[[str], str]) -> str:
    """Return the name of a passage; `identity` is of a sentence's clip. Raises MachineError without ffmpeg."""
    sounds = [
        (sound.start, identity(sound.text) if sound.kind is CueKind.SAY else _earcon(sound.text))
        for sound in passage.sounds
    ]
    shaped_by = [_code(), ffmpeg_identity(), FRAMES, passage.frames, passage.before_period, passage.lead, sounds]
    return hashlib.sha256(json.dumps(shaped_by).encode()).hexdigest()


def length_by(speaker: SpokenClips) -> Callable[[CueKind, str], int]:
    """Return what tells the samples of a sentence in a voice, or of an earcon."""

    def length(kind: CueKind, text: str) -> int:
        return frames_of(speaker.measure(text)) if kind is CueKind.SAY else earcon(text).frames

    return length


@cache
def _code() -> str:
    return hashlib.sha256(b"".join(Path(str(each.__file__)).read_bytes() for each in SHAPED_BY)).hexdigest()


@cache
def _earcon(name: str) -> str:
    return f"earcon {hashlib.sha256(earcon(name).samples.tobytes()).hexdigest()}"
