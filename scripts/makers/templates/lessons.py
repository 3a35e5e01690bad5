"""What the encoder makes of every word, by many voices, near in quiet and far in noise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel
from coach.hearing.recognition.scoring.templates import SHORTEST_S, pooled
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import resample
from coach.sound.wav import read_wav
from scripts.benches.hearing import sounds
from scripts.makers.voices.english import identifier, teaching_voices
from scripts.makers.voices.espeak import Espeak
from scripts.makers.voices.rooms import Heard, somewhere, spoken_part

LEAST_FLOOR_RMS = 5.0
RATES, PITCHES, SPEEDS = (115, 195), (35, 65), (0.9, 1.12)
"""Words a minute, espeak's pitch, and how much faster and higher the clip is played."""
STARTS_S, ENDS_S = (-0.08, 0.08), (-0.1, 0.2)
"""How far the endpointer's bounds of a word are off."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the templates are made."""

    voices: int = 40
    """At most so many, by chance of all there are; none of the bench's."""
    snr_db: tuple[tuple[float, float], ...] = ((18.0, 35.0), (4.0, 16.0))
    """Each voice says each word once in each."""
    in_kitchens: float = 0.5
    """Of the words in much noise."""
    axes: int = 128
    seed: int = 25


def lesson(
    recipe: Recipe, number: int, words: Sequence[str], speaker: Espeak, model: MoonshineModel, kitchen: Pcm
) -> npt.NDArray[np.float16]:
    """Return what one voice teaches: (words, noises, parts x width). Chance goes by the voice alone."""
    voice = teaching_voices(recipe.voices, recipe.seed)[number]
    random = np.random.default_rng([recipe.seed, crc32(voice.encode())])
    return np.array([list(_said(recipe, voice, word, speaker, model, kitchen, random)) for word in words], np.float16)


def kitchen_noise(path: Path) -> Pcm:
    """Return the noise of a kitchen, made there."""
    samples, rate_hz = read_wav(sounds.kitchen(path))
    return as_pcm(resample(samples, rate_hz, HEARING_HZ))


def _said(
    recipe: Recipe,
    voice: str,
    word: str,
    speaker: Espeak,
    model: MoonshineModel,
    kitchen: Pcm,
    random: np.random.Generator,
) -> Iterator[Floats]:
    for at, bounds in enumerate(recipe.snr_db):
        said = _clip(voice, word, speaker, random)
        noisy = at > 0 and random.random() < recipe.in_kitchens
        yield _features(somewhere(said, random.uniform(*bounds), kitchen if noisy else None, random), model, random)


def _clip(voice: str, word: str, speaker: Espeak, random: np.random.Generator) -> Pcm:
    rate, pitch = (int(random.integers(*bounds)) for bounds in (RATES, PITCHES))
    said = speaker.say(word, identifier(voice), rate, pitch).astype(np.float32)
    played = resample(said, speaker.rate_hz, round(HEARING_HZ / random.uniform(*SPEEDS)))
    return spoken_part(np.rint(played).astype(np.int16))


def _features(heard: Heard, model: MoonshineModel, random: np.random.Generator) -> Floats:
    """Return the word's parts between bounds that are a little off, as an endpointer's are."""
    frames = model.encode(preprocess(heard.samples, max(LEAST_FLOOR_RMS, heard.floor_rms)))
    a_second = len(frames) / (len(heard.samples) / HEARING_HZ + 2 * PAD_S)
    start_s, end_s = (edge / HEARING_HZ + PAD_S for edge in (heard.word.start, heard.word.stop))
    moved_s = start_s + random.uniform(*STARTS_S), end_s + random.uniform(*ENDS_S)
    start_s, end_s = moved_s if moved_s[1] - moved_s[0] >= SHORTEST_S else (start_s, end_s)
    return pooled(frames, start_s * a_second, end_s * a_second).reshape(-1)
