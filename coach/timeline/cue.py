"""Define the timeline's values: segments of time-stamped cues. Sound, screen and export all read them."""

from dataclasses import dataclass
from enum import StrEnum

from coach.library.exercise import Breath, Position, Side

SAMPLES_HZ = 44_100
"""Of all that is played or written: a length in samples is exact where one in seconds is rounded."""


class SegmentKind(StrEnum):
    CHECK_IN = "check_in"
    WELCOME = "welcome"
    WARM_UP = "warm_up"
    MOVE = "move"
    SETUP = "setup"
    GATE = "gate"
    SET = "set"
    SWITCH = "switch"
    REST = "rest"
    EFFORT = "effort"
    WALK = "walk"
    WAY_OUT = "way_out"
    WIND_DOWN = "wind_down"
    FINISH = "finish"


class CueKind(StrEnum):
    SAY = "say"
    EARCON = "earcon"


@dataclass(frozen=True, slots=True)
class Cue:
    t: float
    """Seconds from the segment's start."""
    kind: CueKind
    text: str
    """The sentence, or the earcon's name."""
    phase: str | None = None
    breath: Breath | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """One phase of one rep on the grid of a set."""

    t: float
    length_s: float
    phase: str
    breath: Breath
    rep: int
    side: Side | None
    ends_rep: bool
    """True for the last phase of its rep: when it ends, the rep counts."""


@dataclass(frozen=True, slots=True)
class Segment:
    kind: SegmentKind
    title: str
    exercise: str | None
    """The exercise's id."""
    side: Side | None
    set_no: int | None
    """From 1."""
    position: Position
    """Of the body; a move's is where it ends."""
    length_s: float
    cues: tuple[Cue, ...]
    spans: tuple[Span, ...] = ()
    """The phase grid of a set; empty elsewhere."""
    balance: bool = False
    """It belongs to the balance hold, which is no block."""

    @property
    def samples(self) -> int:
        """Return the length in samples."""
        return round(self.length_s * SAMPLES_HZ)


@dataclass(frozen=True, slots=True)
class Timeline:
    routine: str
    """The routine's id."""
    title: str
    segments: tuple[Segment, ...]

    @property
    def samples(self) -> int:
        """Return the length in samples."""
        return sum(segment.samples for segment in self.segments)

    @property
    def length_s(self) -> float:
        """Return the length in seconds, exact to the sample."""
        return self.samples / SAMPLES_HZ
