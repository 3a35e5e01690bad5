"""Record a walk: its minutes, and, where it hurt, a session of its own that the next one asks about."""

from coach.clock import ClockReading
from coach.session.state import Question, Session, State
from coach.threads import LastFault
from coach.timeline.cue import SegmentKind
from coach.training.walking.pain import WALK
from coach.training.writer import HistoryWriter

LEAST_MINUTES = 1.0
"""Less is no walk, but a try of the command."""


class WalkRecorder:
    """Records how many minutes of a walk were walked, pauses left out, and what she told of pain in it."""

    def __init__(
        self,
        writer: HistoryWriter,
        now: ClockReading,
        *,
        rehearsed: bool,
        in_place: bool = False,
        barred_by: int | None = None,
    ) -> None:
        """Take the writer. `in_place`: it is walked in place of a training, whose session is the writer's.

        `barred_by`: the session after which she is asked first whether a clinician agreed.
        """
        self._writer = writer
        self._now = now
        self._rehearsed = rehearsed
        self._in_place = in_place
        self._barred_by = barred_by
        self._walked_s: dict[int, float] = {}  # by the step's index: each part of the walk
        self._fault = LastFault()
        self._hurts = False
        self._place: bool | None = None

    @property
    def problem(self) -> str | None:
        """Return why nothing is written any more; None while all is well."""
        return self._writer.problem or self._fault.line

    def see(self, session: Session) -> None:
        """Keep how far she is, and write what hurts as soon as she has told it."""
        with self._fault.kept():
            self._see(session)

    def _see(self, session: Session) -> None:
        if session.kind is SegmentKind.WALK:
            self._walked_s[session.index] = session.step.from_s + session.clock.ran_s
        if session.routine is None or session.routine.walk is None:
            return
        if session.record.cleared and self._barred_by is not None:
            self._writer.clear_session(self._barred_by, self._now.day)
            self._barred_by = None
        asked = session.leading_out or session.question is Question.HURT_BACK
        if not self._hurts and (asked or session.record.in_back):
            self._begin(session)
        if self._hurts:
            self._hurt(session)

    def _begin(self, session: Session) -> None:
        """Begin a session: what hurt in a walk is kept like what hurt in an exercise."""
        if self._in_place:
            self._writer.finish("ended", session.now_s)
        self._writer.begin(WALK, (), self._now.at, self._now.day, self._rehearsed)
        self._hurts = True

    def _hurt(self, session: Session) -> None:
        places = session.record.in_back
        if places and places[-1][1] != self._place:
            self._writer.hurt_in_back(places[-1][1])
            self._place = places[-1][1]
        if session.state is State.FINISHED:
            self._writer.finish(str(session.record.reason or session.reason), session.now_s)

    def close(self) -> None:
        """Write what was walked, whatever ended it."""
        minutes = sum(self._walked_s.values()) / 60
        if minutes >= LEAST_MINUTES:
            self._writer.walked(self._now.day, round(minutes, 1), self._rehearsed)
        self._writer.close()
