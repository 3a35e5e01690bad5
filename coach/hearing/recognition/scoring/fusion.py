"""Combine the scores of several views of one word (score fusion)."""

from collections.abc import Sequence
from dataclasses import replace

from coach.hearing.recognition.scoring.scores import Scores, best_first

ABSENT = -12.0  # nats of a phrase that a view does not score
# `scripts/bench hearing --voices tuning` measures both weights.
TRANSCRIPT_WEIGHT = 0.5
"""Of the free transcripts' difference: a view that makes little sense as a whole counts less."""
MEAN_WEIGHT = 0.5
"""Of the mean over all views, the rest for the best one. Noise fits a phrase in one view, a word in most."""


def fuse(views: Sequence[Scores]) -> Scores:
    """Return each phrase's ratio between the best and the mean of all views, with the first one's transcript."""
    top = max(each.free for each in views)
    phrases = dict.fromkeys(phrase for each in views for phrase in each.ratios)
    fused = {phrase: _between([_weighted(phrase, each, top) for each in views]) for phrase in phrases}
    return replace(views[0], ratios=best_first(fused), free=top)


def _weighted(phrase: str, view: Scores, top: float) -> float:
    """Return a phrase's ratio in one view, lowered where the view's transcript is less likely than the best."""
    ratio = view.ratios.get(phrase, ABSENT)
    return max(min(ABSENT, ratio), ratio + TRANSCRIPT_WEIGHT * (view.free - top))


def _between(ratios: Sequence[float]) -> float:
    return MEAN_WEIGHT * sum(ratios) / len(ratios) + (1 - MEAN_WEIGHT) * max(ratios)
