"""Preprocess a segment for the models: pad it with noise, dither digital zero, normalize its peak."""

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.models.moonshine import Sound
from coach.sound.pcm import Pcm

PAD_S = 0.25  # of noise on each side: the models expect silence around a word, but never digital zero
PEAK = 0.5
_DITHER = 0.1  # of the noise floor
_NOISE = np.random.default_rng(16_000).standard_normal(4 * HEARING_HZ).astype(np.float32)  # the same in every run


def preprocess(samples: Pcm, floor_rms: float) -> Sound:
    """Return a segment ready for the models.

    Args: floor_rms: the noise floor, in int16 steps, to pad with.
    """
    pad = round(PAD_S * HEARING_HZ)
    sound = np.pad(samples.astype(np.float32), pad)
    noise = np.resize(_NOISE, len(sound)) * np.float32(floor_rms)
    noise[pad:-pad] *= _DITHER
    sound += noise
    normalized: Sound = sound * np.float32(PEAK / max(1.0, float(np.abs(sound).max())))
    return normalized
