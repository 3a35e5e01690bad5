"""Define a step: one segment to be built, before it has a length; and the shape it is built in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from coach.library.exercise import Position, Side
from coach.timeline.cue import SegmentKind

COUNT_IN_S = 4.0
RESUME_COUNT_IN_S = 3.0
FASTEST, SLOWEST, PACE_STEP = 0.85, 1.5, 0.15  # factors on the seconds of moving phases


class WalkPart(StrEnum):
    RAMP_UP = "ramp_up"
    STEADY = "steady"
    RAMP_DOWN = "ramp_down"


class Words(StrEnum):
    """How much is said in a set."""

    FULL = "full"
    SHORT = "short"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Step:
    """One segment to be built, and where in its routine it stands."""

    kind: SegmentKind
    position: Position
    """Of the body; a move's is where it ends."""
    block: int | None = None
    """Index into the routine's blocks. Of a rest, a switch: the block it belongs to (the one just done)."""
    set_no: int | None = None
    side: Side | None = None
    """Of a switch: the side that comes."""
    from_position: Position | None = None
    """Where a move begins."""
    next_block: int | None = None
    """Of a rest or a move: the block that comes after it; None at the routine's end."""
    first_rep: int = 1
    """A set begins here: later than 1 after a pause, a repeat, a change of pace."""
    count_in_s: float = COUNT_IN_S
    key_cue: bool = False
    """A set's key cue is spoken before the count-in ("repeat")."""
    variant: int = 0
    """-1 the easier, 1 the harder variant of the block's exercise, from this set on."""
    extra_rest_s: float = 0.0
    """"More rest" asked for before a rest began."""
    part: WalkPart | None = None
    """Of a walk."""
    from_s: float = 0.0
    """A part of a walk goes on here: so much of it was walked before a pause, a change of cadence."""
    rest_left_s: float | None = None
    """Of a rest that goes on: what is left of it; None: a whole rest."""
    balance: bool = False
    """It belongs to the balance hold, which is no block."""
    whole: bool = False
    """A set-up in all its steps, also of an exercise she knows: she asked how it goes."""
    at_the_end: bool = False
    """Of a way out: the set is over and nothing hurts."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a routine is told: live or in a file, how fast, in how many words."""

    live: bool = False
    """Live gates and moves wait to be answered; in a file they last their seconds."""
    pace: float = 1.0
    """Factor on the seconds of moving phases, 0.85 (faster) to 1.5 (slower). Holds and count-ins stay."""
    gate_s: float = 15.0
    rest_s: float | None = None
    """Overrides every rest of the routine."""
    words: Words = Words.FULL
    """How much is said in a set of an exercise that is new to her."""
    times_done: Mapping[str, int] = field(default_factory=dict)
    """In how many sessions each exercise was done, by its id: fewer words for what she knows."""
    short_setups: bool = False
    """Every set-up is as brief as that of an exercise she knows."""
    praise: int | None = 0
    """What the kind words at a rest are shuffled by; None: there are none."""
