"""Record a session in the history, from the moment its routine is known."""

from collections.abc import Mapping, Sequence

from coach.clock import ClockReading
from coach.errors import InputError
from coach.session.state import Session
from coach.threads import LastFault
from coach.training.follow import Follower
from coach.training.unfinished import Unfinished
from coach.training.walking.recorder import WalkRecorder
from coach.training.writer import HistoryWriter, PlannedBlock


class Recorder:
    """Records one session. `see` never waits for the disk."""

    def __init__(
        self,
        writer: HistoryWriter,
        planned: Mapping[str, Sequence[PlannedBlock]],
        now: ClockReading,
        *,
        rehearsed: bool,
        resumed: Unfinished | None = None,
        barred_by: int | None = None,
    ) -> None:
        """Take what is planned for each routine, by its id. InputError: another coach goes on with what is resumed.

        `barred_by`: the session that ended with back pain, which this one begins by asking about.
        """
        self._barred_by = barred_by
        self._writer = writer
        self._planned = planned
        self._now = now
        self._rehearsed = rehearsed
        self._follower: Follower | None = None
        self._fault = LastFault()
        self._walk = WalkRecorder(writer, now, rehearsed=rehearsed, in_place=True)
        if resumed is not None:
            if not writer.resume(resumed.session, resumed.owner):
                raise InputError(
                    "the coach has already picked up that session in another window: train there, or start a new one."
                )
            self._follower = Follower(writer, resumed.blocks, now.day)

    @property
    def problem(self) -> str | None:
        """Return why nothing is written any more; None while all is well."""
        return self._writer.problem or self._fault.line

    def see(self, session: Session) -> None:
        """Write what is new. A fault is kept as the problem, and costs neither the walk nor what comes later."""
        with self._fault.kept():
            self._see(session)

    def _see(self, session: Session) -> None:
        if self._follower is None:
            if session.routine is None:
                return
            self._follower = self._begin(session.routine.id)
        try:  # first: what hurts in a walk is kept with the walk, not with the training
            self._walk.see(session)
        finally:
            self._follower.see(session)

    def close(self) -> None:
        """Write what is waiting, and what was walked in place of the training."""
        self._walk.close()

    def _begin(self, routine: str) -> Follower:
        blocks = self._planned[routine]
        self._writer.begin(routine, blocks, self._now.at, self._now.day, self._rehearsed)
        return Follower(self._writer, blocks, self._now.day, self._barred_by)
