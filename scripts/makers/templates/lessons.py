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
from coach.hearing.recognition.scoring.templates import SHORTEST_S, pooled_between
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import resample
from coach.sound.wav import read_wav
from scripts.benches.hearing import sounds
from scripts.makers.voices.rooms import NoisyWord, somewhere
from scripts.makers.voices.speakers import TeachingSpeaker

LEAST_FLOOR_RMS = 5.0
STARTS_S, ENDS_S = (-0.08, 0.08), (-0.1, 0.2)
"""How far the endpointer's bounds of a word are off."""


@dataclass(frozen=True, slots=True)
class TemplateRecipe:
    """How the templates are made."""

    voices: int = 40
    """At most so many of espeak's, by chance of all there are; none of the bench's."""
    times: int = 4
    """Each of flite's voices teaches, every time otherwise."""
    snr_db: tuple[tuple[float, float], ...] = ((18.0, 35.0), (4.0, 16.0))
    """Each voice says each word once in each."""
    in_kitchens: float = 0.5
    """Of the words in much noise."""
    axes: int = 128
    seed: int = 25


def lesson(
    recipe: TemplateRecipe, speaker: TeachingSpeaker, words: Sequence[str], model: MoonshineModel, kitchen: Pcm
) -> npt.NDArray[np.float16]:
    """Return what one speaker teaches: (words, noises, parts x width).

    The random draws depend on the seed and the speaker's name. espeak's sounds also depend on every earlier call in the
    process: only a new process gives the same again.
    """
    random = np.random.default_rng([recipe.seed, crc32(speaker.name.encode())])
    return np.array([list(_said(recipe, speaker, word, model, kitchen, random)) for word in words], np.float16)


def kitchen_noise(path: Path) -> Pcm:
    """Return the noise of a kitchen, made there."""
    samples, rate_hz = read_wav(sounds.kitchen(path))
    return as_pcm(resample(samples, rate_hz, HEARING_HZ))


def _said(
    recipe: TemplateRecipe,
    speaker: TeachingSpeaker,
    word: str,
    model: MoonshineModel,
    kitchen: Pcm,
    random: np.random.Generator,
) -> Iterator[Floats]:
    for at, bounds in enumerate(recipe.snr_db):
        said = speaker.say(word, random)
        noisy = at > 0 and random.random() < recipe.in_kitchens
        yield _features(somewhere(said, random.uniform(*bounds), kitchen if noisy else None, random), model, random)


def _features(heard: NoisyWord, model: MoonshineModel, random: np.random.Generator) -> Floats:
    """Return the word's parts between bounds that are a little off, as an endpointer's are."""
    frames = model.encode(preprocess(heard.samples, max(LEAST_FLOOR_RMS, heard.floor_rms)))
    start_s, end_s = (edge / HEARING_HZ + PAD_S for edge in (heard.word.start, heard.word.stop))
    moved_s = start_s + random.uniform(*STARTS_S), end_s + random.uniform(*ENDS_S)
    start_s, end_s = moved_s if moved_s[1] - moved_s[0] >= SHORTEST_S else (start_s, end_s)
    return pooled_between(frames, len(heard.samples) / HEARING_HZ + 2 * PAD_S, start_s, end_s).reshape(-1)
