"""What is to play next, while it is being made."""

from concurrent.futures import Future
from dataclasses import dataclass

from coach.playback.workshop import Prepared, drop
from coach.session.effects import From
from coach.sound.clip import frames_of
from coach.timeline.step import Step

_JUST_PASSED = frames_of(0.4)  # less than a step of a walk


@dataclass(slots=True)
class Upcoming:
    """A segment or a continuation whose clips are being made."""

    made: "Future[Prepared]"
    step: Step | None
    """None: the held segment goes on."""
    start: From = From.HERE
    held: bool = False
    after: int = 0
    """Not before this frame."""
    on_beat: bool = False
    """At that very frame, if it has only just passed: clicks go on."""

    def instead_of(self, other: "Upcoming | None") -> "Upcoming":
        """Return this one; the other one need not be made any more."""
        drop(other.made if other else None)
        return self

    def begins(self, now: int) -> int:
        """Return the frame to begin at."""
        return self.after if self.on_beat and now - self.after < _JUST_PASSED else max(now, self.after)
