"""Where a session stands: one frozen value. `session.advance` turns it and an event into the next one and effects.

The cursor is (step, rep): `steps[index]` is what plays or is held, all before it is past, all after it to come.
A jump rewrites what is to come; what is past stays as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Position
from coach.library.routine import Block, Routine
from coach.session.effects import Effect
from coach.session.events import Commanded
from coach.session.record import EndReason, Record
from coach.timeline.cue import SegmentKind
from coach.timeline.step import Step


class State(StrEnum):
    WAITING = "waiting"
    """A gate, a move, a way out: until she is ready."""
    PLAYING = "playing"
    PAUSED = "paused"
    ASKING = "asking"
    FINISHED = "finished"


class Question(StrEnum):
    ROUTINE = "routine"
    END = "end"
    ALL_RIGHT = "all_right"
    HURT = "hurt"
    HURT_BACK = "hurt_back"
    HURT_NEXT = "hurt_next"
    STOP = "stop"
    EFFORT = "effort"


class Wait(StrEnum):
    """What the coach is waiting through. Each has its schedule in `timers`."""

    GATE = "gate"
    MOVE = "move"
    SWITCH = "switch"
    WAY_OUT = "way_out"
    CALL_FOR_HELP = "call_for_help"
    """Silence after pain: the last five minutes of listening."""
    GOING_ON = "going_on"
    """She was told that it goes on by itself."""
    UNHEARD = "unheard"
    """A gate of somebody who can't be heard."""
    PAUSE = "pause"
    STOP = "stop"
    EMERGENCY = "emergency"
    DEVICE = "device"
    """The microphone or the speaker is gone."""
    QUESTION = "question"
    HURT = "hurt"
    ALL_RIGHT = "all_right"


@dataclass(frozen=True, slots=True)
class Session:
    routine: Routine | None
    """None until she has said which."""
    choices: tuple[Routine, ...]
    """What `routine` can be answered with, in the order of the commands' table."""
    usual: str
    """The id of the choice that is taken when nothing is heard."""
    steps: tuple[Step, ...]
    index: int
    state: State
    position: Position
    """Of the body. Only the end of a move changes it."""
    record: Record

    question: Question | None = None
    asked: int = 0
    """How often the question was put."""
    parked: tuple[Question, ...] = ()
    """Put aside by a pause, the last one first to come back."""
    before: State = State.PLAYING
    """The state that the question interrupted."""
    before_wait: Wait | None = None

    wait: Wait | None = None
    wait_from_s: float = 0.0
    rung: int = 0
    """How many entries of the wait's schedule have come up."""
    now_s: float = 0.0
    """The session clock, as of the last `Elapsed`."""
    paused_s: float = 0.0
    """When the pause began."""
    ran_s: float = 0.0
    """How long the segment has run."""
    held: bool = False
    """The segment's clock stands."""
    answering: bool = False
    """The segment goes on when the answer has been said."""
    over: bool = False
    """The segment reached its length."""
    repeated_s: float | None = None
    """When "repeat" was said last in this segment."""

    rep: int = 0
    """The rep that runs; 0 between reps."""
    done: int = 0
    """Reps that count in this set, on this side."""
    pauses: int = 0
    unclear: bool = False
    """Something like a safety word was heard: ask when this rep is over."""
    stop_asked: bool = False
    """At most once a set."""

    pace: float = 1.0
    gain_db: float = 0.0
    variants: tuple[tuple[int, int], ...] = ()
    """(block, -1 easier or 1 harder), as she asked."""
    has_microphone: bool = True
    asks_effort: bool = False
    """After every exercise: for a plan that grows by it."""
    unheard_gates: int = 0
    """One after the other."""
    unheard_said: bool = False
    paused_from: State = State.PLAYING
    """What the last "pause" or "stop" found."""
    pause_limit_s: float | None = None
    """A pause this long ends the session as unanswered: with a file as microphone nobody will come back."""
    lost: frozenset[str] = frozenset()
    """Devices that are gone."""

    reason: EndReason = EndReason.COMPLETED
    """What the session will have ended as, when its steps are through."""

    @property
    def step(self) -> Step:
        return self.steps[self.index]

    @property
    def kind(self) -> SegmentKind:
        return self.step.kind

    @property
    def block(self) -> Block | None:
        """Return the block this step belongs to."""
        number = self.step.block
        return None if number is None or self.routine is None else self.routine.blocks[number]

    @property
    def alone(self) -> bool:
        """Tell whether she can't be heard, so that gates and moves go on by themselves."""
        return not self.has_microphone or self.unheard_gates >= 2


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


def is_open(rule: Rule | Closed) -> bool:
    """Tell whether a rule does something."""
    return not isinstance(rule, Closed)


__all__ = [
    "Closed", "Command", "Effects", "Outcome", "Question", "Rule", "Session", "State", "Wait", "is_open", "state_of",
]  # fmt: skip
