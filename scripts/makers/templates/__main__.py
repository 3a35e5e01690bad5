"""Make the templates of the scoring (templates.npz) from scratch: one of every phrase and of many other words.

Many of espeak's voices say each word, near in quiet and far in noise or in a kitchen; none of them is one of the
bench's. Discriminant analysis finds the axes of the encoder's output that tell the words apart, whoever says them
wherever. A word's template is the mean of its sounds there. Nothing recorded is in it. Two runs make the same. It takes
a quarter of an hour on two cores.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from os import cpu_count
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel
from coach.hearing.recognition.scoring.templates import FILE
from coach.hearing.vocabulary.phrase_table import load_table
from scripts.makers.templates.discriminant import discriminant_axes, word_means
from scripts.makers.templates.lessons import Recipe, kitchen_noise, lesson
from scripts.makers.templates.words import words_of
from scripts.makers.voices.espeak import espeak
from scripts.named import options

LEAST_SPREAD = 1e-3
"""Of a feature that hardly differs."""


def main(arguments: Sequence[str]) -> int:
    parser = options("make templates", __doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FILE, help="where to (beside the program)")
    parser.add_argument("--voices", type=int, default=Recipe().voices, help="at most so many")
    chosen = parser.parse_args(arguments)
    recipe, words = replace(Recipe(), voices=chosen.voices), words_of(load_table())
    with ProcessPoolExecutor(cpu_count()) as pool:
        sounds = []
        for number, each in enumerate(pool.map(partial(taught, recipe, words), range(recipe.voices))):
            sounds.append(each)
            print(f"  {number + 1} of {recipe.voices} voices: {len(words)} words", flush=True)
    middle, axes, places = (each.astype(np.float16) for each in templates(np.array(sounds, np.float32), recipe))
    np.savez_compressed(chosen.file, words=np.array(words), middle=middle, axes=axes, places=places)
    print(f"{chosen.file.name}: {len(words)} words, {chosen.file.stat().st_size:,} bytes")
    return 0


def taught(recipe: Recipe, words: Sequence[str], number: int) -> npt.NDArray[np.float16]:
    """Return what one voice teaches, in a process of its own: the synthesizer has one voice at a time."""
    with TemporaryDirectory() as folder, espeak() as speaker:
        kitchen = kitchen_noise(Path(folder) / "kitchen.wav")
        return lesson(recipe, number, words, speaker, MoonshineModel(), kitchen)


def templates(sounds: Floats, recipe: Recipe) -> tuple[Floats, Floats, Floats]:
    """Return where the middle of the features is, the axes, and each word's place on them.

    Args: sounds: (voices, words, noises, features).
    """
    voices, words, noises, features = sounds.shape
    rows = sounds.reshape(-1, features)
    which = np.broadcast_to(np.arange(words)[None, :, None], (voices, words, noises)).reshape(-1)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + LEAST_SPREAD
    axes = discriminant_axes((rows - middle) / spread, which, recipe.axes) / spread[:, None]
    places = (rows - middle) @ axes
    return middle, axes, word_means(places / np.linalg.norm(places, axis=1, keepdims=True), which)
