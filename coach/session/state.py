"""A session as one frozen value: `machine.advance` turns it and an event into the next one, and effects.

The cursor is (step, rep): `steps[index]` plays or is held, all before it is past, all after it is to come.
A jump rewrites what is to come; what is past stays as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from coach.hearing.vocabulary.commands import Command, Emergency
from coach.library.exercise import Position
from coach.library.routine import Block, Routine
from coach.session.effects import Effect
from coach.session.events import Commanded, DeviceKind
from coach.session.mode import Asking, Finished, Going, Interrupted, Mode, Paused, Question, State, Wait, Waiting
from coach.session.record import EndReason, Record
from coach.timeline.cue import SegmentKind
from coach.timeline.step import Step


class ClinicianAsked(StrEnum):
    """Why she is asked first whether a clinician agreed, as the question's words are called."""

    BACK_PAIN = "cleared"
    """Her back hurt the last time."""
    WALK_HURT = "cleared_walk"
    """It hurt in a walk."""
    PROFILE_UNREAD = "cleared_unread"
    """What her profile says of her spine can't be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a session begins with and keeps to its end."""

    choices: tuple[Routine, ...] = ()
    """What `Question.ROUTINE` can be answered with, in the order of the phrase table's choices."""
    usual: str = ""
    """The id of the choice that is taken when nothing is heard; where there is none of it, the first."""
    pause_limit_s: float | None = None
    """A pause this long ends the session as unanswered: with a file as microphone nobody will come back."""
    has_microphone: bool = True
    asks_effort: bool = False
    """Ask after every exercise how hard it was: for a plan that grows by it."""
    asks_before: bool = False
    """Ask first how her back is today."""
    asks_cleared: ClinicianAsked | None = None
    """Why there is no training before a clinician agreed; None: nothing bars it."""
    offers_walk: bool = True
    """A walk may take the training's place."""
    asks_usability: bool = False
    """Put the usability scale before the good-bye."""
    people: tuple[str, ...] = ()
    """Whose names answer `Question.WHO`."""


class HeldUntil(StrEnum):
    """What lets a held segment go on."""

    ANSWER_SAID = "answer_said"
    """The coach has said what it was asked."""
    TAKEN_UP = "taken_up"
    """The session goes on after a pause, a question, a lost device."""


@dataclass(frozen=True, slots=True)
class SegmentClock:
    """How far the segment at the cursor is."""

    ran_s: float = 0.0
    held_until: HeldUntil | None = None
    """The clock stands; None: it runs."""
    over: bool = False
    """The segment reached its length."""
    repeated_s: float | None = None
    """When "repeat" was said last in this segment, on the session clock."""

    @property
    def held(self) -> bool:
        """Tell whether the clock stands."""
        return self.held_until is not None

    @property
    def answering(self) -> bool:
        """Tell whether the clock stands for an answer of the coach."""
        return self.held_until is HeldUntil.ANSWER_SAID


@dataclass(frozen=True, slots=True)
class SetProgress:
    """How far the set at the cursor is, on this side."""

    rep: int = 0
    """The rep that runs; 0 between reps."""
    done: int = 0
    """Reps that count."""
    pauses: int = 0
    unclear: bool = False
    """Something like a safety word was heard: ask when this rep is over."""
    stop_asked: bool = False
    """At most once a set."""
    puzzled_s: float | None = None
    """When something was said and not understood, on the session clock."""
    trouble_asked: bool = False
    """At most once a set."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What she has changed by her voice."""

    pace: float = 1.0
    """Factor on the seconds of moving phases."""
    gain_db: float = 0.0
    variants: tuple[tuple[int, int], ...] = ()
    """(block, -1 easier or 1 harder)."""
    speech_rate: float = 1.0
    """Factor on the words a minute."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whether she is heard, and which devices are gone."""

    unheard_gates: int = 0
    """Gates and moves in a row that nobody answered."""
    unheard_said: bool = False
    """She was told that stops can't be heard either."""
    lost: frozenset[DeviceKind] = frozenset()
    """Devices that are gone."""


@dataclass(frozen=True, slots=True)
class Undo:
    """The session before her last command, the command, and when it was said: to take it back, or correct an answer."""

    before: "Session"
    command: Command
    at_s: float


@dataclass(frozen=True, slots=True)
class Session:
    """Where a session stands."""

    options: Options
    routine: Routine | None
    """None until she has said which."""
    steps: tuple[Step, ...]
    index: int
    position: Position
    """Of the body. Only the end of a move changes it."""
    record: Record
    now_s: float
    """The session clock, as of the last `Elapsed`."""
    mode: Mode
    """Only `mode_changes` sets it."""
    clock: SegmentClock
    in_set: SetProgress
    tuning: Tuning
    contact: Contact
    reason: EndReason = EndReason.COMPLETED
    """What the session will have ended as, when its steps are through."""
    undo: Undo | None = None
    """None where nothing was said that can be taken back."""

    @property
    def step(self) -> Step:
        """Return the step at the cursor."""
        return self.steps[self.index]

    @property
    def kind(self) -> SegmentKind:
        """Return the kind of segment at the cursor."""
        return self.step.kind

    @property
    def block(self) -> Block | None:
        """Return the block this step belongs to, or the balance hold as one."""
        if self.routine is None:
            return None
        if self.step.balance:
            return self.routine.balance
        number = self.step.block
        return None if number is None else self.routine.blocks[number]

    @property
    def state(self) -> State:
        """Return the state: the mode's, and while it goes on, the one in which this segment plays."""
        match self.mode:
            case Going():
                return State.PLAYING if self.step.at_the_end else state_of(self.kind)
            case Paused():
                return State.PAUSED
            case Asking():
                return State.ASKING
            case Finished():
                return State.FINISHED

    @property
    def leading_out(self) -> bool:
        """Tell whether she is being led out of a position because it hurts."""
        return self.kind is SegmentKind.WAY_OUT and not self.step.at_the_end

    @property
    def question(self) -> Question | None:
        """Return the question that stands."""
        return self.mode.question if isinstance(self.mode, Asking) else None

    @property
    def before(self) -> Interrupted:
        """Return what the question that stands interrupted; without one, what a question would interrupt now."""
        return self.mode.before if isinstance(self.mode, Asking) else Interrupted(self.state, self.wait, self.need)

    @property
    def times_asked(self) -> int:
        """Return how often the question that stands was put."""
        return self.mode.times if isinstance(self.mode, Asking) else 0

    @property
    def parked(self) -> tuple[Question, ...]:
        """Return the questions that were put aside, the next one to ask first."""
        match self.mode:
            case Asking(parked=questions):
                return questions
            case Paused(parked=parked) if parked:
                return parked.questions
        return ()

    @property
    def waiting(self) -> Waiting | None:
        """Return the wait that runs."""
        return None if isinstance(self.mode, Finished) else self.mode.waiting

    @property
    def wait(self) -> Wait | None:
        """Return what the coach is waiting for."""
        return self.waiting.wait if self.waiting else None

    @property
    def need(self) -> Emergency:
        """Return what she needs help with, in a pause after a call for help."""
        return self.mode.need if isinstance(self.mode, Paused) else Emergency.HELP

    @property
    def held(self) -> bool:
        """Tell whether the segment's clock stands."""
        return self.clock.held

    @property
    def answering(self) -> bool:
        """Tell whether the segment goes on when the answer has been said."""
        return self.clock.answering

    @property
    def rep(self) -> int:
        """Return the rep that runs; 0 between reps."""
        return self.in_set.rep

    @property
    def done(self) -> int:
        """Return how many reps of this set count, on this side."""
        return self.in_set.done

    @property
    def pace(self) -> float:
        """Return the factor on the seconds of moving phases."""
        return self.tuning.pace

    @property
    def alone(self) -> bool:
        """Tell whether she can't be heard, so that gates and moves go on by themselves."""
        return not self.options.has_microphone or self.contact.unheard_gates >= 2


Effects = tuple[Effect, ...]
Outcome = tuple[Session, Effects]
Rule = Callable[[Session, Commanded], Outcome]


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a command does nothing here."""

    why: str


def state_of(kind: SegmentKind) -> State:
    """Return the state in which a segment of this kind plays."""
    waits = kind in (SegmentKind.GATE, SegmentKind.MOVE, SegmentKind.WAY_OUT)
    return State.WAITING if waits else State.PLAYING


__all__ = [
    "Closed", "Contact", "Effects", "HeldUntil", "Options", "Outcome", "Question", "Rule", "SegmentClock", "Session",
    "SetProgress", "State", "Tuning", "Undo", "Wait", "state_of",
]  # fmt: skip
