"""Test-time augmentation: transform a word so that a small recognizer may understand it better.

A word that is unclear as it came is scored again in these views: faster, slower, trimmed, denoised, dereverberated.
`scoring.fusion` combines the scores.
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
    """A segment's samples, and where in them somebody speaks."""

    samples: Pcm
    speech: slice


View = Callable[[WordAudio], Pcm]

_SLOWER, _FASTER = 1.12, 0.9  # of the duration; the pitch changes with it
_MARGIN = round(0.12 * HEARING_HZ)  # frames kept around the speech, for its first and last consonants


def trim(word: WordAudio) -> WordAudio:
    """Return the word without the sound before and after its speech."""
    before = min(word.speech.start, _MARGIN)
    return WordAudio(_trimmed(word.samples, word.speech), slice(before, before + word.speech.stop - word.speech.start))


def original(word: WordAudio) -> Pcm:
    """Return the samples unchanged."""
    return word.samples


def slowed(word: WordAudio) -> Pcm:
    """Return the samples slower and lower."""
    return _stretched(word.samples, _SLOWER)


def slowed_dereverberated(word: WordAudio) -> Pcm:
    """Return the samples without late reverberation, slower and lower."""
    return _stretched(suppress_late_reverberation(word.samples), _SLOWER)


def sped_up(word: WordAudio) -> Pcm:
    """Return the samples faster and higher."""
    return _stretched(word.samples, _FASTER)


def trimmed(word: WordAudio) -> Pcm:
    """Return the speech with little around it: noise beside a word is easily heard as part of it."""
    return _trimmed(word.samples, word.speech)


def trimmed_denoised(word: WordAudio) -> Pcm:
    """Return the speech with little around it, without steady noise."""
    return _trimmed(subtract_noise(word.samples), word.speech)


def dereverberated(word: WordAudio) -> Pcm:
    """Return the samples without late reverberation."""
    return suppress_late_reverberation(word.samples)


def _trimmed(samples: Pcm, speech: slice) -> Pcm:
    return samples[max(0, speech.start - _MARGIN) : speech.stop + _MARGIN]


def _stretched(samples: Pcm, factor: float) -> Pcm:
    # As float: the resampler dithers whole numbers.
    stretched = resample(samples.astype(np.float32), HEARING_HZ, round(factor * HEARING_HZ))
    return in_steps(stretched)


# `scripts/bench hearing --voices tuning` measures the choice of views: words understood, other words taken for one.
VIEWS: tuple[View, ...] = (sped_up, trimmed, slowed_dereverberated, trimmed_denoised)
"""Chosen greedily: each adds the most to those before it. Views with two changes differ most."""
FEW_VIEWS = 2
"""So many suffice for some words, and for a partial of a safety word, which must be quick."""
RESCORED_VIEWS: tuple[View, ...] = (dereverberated, slowed)
"""Views that the second model hears."""
