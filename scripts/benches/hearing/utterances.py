"""What is said to the ears: phrases by synthetic voices, words and talk from a folder of recordings."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Phrase, Table
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm, gain_of
from coach.sound.resample import resample
from coach.sound.wav import read_wav
from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.speech.system_voice import SystemVoice
from scripts.benches.hearing.moments import BenchMoment

CommandValue = tuple[Command, int | None]
"""What something said is understood as."""

# Kept apart for good: phrases, floors and limits were chosen with the first, figures come from the second alone.
TUNING_VOICES = ("en-us", "en-gb+f2", "en-us+m5", "en-gb-scotland")
TEST_VOICES = ("en-us+f3", "en-us+m3", "en-gb+m7", "en-gb-x-rp+f4")
TEST_SPEAKERS = (
    *TEST_VOICES, "en-us+m7", "en-gb+f5", "en-gb-scotland+m2", "en-029+f3", "en-us-nyc+f2", "en-gb-x-rp+m6",
)  # fmt: skip
TUNING_SPEAKERS = (
    *TUNING_VOICES, "en-us+f1", "en-gb+m5", "en-gb-scotland+f3", "en-029+m7", "en-us-nyc+m4", "en-gb-x-rp+m3",
)  # fmt: skip
"""Those who teach the coach their words (`scripts/bench learned`)."""
DISTRESSED_VOICES = ("en-us+m7", "en-gb-x-rp+m1")
"""Distress is said by two more voices than the rest."""
LISTENED_TO = frozenset({*TEST_SPEAKERS, *TUNING_SPEAKERS, *DISTRESSED_VOICES})
"""Voices that teach no recognizer anything."""
RATES = (125, 150, 175)  # words a minute

CORE = (
    Command.NEXT, Command.REPEAT, Command.DONE, Command.PAUSE, Command.RESUME, Command.STOP, Command.IT_HURTS,
)  # fmt: skip


_LOUD_RMS = 0.15
"""Of the loud parts of a clip, as the voices have it."""


@dataclass(frozen=True, slots=True, eq=False)
class BenchUtterance:
    """Something said, alone, and what it means."""

    name: str
    """Who and what, for the report."""
    group: str
    command: Command | None
    """None for what is no command."""
    value: int | None
    samples: Pcm
    end_s: float
    """Where the last word ends in the samples."""
    names_routine: bool = False
    """Only meant where the coach asks which routine."""
    moment: BenchMoment | None = None
    """Where it is said; None: where one says this command, and what is none, anywhere."""
    meanings: frozenset[CommandValue] = frozenset()
    """Every right understanding, where there is not just the one of `command` and `value`."""
    or_nothing: bool = False
    """Not to be understood is right too."""
    asked_s: float | None = None
    """When the key words of the question end, seconds from the beginning of the samples; None: long before."""

    @property
    def is_command(self) -> bool:
        """Tell whether something should come of it."""
        return bool(self.commands)

    @property
    def commands(self) -> frozenset[Command]:
        """Return every command that it may be."""
        one = {self.command} if self.command is not None else set()
        return frozenset(one | {command for command, _ in self.meanings})


def first_phrases(table: Table, commands: Sequence[Command]) -> list[Phrase]:
    """Return the phrase of each of these commands that is taught first."""
    every = table.phrases()
    return [next(phrase for phrase in every if phrase.command is command) for command in commands]


def spoken(phrases: Sequence[Phrase], voices: Sequence[str], rates: Sequence[int]) -> list[BenchUtterance]:
    """Let each voice say each phrase at each rate."""
    return [each for name in voices for rate in rates for each in _said_by(name, rate, phrases)]


def spoken_remarks(texts: Sequence[str], voices: Sequence[str]) -> list[BenchUtterance]:
    """Let each voice say what is no command."""
    return [
        BenchUtterance(said, "remarks", None, None, samples, end_of(samples))
        for name in voices
        for said, samples in _clips(name, RATES[1], texts)
    ]


def _said_by(name: str, rate: int, phrases: Sequence[Phrase]) -> Iterator[BenchUtterance]:
    clips = _clips(name, rate, [phrase.text for phrase in phrases])
    for phrase, (said, samples) in zip(phrases, clips, strict=True):
        group, choice = phrase.command.value, phrase.choice is not None
        yield BenchUtterance(said, group, phrase.command, phrase.value, samples, end_of(samples), choice)


def _clips(name: str, rate: int, texts: Sequence[str]) -> Iterator[tuple[str, Pcm]]:
    """Return what was said, by whom and how fast, and its samples."""
    # Kept: a voice with breath in it says nothing twice alike, and a comparison wants the same sounds.
    with closing(Clips(SystemVoice(name, rate), ClipCache(), rate)) as clips:
        clips.prepare(texts)
        for text in texts:
            yield f"{text} ({name}, {rate})", as_pcm(resample(clips.clip(text).samples, RATE_HZ, HEARING_HZ))


def recorded_words(folder: Path, table: Table) -> list[BenchUtterance]:
    """Read `words/WORD-n.wav`; a word that is no phrase is no command."""
    found = []
    for path in sorted((folder / "words").glob("*.wav")):
        word = path.stem.rpartition("-")[0]
        phrases = [p for p in table.meanings().get(word, ()) if p.choice is None]
        samples = _read(path)
        command, value = (phrases[0].command, phrases[0].value) if phrases else (None, None)
        group = command.value if command else "other words"
        also = frozenset((p.command, p.value) for p in phrases) if len(phrases) > 1 else frozenset()
        found.append(BenchUtterance(path.stem, group, command, value, samples, end_of(samples), meanings=also))
    return found


def recorded_talk(folder: Path) -> list[BenchUtterance]:
    """Read `talk/*.wav`: sentences, none of them a command."""
    paths = sorted((folder / "talk").glob("*.wav"))
    return [BenchUtterance(path.stem, "talk", None, None, (samples := _read(path)), end_of(samples)) for path in paths]


def end_of(samples: Pcm) -> float:
    """Return where speech ends, seconds: the last 10 ms less than 30 dB below the loudest."""
    frame = HEARING_HZ // 100
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame).astype(np.float64)
    levels = np.sqrt(np.mean(np.square(frames), axis=1))
    loud = np.flatnonzero(levels > levels.max(initial=0.0) * gain_of(-30.0))
    return float(loud[-1] + 1) / 100 if len(loud) else len(samples) / HEARING_HZ


def one_talk(said: Sequence[BenchUtterance]) -> Pcm:
    """Join what is said into one stream, a short breath between: somebody who talks on."""
    gap = np.zeros(round(0.4 * HEARING_HZ), np.int16)
    return np.concatenate([part for each in said for part in (each.samples, gap)])


def _read(path: Path) -> Pcm:
    """Read a recording at the level of the project's clips, so that it is as loud as the scene says."""
    samples, rate_hz = read_wav(path)
    samples = resample(samples, rate_hz, HEARING_HZ)
    loud = np.abs(samples) > 0.1 * np.abs(samples).max(initial=1e-6)
    level = float(np.sqrt(np.mean(np.square(samples[loud])))) if loud.any() else 1.0
    return as_pcm(samples * np.float32(min(_LOUD_RMS / level, 0.9 / np.abs(samples).max(initial=1e-6))))
