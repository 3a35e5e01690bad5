"""Her own samples of words: how alike a sound is to each of them, where the voice may be hers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from coach.hearing.recognition.models.moonshine import Floats

# `scripts/bench learned --voices tuning` measures these constants.
NEIGHBOURS = 2  # of her own three samples: one may have been said oddly
HERS = 0.1
"""Added to how alike a word is to her own samples of it: it then counts for more than other voices' likeness."""
SURELY_HERS, SURE_LEAD = 0.78, 0.15
"""How alike her own samples a word must be, and how much more than her other words', to count by that alone."""
OTHER_PITCH = 1.5
"""Ratio of pitches from which it is another voice: seven semitones. She calls out higher than she teaches."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnSamples:
    """What she has taught."""

    features: Mapping[int, Floats] = field(default_factory=dict)
    """By the word's place among the templates: (samples, axes), of unit length."""
    pitch_hz: float | None = None
    """Of her voice; None where it is not known."""

    def similarities(self, spans: Floats, pitch_hz: float | None) -> dict[int, float]:
        """Return a sound's cosine similarity to her samples of each word; nothing where another voice speaks.

        Args: spans: (spans, axes), of unit length. pitch_hz: the sound's; None where it is not known.
        """
        if self._is_another(pitch_hz):
            return {}
        return {
            at: float(np.sort((spans @ samples.T).max(axis=0))[-NEIGHBOURS:].mean())
            for at, samples in self.features.items()
        }

    def _is_another(self, pitch_hz: float | None) -> bool:
        if pitch_hz is None or self.pitch_hz is None:
            return False
        return not 1 / OTHER_PITCH < pitch_hz / self.pitch_hz < OTHER_PITCH


def surely_hers(similarities: Mapping[int, float]) -> int | None:
    """Return the place of the word that is surely hers, None where there is none."""
    ranked = sorted(similarities, key=lambda at: -similarities[at])
    if not ranked or similarities[ranked[0]] < SURELY_HERS:
        return None
    return ranked[0] if all(similarities[ranked[0]] - similarities[at] >= SURE_LEAD for at in ranked[1:]) else None
