"""Learn as she trains: a word that was refused, and understood when she said it again, is a sample of her voice. Pure.

A word that came near a safety word is asked about, and never learned.
"""

from coach.hearing.policy.verdict import Verdict, VerdictReason
from coach.hearing.ports.ears import Heard

IN_DOUBT = frozenset({VerdictReason.UNKNOWN, VerdictReason.LOW_CONFIDENCE, VerdictReason.MARGIN})
"""Refused for how it sounded: other reasons say nothing of her voice."""


class Learning:
    """Remembers how the final before was judged."""

    def __init__(self) -> None:
        self._refused = False

    def after(self, heard: Heard, verdict: Verdict) -> tuple[str, bytes] | None:
        """Return a phrase and the sample of it that can be learned after this verdict."""
        if heard.partial:
            return None
        refused, self._refused = self._refused, verdict.reason in IN_DOUBT and verdict.near is None
        learnt = refused and verdict.accepted and heard.value is None and bool(heard.before)
        return (heard.text, heard.before) if learnt else None
