"""Words that no shipped template has, such as names: what the encoder makes of synthetic voices that say them."""

from collections.abc import Iterable, Mapping

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel
from coach.hearing.recognition.scoring.templates import pooled_between
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Phrase

FLOOR_RMS = 20.0  # of the noise around a sound, of 32,768

Examples = tuple[tuple[str, tuple[bytes, ...]], ...]
"""Each word, and sounds of it: 16-bit samples at 16 kHz, nothing before or behind the word."""


def encoded_examples(model: MoonshineModel, examples: Examples) -> dict[str, Floats]:
    """Return of each word (sounds, parts, width), for the template matcher."""
    return {word: np.stack([_parts(model, sound) for sound in sounds]) for word, sounds in examples if sounds}


def in_every_spelling(added: Mapping[str, Floats], phrases: Iterable[Phrase]) -> dict[str, Floats]:
    """Return the sounds of names under each of their spellings too: they sound the same."""
    spelled = dict(added)
    for phrase in phrases:
        name = normal(phrase.choice) if phrase.choice and phrase.names_person else ""
        if name in added and len(phrase.text.split()) == len(name.split()):
            spelled[phrase.text] = added[name]
    return spelled


def _parts(model: MoonshineModel, sound: bytes) -> Floats:
    word = np.frombuffer(sound, np.int16)
    frames = model.encode(preprocess(word, FLOOR_RMS))
    word_s = len(word) / HEARING_HZ
    return pooled_between(frames, word_s + 2 * PAD_S, PAD_S, PAD_S + word_s)
