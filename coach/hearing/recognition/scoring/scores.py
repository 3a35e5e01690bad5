"""What a scorer finds: the free transcript, and each phrase's log-likelihood ratio over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coach.hearing.recognition.models.moonshine import Floats

RIVAL = "~"
"""Marks a rival: a text that is scored beside the phrases and is none."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one sound."""

    text: str
    """The free transcript; empty if the model heard nothing."""
    ended: bool
    """False if the transcript is longer than any command; nothing is scored then."""
    ratios: Mapping[str, float]
    """Each phrase's log-likelihood ratio over the free transcript, in nats, best first; far ones are absent."""
    free: float = 0.0
    """The free transcript's log-likelihood."""
    encoded: Floats | None = field(default=None, compare=False)
    """The encoder's output, (T, width)."""


def best_first(ratios: Mapping[str, float]) -> dict[str, float]:
    """Return the ratios in descending order."""
    return dict(sorted(ratios.items(), key=lambda item: -item[1]))
