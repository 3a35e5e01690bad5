"""Make the templates of the scoring (templates.npz) from scratch: one of every phrase and of many other words.

Many of espeak's voices say each word, near in quiet and far in noise or in a kitchen; none of them is one of the
bench's. So do flite's, which are nearer to people's. Discriminant analysis finds the axes of the encoder's output that
tell the words apart, whoever says them wherever. A word's templates are the means of its sounds there, one of each
synthesizer's. On one machine two runs make the same. It needs the command flite, and twenty minutes on two cores.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel
from coach.hearing.recognition.scoring.templates import FILE
from coach.hearing.vocabulary.phrase_table import load_table
from scripts.makers.templates.discriminant import discriminant_axes, word_means
from scripts.makers.templates.lessons import TemplateRecipe, kitchen_noise, lesson
from scripts.makers.templates.words import words_of
from scripts.makers.voices.english import teaching_voices
from scripts.makers.voices.flite import flite
from scripts.makers.voices.speakers import flite_names, speakers
from scripts.named import options

LEAST_SPREAD = 1e-3
"""Of a feature that hardly differs."""


def main(arguments: Sequence[str]) -> int:
    parser = options("make templates", __doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FILE, help="where to (beside the program)")
    parser.add_argument("--voices", type=int, default=TemplateRecipe().voices, help="at most so many of espeak's")
    chosen = parser.parse_args(arguments)
    recipe, words = replace(TemplateRecipe(), voices=chosen.voices), words_of(load_table())
    espeaks, flites = teaching_voices(recipe.voices, recipe.seed), flite_names(recipe.times)
    flite()  # missed now, not after a quarter of an hour
    sounds = all_taught(recipe, words, [*espeaks, *flites])
    found = templates(sounds, recipe, (slice(len(espeaks)), slice(len(espeaks), None)))
    middle, axes, places = (each.astype(np.float16) for each in found)
    np.savez_compressed(chosen.file, words=np.array(words), middle=middle, axes=axes, places=places)
    print(f"{chosen.file.name}: {len(words)} words, {chosen.file.stat().st_size:,} bytes")
    return 0


def all_taught(recipe: TemplateRecipe, words: Sequence[str], names: Sequence[str]) -> Floats:
    """Return what these voices teach: (voices, words, noises, features).

    Each voice has a new process: espeak's sounds depend on everything that its process has said before.
    """
    sounds = []
    with ProcessPoolExecutor(cpu_count(), get_context("spawn"), max_tasks_per_child=1) as pool:
        for number, each in enumerate(pool.map(partial(taught, recipe, words), names)):
            sounds.append(each)
            print(f"  {number + 1} of {len(names)} voices: {len(words)} words", flush=True)
    return np.array(sounds, np.float32)


def taught(recipe: TemplateRecipe, words: Sequence[str], name: str) -> npt.NDArray[np.float16]:
    """Return what one voice teaches: (words, noises, features). In a new process it is the same every time."""
    with TemporaryDirectory() as folder, speakers([name]) as (speaker,):
        kitchen = kitchen_noise(Path(folder) / "kitchen.wav")
        return lesson(recipe, speaker, words, MoonshineModel(), kitchen)


def templates(sounds: Floats, recipe: TemplateRecipe, kinds: Sequence[slice]) -> tuple[Floats, Floats, Floats]:
    """Return where the middle of the features is, the axes, and each word's place on them by each kind of voices.

    Args: sounds: (voices, words, noises, features). kinds: which voices.
    """
    voices, words, noises, features = sounds.shape
    rows = sounds.reshape(-1, features)
    which = np.broadcast_to(np.arange(words)[None, :, None], (voices, words, noises))
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + LEAST_SPREAD
    axes = discriminant_axes((rows - middle) / spread, which.reshape(-1), recipe.axes) / spread[:, None]
    places = (rows - middle) @ axes
    places = (places / np.linalg.norm(places, axis=1, keepdims=True)).reshape(voices, words * noises, -1)
    means = [word_means(places[kind].reshape(-1, recipe.axes), which[kind].reshape(-1)) for kind in kinds]
    return middle, axes, np.stack(means)
