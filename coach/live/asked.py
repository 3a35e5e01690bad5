"""When the question that stands was heard: no answer counts that began before. Pure but for what it remembers."""

import math
from collections.abc import Sequence

from coach.hearing.policy.verdict import CoachWords
from coach.hearing.vocabulary.normal import normal
from coach.session.events import Event, SegmentEnded, SpeechEnded
from coach.session.rules.questions import key_words
from coach.session.state import Session

AT_ONCE = -math.inf
SLACK_S = 0.15
"""A word's time within its sentence is known to some tenths of a second."""


class Asked:
    """Follows the questions of a session."""

    def __init__(self) -> None:
        self._which: tuple[object, ...] | None = None
        self._since_s = 0.0
        self._heard_s = math.inf

    def see(self, session: Session, event: Event | None, now_s: float) -> None:
        """Note when a question begins to stand, and when its words are over."""
        which = (session.question, session.index, len(session.record.usability)) if session.question else None
        if which != self._which:
            self._which, self._since_s = which, now_s
            self._heard_s = math.inf
        elif which is not None and isinstance(event, SpeechEnded | SegmentEnded):
            self._heard_s = min(self._heard_s, now_s)

    def answers_from(self, session: Session, words: Sequence[CoachWords]) -> float:
        """Return the time from which an answer counts: the end of the question's key words; inf: not yet said."""
        if self._which is None:
            return AT_ONCE
        # She may have begun after the key words and been heard only when the last sentence was over.
        key_s = _end_of(normal(key_words(session)).split(), words, self._since_s)
        self._heard_s = min(self._heard_s, key_s)
        return self._heard_s


def _end_of(key: list[str], words: Sequence[CoachWords], since_s: float) -> float:
    said = [(normal(text), end_t) for text, start_t, end_t in words if start_t >= since_s - SLACK_S]
    for at in range(len(said) - len(key) + 1):
        if [text for text, _ in said[at : at + len(key)]] == key:
            return said[at + len(key) - 1][1] - SLACK_S
    return math.inf
