"""Words that no shipped template has, such as names: what the encoder makes of synthetic voices that say them."""

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel
from coach.hearing.recognition.scoring.templates import pooled

FLOOR_RMS = 20.0  # of the noise around a sound, of 32,768

Examples = tuple[tuple[str, tuple[bytes, ...]], ...]
"""Each word, and sounds of it: 16-bit samples at 16 kHz, nothing before or behind the word."""


def encoded_examples(model: MoonshineModel, examples: Examples) -> dict[str, Floats]:
    """Return of each word (sounds, parts, width), for the template matcher."""
    return {word: np.stack([_parts(model, sound) for sound in sounds]) for word, sounds in examples if sounds}


def _parts(model: MoonshineModel, sound: bytes) -> Floats:
    word = np.frombuffer(sound, np.int16)
    frames = model.encode(preprocess(word, FLOOR_RMS))
    a_second = len(frames) / (len(word) / HEARING_HZ + 2 * PAD_S)
    return pooled(frames, PAD_S * a_second, (PAD_S + len(word) / HEARING_HZ) * a_second)
