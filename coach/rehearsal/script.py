"""A rehearsal's script: what the simulated exerciser says, and at which moments. TOML, one `[[say]]` a line."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ClassVar

from coach.library.checks import outside, tables
from coach.library.problem import Mistake
from coach.library.routine import Routine
from coach.library.toml_reader import STRICT, Values, load_toml
from coach.live.moment import Moment

TOUR = Path(__file__).parent / "tour.toml"
"""What she says where no script is given: a tour of the commands."""
LONGEST_S = 3600.0
_WHEN = 'must give the moment when the person speaks, as {kind = "set", rep = 3}'


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """What she says at the first moment that matches."""

    at: Moment = field(metadata={"wanted": _WHEN})
    text: str = field(metadata={"wanted": 'must be the words spoken, e.g. "pause"; "" means silence'})
    """Empty: she keeps silent where she would have answered by herself."""
    after_s: float = field(
        default=0.0, metadata={"wanted": "must be a number of seconds from the start of that moment"}
    )


@dataclass(frozen=True, slots=True)
class ScriptFile:
    """A whole script, as its file has it."""

    say: tuple[ScriptLine, ...] = field(
        default=(), metadata={"wanted": "must be written as [[say]], each with at, after_s and text"}
    )

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT


def load_script(path: Path, routine: Routine | None = None) -> tuple[ScriptLine, ...]:
    """Read a script, for this routine where one is named.

    Raises InputError where it can't be read, BadFileError with every mistake at its line.
    """
    return load_toml(path, ScriptFile, partial(_mistakes, routine=routine)).say


def _mistakes(values: Values, routine: Routine | None) -> Iterator[Mistake]:
    for number, line in enumerate(tables(values.get("say"))):
        yield from outside(("say", number, "after_s"), line.get("after_s"), (0, LONGEST_S), " s")
        at = line.get("at")
        if not isinstance(at, dict):
            continue
        if not at:
            yield ("say", number, "at"), f"is empty; it {_WHEN}"
        for key in ("set", "rep"):
            if isinstance(value := at.get(key), int) and not isinstance(value, bool) and value < 1:
                yield ("say", number, "at", key), f"is {value}; it must be a whole number, 1 or more"
        if routine and isinstance(exercise := at.get("exercise"), str):
            blocks = (*routine.blocks, *((routine.balance,) if routine.balance else ()))
            known = {block.exercise.id for block in blocks}
            if exercise not in known:
                message = f"{routine.id} has no {exercise}; it has {', '.join(sorted(known))}"
                yield ("say", number, "at", "exercise"), message
