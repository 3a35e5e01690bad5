"""What happens to a session: the input of `advance`."""

from dataclasses import dataclass
from enum import StrEnum

from coach.hearing.vocabulary.commands import Command


class DeviceKind(StrEnum):
    """A device that a session needs."""

    MICROPHONE = "microphone"
    SPEAKER = "speaker"


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


@dataclass(frozen=True, slots=True)
class Commanded:
    """She said it, or pressed its key, and the policy took it."""

    command: Command
    value: int | None = None
    """Of a number; of a routine named, its index among the choices."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Speech near a safety word that was not taken for it."""

    near: Command


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The safety word that was acted on turned out to be the beginning of something else."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The session clock moved on; sent with every block."""

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


Event = (
    Commanded
    | Unclear
    | TakenBack
    | Elapsed
    | PhaseBegan
    | RepDone
    | SegmentEnded
    | SpeechEnded
    | Remarked
    | DeviceLost
    | DeviceBack
)
