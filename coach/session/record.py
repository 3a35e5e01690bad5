"""The record of a session: sets with their reps, what was skipped, what hurt, how it ended."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from coach.hearing.vocabulary.commands import BodyPart, Command
from coach.library.exercise import Side


class EndReason(StrEnum):
    """How a session ended."""

    COMPLETED = "completed"
    ENDED = "ended"
    """She ended it."""
    HURT = "hurt"
    EMERGENCY = "emergency"
    UNANSWERED = "unanswered"
    INTERRUPTED = "interrupted"
    """The program was ended from outside."""


class StepEnd(StrEnum):
    """How a step ended where no command ended it."""

    COMPLETED = "completed"
    UNANSWERED = "unanswered"


EndedBy = Command | StepEnd
"""What ended a step."""

Wish = Literal[Command.EASIER, Command.HARDER]
"""What she can ask for of an exercise."""


class UsabilitySaid(StrEnum):
    """What became of the usability scale, where it was asked."""

    ANSWERED = "answered"
    LATER = "later"
    """Also where nothing was answered."""
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SetDone:
    """One set, on one side where the exercise has sides."""

    exercise: str
    """The id of what was really done: the variant, where there was one."""
    side: Side | None
    set_no: int
    """From 1."""
    planned: int
    """Reps."""
    done: int
    """Reps that counted, never more than planned."""
    ended_by: EndedBy
    pain: bool = False
    pauses: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """What a session has come to so far."""

    person: int | None = None
    """Who is training: her place among those who were asked for; None: nobody was asked for, or nobody answered."""
    routine: str | None = None
    """The routine's id; None until one was chosen."""
    sets: tuple[SetDone, ...] = ()
    holds: tuple[SetDone, ...] = ()
    """The balance hold, one entry a side: it is no block."""
    skipped: tuple[str, ...] = ()
    """Exercises left by "skip"."""
    pain: tuple[str, ...] = ()
    """Exercises in which she said that it hurts, and did not take it back: easier next time."""
    wishes: tuple[tuple[str, Wish], ...] = ()
    """(exercise, what she asked for last)."""
    efforts: tuple[tuple[int, int], ...] = ()
    """(block, one to ten): how hard she called it."""
    in_back: tuple[tuple[str, bool], ...] = ()
    """(exercise, whether the pain was in her back), as she answered. The exercise is empty outside of any."""
    pain_place: BodyPart | None = None
    """Where the last pain was, in her own words; None: she did not say, or it was taken back."""
    back_before: int | None = None
    """How her back was before the session, zero to ten; None: not asked, or not answered."""
    cleared: bool | None = None
    """Whether somebody agreed to training again after back pain; None: not asked, or not answered."""
    usability: tuple[int, ...] = ()
    """Her answers to the statements of the usability scale so far, 1 to 5."""
    usability_said: UsabilitySaid | None = None
    """None: it was not asked, or is not through."""
    reason: EndReason | None = None
    """None while it goes on."""

    @property
    def reps(self) -> int:
        """Return how many reps counted, of all sets."""
        return sum(entry.done for entry in self.sets)

    def with_set(self, entry: SetDone) -> "Record":
        """Add a set. A set begun anew keeps the better attempt, so that no rep counts twice."""
        key = (entry.exercise, entry.set_no, entry.side)
        before = [old for old in self.sets if (old.exercise, old.set_no, old.side) == key]
        for old in before:
            entry = _merged(old, entry)
        kept = tuple(old for old in self.sets if old not in before)
        return replace(self, sets=(*kept, entry))

    def with_hold(self, entry: SetDone) -> "Record":
        """Add a side of the balance hold; begun anew, the later attempt counts."""
        return replace(self, holds=(*(old for old in self.holds if old.side != entry.side), entry))

    def with_skipped(self, exercise: str) -> "Record":
        """Note that an exercise was left."""
        return self if exercise in self.skipped else replace(self, skipped=(*self.skipped, exercise))

    def with_pain(self, exercise: str) -> "Record":
        """Note that an exercise hurt, also on its last set."""
        latest = max((i for i, entry in enumerate(self.sets) if entry.exercise == exercise), default=None)
        sets = tuple(replace(entry, pain=True) if i == latest else entry for i, entry in enumerate(self.sets))
        pain = self.pain if exercise in self.pain else (*self.pain, exercise)
        return replace(self, sets=sets, pain=pain)

    def with_effort(self, block: int, effort: int) -> "Record":
        """Note how hard a block was. A later answer replaces an earlier one."""
        return replace(self, efforts=(*(old for old in self.efforts if old[0] != block), (block, effort)))

    def with_pain_in_back(self, exercise: str, in_back: bool) -> "Record":
        """Note where it hurt."""
        return replace(self, in_back=(*(old for old in self.in_back if old[0] != exercise), (exercise, in_back)))

    def with_pain_place(self, place: BodyPart) -> "Record":
        """Note the place of a pain that she named."""
        return replace(self, pain_place=place)

    def with_wish(self, exercise: str, wish: Wish) -> "Record":
        """Note that she asked for an easier or a harder one."""
        kept = tuple(old for old in self.wishes if old[0] != exercise)
        return replace(self, wishes=(*kept, (exercise, wish)))


def _merged(old: SetDone, new: SetDone) -> SetDone:
    better = new if new.done >= old.done else old
    return replace(better, pain=old.pain or new.pain, pauses=old.pauses + new.pauses)
