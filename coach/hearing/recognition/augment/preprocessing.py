"""A segment's samples in, its sound as each view shows it out, ready for the models."""

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.views import View, WordAudio
from coach.hearing.recognition.models.moonshine import Sound
from coach.sound.pcm import Pcm

PAD_S = 0.25  # of noise floor on each side: the model wants silence around a word, but never digital zero
PEAK = 0.5
_NOISE = np.random.default_rng(16_000).standard_normal(4 * HEARING_HZ).astype(np.float32)  # the same in every run


class AugmentedWord:
    """What was said, as each view shows it: made once, where one asks for it."""

    def __init__(self, word: WordAudio, floor_rms: float) -> None:
        self._word, self._floor_rms = word, floor_rms
        self._made: dict[View, Sound] = {}

    def __call__(self, view: View) -> Sound:
        if view in self._made:
            return self._made[view]
        # From whichever thread came first, for a model knows a sound that it heard before by its identity.
        return self._made.setdefault(view, prepare(view(self._word), self._floor_rms))

    @property
    def speech_s(self) -> tuple[float, float]:
        """Where somebody speaks in the sound as it came."""
        return self._word.speech.start / HEARING_HZ + PAD_S, self._word.speech.stop / HEARING_HZ + PAD_S


def prepare(samples: Pcm, floor_rms: float) -> Sound:
    """Make a segment ready for the model: noise floor around it, never digital zero in it, one level."""
    pad = round(PAD_S * HEARING_HZ)
    sound = np.pad(samples.astype(np.float32), pad)
    noise = np.resize(_NOISE, len(sound)) * np.float32(floor_rms)
    noise[pad:-pad] *= 0.1  # inside it only breaks up digital zero
    sound += noise
    leveled: Sound = sound * np.float32(PEAK / max(1.0, float(np.abs(sound).max())))
    return leveled
