"""The four modes of a session as frozen values: it goes on, is paused, asks, or is over.

A mode holds only what makes sense in it. A question stands only while it is asked, and a pause knows when it began.
`mode_changes` is the only module that puts a session into a mode.
"""

from dataclasses import dataclass
from enum import StrEnum

from coach.hearing.vocabulary.commands import Emergency


class State(StrEnum):
    """What a session is doing, as the log names it. The mode and the segment at the cursor decide it."""

    WAITING = "waiting"
    """A gate, a move, a way out: until she is ready."""
    PLAYING = "playing"
    PAUSED = "paused"
    ASKING = "asking"
    FINISHED = "finished"


class Question(StrEnum):
    """What the coach can ask. `transitions.ANSWERS` lists the answers, `timers.UNANSWERED` what silence means."""

    WHO = "who"
    """Which of the people in this house is training?"""
    ROUTINE = "routine"
    END = "end"
    END_SURE = "end_sure"
    """A yes to the end is said back."""
    ALL_RIGHT = "all_right"
    HURT = "hurt"
    HURT_BACK = "hurt_back"
    HURT_NEXT = "hurt_next"
    STOP = "stop"
    EFFORT = "effort"
    EFFORT_SURE = "effort_sure"
    """Nine or ten is asked back: it leaves the exercise out next time."""
    BEFORE = "before"
    """How is your back today?"""
    CLEARED = "cleared"
    """Last time the back hurt: has a clinician said that she may train?"""
    WALK = "walk"
    """A walk in place of the training."""
    TROUBLE = "trouble"
    """What she said twice in a set was not understood."""
    USABLE = "usable"


class Wait(StrEnum):
    """What the coach is waiting for. Each has its schedule in `timers`."""

    GATE = "gate"
    MOVE = "move"
    SWITCH = "switch"
    WAY_OUT = "way_out"
    CALL_FOR_HELP = "call_for_help"
    """Silence after pain: the last five minutes of listening."""
    GOING_ON = "going_on"
    """The coach has said that it goes on by itself."""
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
    END_SURE = "end_sure"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait that runs."""

    wait: Wait
    since_s: float
    """On the session clock. A later time than now: the wait begins then."""
    fired: int = 0
    """How many entries of the wait's schedule have fired."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What a question interrupted, to go back to."""

    state: State
    wait: Wait | None
    need: Emergency = Emergency.HELP
    """What a call for help was about, where it is what was interrupted."""


@dataclass(frozen=True, slots=True)
class Parked:
    """Questions that a pause put aside, the next one to ask first."""

    questions: tuple[Question, ...]
    """At least one."""
    before: Interrupted


@dataclass(frozen=True, slots=True)
class Going:
    """The segment at the cursor plays, or waits for her."""

    waiting: Waiting | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """Silence, until she resumes."""

    waiting: Waiting
    since_s: float
    interrupted: State
    """The state that the pause found. ASKING: it is the answer to a question, and nothing takes it back."""
    parked: Parked | None = None
    need: Emergency = Emergency.HELP
    """What she needs help with, after a call for help."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A question stands."""

    question: Question
    waiting: Waiting
    before: Interrupted
    times: int = 1
    """How often it was put."""
    parked: tuple[Question, ...] = ()
    """Put aside before, the next one to ask first."""
    value: int | None = None
    """The number that is asked back."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The session is over."""


Mode = Going | Paused | Asking | Finished

WAITS_IN: dict[State, tuple[Wait, ...]] = {
    State.WAITING: (Wait.GATE, Wait.MOVE, Wait.WAY_OUT, Wait.GOING_ON, Wait.UNHEARD, Wait.CALL_FOR_HELP),
    State.PLAYING: (Wait.SWITCH, Wait.GOING_ON, Wait.CALL_FOR_HELP),
    State.PAUSED: (Wait.PAUSE, Wait.STOP, Wait.EMERGENCY, Wait.DEVICE),
    State.ASKING: (Wait.QUESTION, Wait.HURT, Wait.ALL_RIGHT, Wait.END_SURE),
    State.FINISHED: (),
}
"""What can be waited for in each state. A segment that only plays waits for nothing."""
