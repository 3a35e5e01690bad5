"""Define how a routine is written in TOML: exercises by their ids. `files` turns it into a `Routine`."""

from dataclasses import dataclass, field
from typing import ClassVar

from coach.library.toml_reader import STRICT


@dataclass(frozen=True, slots=True)
class BlockEntry:
    exercise: str
    """An exercise's id."""
    sets: int
    reps: int
    rest: float | None = None
    """Seconds, between its sets and after it."""
    phases: dict[str, float] = field(default_factory=dict, metadata={"wanted": "must be a table, e.g. { pull = 4 }"})
    """Seconds by a phase's name, in place of the exercise's own."""


@dataclass(frozen=True, slots=True)
class RoutineEntry:
    name: str
    block: tuple[BlockEntry, ...]
    warm_up: bool = True
    balance: bool = True
    wind_down: bool = True

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT
