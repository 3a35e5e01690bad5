"""The input of `advance`: what happens to a session."""

from dataclasses import dataclass
from enum import StrEnum

from coach.hearing.vocabulary.commands import Command


class DeviceKind(StrEnum):
    """A device that a session needs, or what stands behind it."""

    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    EARS = "ears"
    """What recognizes her words: without it a microphone is no use."""
    VOICE = "voice"
    """What makes the coach's sentences."""


class LossReason(StrEnum):
    """Why a device is no use now."""

    LOST = "lost"
    MUTED = "muted"
    """It is there and gives nothing."""


class Remark(StrEnum):
    """What there can be to say about hearing or a device. Each has its words in `session.remark` of the phrases."""

    NO_CANCELLER = "no_canceller"
    HALF_DUPLEX = "half_duplex"
    CLIPPING = "clipping"
    QUIET = "quiet"
    LOUD = "loud"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command that was said and accepted, or whose key was pressed."""

    command: Command
    value: int | None = None
    """Of a number; of a routine named, its index among the choices; of a call for help, see `need_of`."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Speech that came close to a safety word and was not accepted as one."""

    near: Command


@dataclass(frozen=True, slots=True)
class Puzzled:
    """Something was said that was no command and not the coach's own voice."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The final result does not confirm the partial one that was acted on: there was no safety word."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The session clock moved on; sent before every other event, and when `timers.next_due_s` says so."""

    t: float
    """Output frames / rate: waits and pauses included."""


@dataclass(frozen=True, slots=True)
class PhaseBegan:
    """A phase of a rep begins."""

    name: str
    """As the exercise's file names it."""
    rep: int


@dataclass(frozen=True, slots=True)
class RepDone:
    """The last phase of a rep ended: it counts."""

    rep: int


@dataclass(frozen=True, slots=True)
class SegmentEnded:
    """The segment that plays reached its length."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """What `Say` asked for has been said to its end."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """There is something to be said about hearing or a device."""

    about: Remark


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A device is no use from now on."""

    what: DeviceKind
    why: LossReason = LossReason.LOST


@dataclass(frozen=True, slots=True)
class DeviceBack:
    """A device can be used again."""

    what: DeviceKind


@dataclass(frozen=True, slots=True)
class Awoke:
    """The machine slept: its lid was closed, or somebody sent it to sleep."""


Event = (
    Commanded
    | Unclear
    | Puzzled
    | TakenBack
    | Elapsed
    | PhaseBegan
    | RepDone
    | SegmentEnded
    | SpeechEnded
    | Remarked
    | DeviceLost
    | DeviceBack
    | Awoke
)
