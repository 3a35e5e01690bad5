"""Speech for the tests of hearing: the project's own voices at 16 kHz, on a noise floor, in 20 ms blocks."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from coach.hearing.endpointing.endpointer import Endpointer
from coach.hearing.ports.ears import HEARING_HZ, Ears, Heard
from coach.hearing.ports.engine import Piece
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import resample
from coach.speech.system_voice import SystemVoice

BLOCK = HEARING_HZ // 50


@lru_cache(maxsize=64)
def spoken(text: str, voice: str = "en-us") -> Pcm:
    """Say a text."""
    speaker = SystemVoice(voice, 140, language=voice.partition("-")[0])
    (clip,) = speaker.render([text])
    speaker.close()
    return as_pcm(resample(clip.samples, RATE_HZ, HEARING_HZ))


def floor(seconds: float, rms: float = 20.0, seed: int = 1) -> Pcm:
    """Return a quiet room."""
    frames = round(seconds * HEARING_HZ)
    return np.random.default_rng(seed).normal(0, rms, frames).astype(np.int16)


def room(*parts: Pcm | float) -> Pcm:
    """Join speech and pauses (seconds) on a noise floor, a second of it before and after."""
    silent = [np.zeros(round(p * HEARING_HZ), np.int16) if isinstance(p, float) else p for p in (1.0, *parts, 1.0)]
    sound = np.concatenate(silent)
    return sound + floor(len(sound) / HEARING_HZ)


def blocks(sound: Pcm) -> Iterator[Pcm]:
    """Cut into whole 20 ms blocks."""
    for at in range(0, len(sound) - BLOCK + 1, BLOCK):
        yield sound[at : at + BLOCK]


def pieces(sound: Pcm) -> list[Piece]:
    """Cut the speech out of a sound, as for an engine."""
    endpointer = Endpointer()
    return [piece for block in blocks(sound) for piece in endpointer.feed(block, block)]


def hear_all(ears: Ears, sound: Pcm | Iterable[Pcm]) -> list[Heard]:
    """Let ears hear a sound while the coach is silent."""
    cut = blocks(sound) if isinstance(sound, np.ndarray) else sound
    return [heard for block in cut for heard in ears.hear(block, np.zeros_like(block))]
