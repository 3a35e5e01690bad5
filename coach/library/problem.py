"""Define a mistake in a file, with the line a person needs to mend it."""

from dataclasses import dataclass

from coach.errors import InputError
from coach.library.lines import Place

Mistake = tuple[Place, str]
"""Where in a file's values, e.g. `("block", 1, "reps")`, and what is wrong and allowed there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake with its file and line."""

    file: str
    line: int | None
    """From 1; None where the whole file is meant."""
    key: str
    """The key it is about, e.g. `block.reps`; empty for the whole file."""
    message: str
    """What is wrong and what is allowed."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class BadFileError(InputError):
    """A file with mistakes, all of them, a line each."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
