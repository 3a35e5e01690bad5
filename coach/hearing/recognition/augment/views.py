"""One sound, seen in other ways: what a small recognizer does not understand in one it may in another.

A word that is unclear as it came is scored again faster, slower, without what sounds before and behind it, and without
the kitchen as well; each phrase counts by its best view and by all of them, see `scoring.joined`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.late_reverberation import suppress_late_reverberation
from coach.hearing.recognition.augment.spectral_subtraction import subtract_noise
from coach.sound.pcm import Pcm, in_steps
from coach.sound.resample import resample


@dataclass(frozen=True, slots=True, eq=False)
class WordAudio:
    """What the views are of: a segment, and where in it somebody speaks."""

    samples: Pcm
    speech: slice


View = Callable[[WordAudio], Pcm]

_SLOWER, _FASTER = 1.12, 0.9  # of the time it takes; pitch goes with it
_AROUND = round(0.12 * HEARING_HZ)  # frames before and behind the speech: its first and last consonants are in them


def alone(word: WordAudio) -> WordAudio:
    """Return the word without what sounds before and behind it."""
    before = min(word.speech.start, _AROUND)
    return WordAudio(_cut(word.samples, word.speech), slice(before, before + word.speech.stop - word.speech.start))


def as_it_came(word: WordAudio) -> Pcm:
    """Return the samples."""
    return word.samples


def slowed(word: WordAudio) -> Pcm:
    """Return the samples drawn out, as by somebody who speaks slower and lower."""
    return _lasting(word.samples, _SLOWER)


def slowed_without_room(word: WordAudio) -> Pcm:
    """Return the same with the room softened out of it before."""
    return _lasting(suppress_late_reverberation(word.samples), _SLOWER)


def hurried(word: WordAudio) -> Pcm:
    """Return the samples pressed together, as by somebody who speaks faster and higher."""
    return _lasting(word.samples, _FASTER)


def closely(word: WordAudio) -> Pcm:
    """Return the speech with little before and behind it: a dish beside a word is heard as part of it."""
    return _cut(word.samples, word.speech)


def closely_without_noise(word: WordAudio) -> Pcm:
    """Return the same with the kitchen softened out of it."""
    return _cut(subtract_noise(word.samples), word.speech)


def without_room(word: WordAudio) -> Pcm:
    """Return the samples with the room softened out of them."""
    return suppress_late_reverberation(word.samples)


def _cut(samples: Pcm, speech: slice) -> Pcm:
    return samples[max(0, speech.start - _AROUND) : speech.stop + _AROUND]


def _lasting(samples: Pcm, share: float) -> Pcm:
    # As float: on its way to whole numbers the resampler would add noise.
    drawn = resample(samples.astype(np.float32), HEARING_HZ, round(share * HEARING_HZ))
    return in_steps(drawn)


VIEWS: tuple[View, ...] = (hurried, closely, slowed_without_room, closely_without_noise)
"""Chosen one after the other from 23, for what each adds to those before: with two changes at once they differ most."""
FEW_VIEWS = 2
"""So many of them are enough for some, and for a look at a safety word, which must be quick. Of 319 that two looks
agree on 276 are taken, of 62 other words and noises 2; without these views 280 and 13 (tuning voices, recordings)."""
ASKED_VIEWS: tuple[View, ...] = (without_room, slowed)
"""Those the second model is asked about. Of 315 words, most of them recorded, in kitchens and rooms and over the coach
243 are right with the slower one and 234 without; of 316 other words and noises 26 and 20 are taken for a command."""
