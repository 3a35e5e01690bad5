"""Notice a word that is said again: not understood at first, said once more within seconds, alike both times.

What the encoder makes of the first is kept for those seconds, in memory alone. Whether the first was refused and the
second is understood is the policy's to say (`live/learning.py`).
"""

from dataclasses import dataclass, replace

import numpy as np

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.augment.augmented_word import AugmentedWord
from coach.hearing.recognition.models.moonshine import Floats
from coach.hearing.recognition.scoring.cascade import CascadeResult
from coach.hearing.recognition.scoring.templates import TemplateMatcher, pooled_between

AGAIN_S = 4.0
LEAST_ALIKE = 0.53
"""Cosine of the two: of the same word twice in a kitchen 85% reach it, of another word one in a hundred."""


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """What is kept of a segment."""

    end_t: float
    parts: Floats


class SaidAgain:
    """Remembers the segment before."""

    def __init__(self, templates: TemplateMatcher) -> None:
        self._templates = templates
        self._before: _Segment | None = None

    def forget(self) -> None:
        """Forget the segment before: something else was said meanwhile."""
        self._before = None

    def noticed(self, heard: Heard, piece: Piece, result: CascadeResult) -> Heard:
        """Return a final with the sample of the segment before, if that may have been the same word."""
        before, now = self._before, None if piece.amid_talk else _segment(piece, result)
        self._before = now
        if before is None or now is None or not self._may_be_same(before, now, heard):
            return heard
        return replace(heard, before=before.parts.astype(np.float16).tobytes())

    def _may_be_same(self, before: _Segment, now: _Segment, heard: Heard) -> bool:
        fits = heard.command is not None and not heard.own_words
        soon = 0.0 <= heard.word_start_t - before.end_t <= AGAIN_S
        return fits and soon and self._templates.alike(before.parts, now.parts) >= LEAST_ALIKE


def _segment(piece: Piece, result: CascadeResult) -> _Segment | None:
    encoded = result.scores.encoded
    if encoded is None:
        return None
    return _Segment(piece.speech_end_t, _parts(result.word, encoded))


def _parts(word: AugmentedWord, encoded: Floats) -> Floats:
    return pooled_between(encoded, word.sound_s, *word.speech_s)
