"""Define an exercise: set-up, phases of a rep, what to avoid, the way out. Plain values, read by `files`."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from coach.library.figure import Figure
from coach.library.toml_reader import STRICT


class Breath(StrEnum):
    OUT = "out"
    IN = "in"
    FREE = "free"
    """Spoken "keep breathing": nobody is told to hold the breath."""


class Position(StrEnum):
    STANDING = "standing"
    HANDS_AND_KNEES = "hands-and-knees"
    FACE_DOWN = "face-down"


class Sides(StrEnum):
    EACH = "each"
    """All reps on the right, then all on the left."""
    ALTERNATING = "alternating"
    """Right and left make one rep."""
    NONE = "none"


class Side(StrEnum):
    RIGHT = "right"
    LEFT = "left"

    @property
    def other(self) -> "Side":
        """Return the other side."""
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


@dataclass(frozen=True, slots=True)
class Instruction:
    """One spoken sentence. `{side} {other} {Side} {Other}` stand for right and left."""

    say: str
    fact: str
    """An id of the facts, or `added`."""
    pause_s: float = 3.0
    once: bool = False
    """Said in the first exercise of a routine that has this sentence, not in each."""


@dataclass(frozen=True, slots=True)
class Phase:
    name: str
    breath: Breath
    seconds: float
    cues: tuple[str, ...]
    """Longest first: the one that fits the phase is spoken."""
    fact: str
    first_only: bool = False
    """Only in the first rep of each side (the bird dog finds its balance there)."""
    hold: bool = False
    """A hold keeps its seconds whatever the pace."""


@dataclass(frozen=True, slots=True)
class Avoid:
    """A mistake, named where it happens."""

    when: str
    """`setup`, or the name of a phase."""
    say: str
    fact: str


@dataclass(frozen=True, slots=True)
class Unload:
    """The first words in need: what takes the load off her in this position."""

    hurts: Instruction
    faint: Instruction


@dataclass(frozen=True, slots=True)
class Exercise:
    id: str
    name: str
    target: str
    target_fact: str
    equipment: tuple[str, ...]
    position: Position
    sides: Sides
    reps: tuple[int, int] = field(metadata={"wanted": "must be two numbers, e.g. [10, 15]"})
    """The range it is meant for."""
    tags: tuple[str, ...]
    variant_of: str
    """The id of the easier exercise, or empty."""
    lead: str
    """Said as a set begins, before the count-in: `{Side} arm.`"""
    key: Instruction
    """The movement in one sentence, for "repeat" in a set."""
    setup: tuple[Instruction, ...]
    movement: tuple[Instruction, ...]
    """The movement told once, with its breath."""
    phases: tuple[Phase, ...]
    reminders: tuple[Instruction, ...]
    avoid: tuple[Avoid, ...]
    switch: tuple[Instruction, ...]
    """How to change sides, step by step; empty where there is nothing to change."""
    rest: tuple[Instruction, ...]
    """How to rest after it."""
    way_out: tuple[Instruction, ...]
    """Out of this very position when it hurts, at her own pace."""
    easier: str
    """Advice when she says easier and there is no easier variant."""
    harder: str
    figure: Figure | None = None
    """What it looks like; None: there are only words (of one's own exercises, never of the coach's)."""
    ending: tuple[Instruction, ...] = ()
    """Out of the position when a set is over; where it is empty, nothing is to be left."""
    recap: Instruction | None = None
    """The starting position in one line, for the gate; None: she is told to take it."""
    unload: Unload | None = None
    """None: the words of her position are said."""

    # A TOML file is checked against these very fields.
    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT
