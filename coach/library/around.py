"""Load what stands around a routine's exercises: the warm-up and the wind-down (`around.toml`)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from coach.library.exercise import Instruction
from coach.library.toml_reader import STRICT, load_toml


@dataclass(frozen=True, slots=True)
class Around:
    warm_up: tuple[Instruction, ...]
    """Each with the pause in which it is done."""
    wind_down: tuple[Instruction, ...]

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT


@cache
def load_around() -> Around:
    """Read the file once."""
    return load_toml(Path(__file__).parent / "around.toml", Around)
