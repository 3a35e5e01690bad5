"""Those who teach the recognizers: voices of two synthesizers, each saying a text otherwise every time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, in_steps
from coach.sound.resample import resample
from scripts.makers.voices.english import identifier
from scripts.makers.voices.espeak import Espeak, espeak
from scripts.makers.voices.flite import PITCH_HZ, Flite, flite
from scripts.makers.voices.rooms import spoken_part

RATES, PITCHES, SPEEDS = (115, 195), (35, 65), (0.9, 1.12)
"""Of espeak: words a minute, its pitch, and how much faster and higher the clip is played."""
STRETCHES, PITCHED, PLAYED = (0.8, 1.6), (0.8, 1.25), (0.84, 1.2)
"""Of flite, which has few voices: how many times as long and as high, and how much faster and higher it is played."""


class TeachingSpeaker(Protocol):
    """Somebody who says a text."""

    @property
    def name(self) -> str:
        """Return who it is."""

    def say(self, text: str, random: np.random.Generator) -> Pcm:
        """Return a text at 16 kHz, without silence before and behind it."""


@dataclass(frozen=True, slots=True)
class EspeakSpeaker:
    """One of espeak's voices."""

    name: str
    espeak: Espeak

    def say(self, text: str, random: np.random.Generator) -> Pcm:
        """Return a text as this voice says it."""
        rate, pitch = (int(random.integers(*bounds)) for bounds in (RATES, PITCHES))
        said = self.espeak.say(text, identifier(self.name), rate, pitch)
        return _played(said, self.espeak.rate_hz, random.uniform(*SPEEDS))


@dataclass(frozen=True, slots=True)
class FliteSpeaker:
    """One of flite's voices; its name says for which time."""

    name: str
    flite: Flite

    def say(self, text: str, random: np.random.Generator) -> Pcm:
        """Return a text as this voice says it."""
        stretch, pitch = float(np.exp(random.uniform(*np.log(STRETCHES)))), random.uniform(*PITCHED)
        said = self.flite.say(text, self.name.split()[0], stretch, pitch)
        return _played(said, HEARING_HZ, random.uniform(*PLAYED))


@contextmanager
def speakers(names: Sequence[str]) -> Iterator[list[TeachingSpeaker]]:
    """Let these voices speak. Raises MachineError where a synthesizer is missing."""
    with espeak() as synthesizer:
        yield [_speaker(name, synthesizer) for name in names]


def _speaker(name: str, synthesizer: Espeak) -> TeachingSpeaker:
    of_flite = name.split()[0] in PITCH_HZ
    return FliteSpeaker(name, flite()) if of_flite else EspeakSpeaker(name, synthesizer)


def flite_names(times: int) -> list[str]:
    """Return a name for each of flite's voices, so many times.

    >>> flite_names(2)[:5]
    ['slt 1', 'awb 1', 'rms 1', 'kal16 1', 'slt 2']
    """
    return [f"{voice} {time + 1}" for time in range(times) for voice in PITCH_HZ]


def _played(said: Pcm, rate_hz: int, speed: float) -> Pcm:
    played = resample(said.astype(np.float32), rate_hz, round(HEARING_HZ / speed))
    return spoken_part(in_steps(played))
