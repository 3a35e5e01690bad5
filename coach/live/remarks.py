"""The queue of remarks about hearing and devices: each is made once, and only while nothing else is being said."""

from collections import deque

from coach.session.events import Remark, Remarked
from coach.session.rules.talking import may_remark
from coach.session.state import Session

QUIET_S = 0.5  # longer than the gaps between the lines of an answer


class Remarks:
    """The remarks that wait to be made."""

    def __init__(self) -> None:
        self._waiting: deque[Remark] = deque()
        self._made: set[Remark] = set()
        self._spoke_s = 0.0

    def add(self, about: Remark) -> None:
        """Let it be said soon, unless it was before."""
        if about not in self._made:
            self._made.add(about)
            self._waiting.append(about)

    def due(self, session: Session, speaking: bool, now_s: float) -> Remarked | None:
        """Return the next one where this is a moment for it."""
        if speaking:
            self._spoke_s = now_s
        if not self._waiting or now_s - self._spoke_s < QUIET_S or not may_remark(session):
            return None
        return Remarked(self._waiting.popleft())
