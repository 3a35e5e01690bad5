"""Read a TOML file that a person wrote, and give all its mistakes at once: file, line, key, what is allowed.

In one step, for a file that is exactly one model:

    script = load_toml(path, ScriptEntry, check=script_mistakes)

In two steps, where values are completed or checked without a model:

    file = read_toml(path)
    file.refuse(mistakes_in(file.values))

A model is a frozen dataclass with `__pydantic_config__ = STRICT`: no unknown key, no nan, no text for a number. Its
fields are the file's keys; nested dataclasses are tables, tuples of them arrays of tables, `dict[str, X]` a table with
free names. A field's `metadata={"wanted": "must be ..."}` replaces the sentence about its type.
What a type can't say (bounds, names that must exist) is a check: it takes the raw values and yields each `Mistake`.

The only file that imports pydantic. It does so late, so that reading without a model does not wait for it.
"""

import json
import re
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from coach.errors import InputError
from coach.library.lines import Place, line_of, scan_lines
from coach.library.problem import BadFileError, Mistake, Problem
from coach.library.toml_limits import beyond_limits, dates, has_endless_key, is_too_deep
from coach.library.wording import Schema, message_of
from coach.plain_file import read_text

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

Model = TypeVar("Model")
Values = Mapping[str, Any]

STRICT: dict[str, str | bool] = {"extra": "forbid", "allow_inf_nan": False}
"""The `__pydantic_config__` of a model. Its nested dataclasses need none."""

MOST_MISTAKES = 100
"""Told at once; who made more has other work to do first."""

_LONG_NUMBER = re.compile(r"[0-9_]{4300,}")


LONGEST_NAMED = 40
"""Characters of a name that is told with a mistake."""


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A TOML file that has been read."""

    path: Path
    text: str
    values: dict[str, Any]
    """As they stand in the file, unchecked."""

    def problems(self, mistakes: Iterable[Mistake]) -> tuple[Problem, ...]:
        """Give each mistake its file, line and key, in the order of the lines."""
        told = list(dict.fromkeys(islice(mistakes, MOST_MISTAKES + 1)))
        lines = scan_lines(self.text) if told else {}
        found = [
            Problem(str(self.path), line_of(lines, place), key_of(place), f"{message}{self._which(place)}")
            for place, message in told[:MOST_MISTAKES]
        ]
        more = [Problem(str(self.path), None, "", "has more mistakes; fix these first")][: len(told) - MOST_MISTAKES]
        return (*sorted(found, key=lambda problem: (problem.line or 0, problem.key)), *more)

    def _which(self, place: Place) -> str:
        """Name the table among several of one kind that a place is in, as " (block 2, bird-dog)"."""
        among = self.values.get(str(place[0])) if len(place) > 1 else None
        if not isinstance(among, list) or len(among) < 2 or not isinstance(place[1], int):
            return ""
        table = among[place[1]] if place[1] < len(among) else None
        if not isinstance(table, dict):
            return ""
        names = (table.get(key) for key in ("exercise", "name"))
        name = next((name for name in names if isinstance(name, str) and 0 < len(name) <= LONGEST_NAMED), None)
        return f" ({place[0]} {place[1] + 1}{f', {name}' if name else ''})"

    def refuse(self, mistakes: Iterable[Mistake]) -> None:
        """Raise BadFileError with all the mistakes; return where there are none."""
        if found := self.problems(mistakes):
            raise BadFileError(found)


def load_toml(path: Path, model: type[Model], check: Callable[[Values], Iterable[Mistake]] | None = None) -> Model:
    """Read a file into a model. Raises InputError if it can't be read, BadFileError with every mistake in it."""
    file = read_toml(path)
    value, mistakes = validated(file.values, model)
    file.refuse([*(check(file.values) if check else ()), *mistakes])
    assert value is not None  # without a mistake there is a value
    return value


def read_toml(path: Path) -> TomlFile:
    """Read a file: a plain one, text, then TOML of a size that a person writes.

    Raises MissingFileError: there is none. InputError: it can't be read. BadFileError: the line that isn't valid TOML,
    or every value that is too large.
    """
    text = read_text(path)
    too_deep = f"{path}: its lists are nested too deeply to be read"
    if has_endless_key(text):
        raise InputError(too_deep)
    try:
        values = tomllib.loads(text)
    except RecursionError as error:
        raise InputError(too_deep) from error
    except ValueError as error:  # TOMLDecodeError, and what Python says to a number of thousands of digits
        raise BadFileError((_broken(path, text, str(error)),)) from error
    if is_too_deep(values):
        raise InputError(too_deep)
    file = TomlFile(path, text, values)
    file.refuse(beyond_limits(values))
    return file


def validated(
    values: Values,
    model: type[Model],
    named: Mapping[str, str] | None = None,
    given: Mapping[str, Any] | None = None,
) -> tuple[Model | None, list[Mistake]]:
    """Validate values against a model; return it, or None and every mistake.

    `named`: fields by the top-level keys that a file names otherwise (`phase` for `phases`).
    `given`: fields that do not come from the file.
    """
    from pydantic import ValidationError

    named, given = named or {}, given or {}
    fields = {named.get(key, key): value for key, value in values.items()} | dict(given)
    adapter: TypeAdapter[Model] = _adapter(cast(Hashable, model))  # mypy does not take every class for hashable
    try:
        # Through JSON, because strict mode refuses a dict for a dataclass but not an object; dates become text.
        value, mistakes = adapter.validate_json(json.dumps(fields, default=str), strict=True), list[Mistake]()
    except ValidationError as error:
        schema = Schema(model, {field: key for key, field in named.items()}, frozenset(given))
        value, mistakes = None, list(islice(_mistakes(error, schema), MOST_MISTAKES + 1))
    reported = {place for place, _ in mistakes}
    mistakes += [mistake for mistake in dates(values) if mistake[0] not in reported]  # no model of ours wants one
    return (None if mistakes else value), mistakes


@cache
def _adapter(model: Any) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(model)


def _mistakes(error: "ValidationError", schema: Schema) -> Iterator[Mistake]:
    for detail in error.errors(include_url=False, include_context=True):
        place = tuple(part for part in detail["loc"] if part != "[key]")
        message = message_of(detail["type"], place, detail.get("ctx", {}), detail["input"], schema)
        yield (schema.keys.get(str(place[0]), place[0]), *place[1:]), message


def _broken(path: Path, text: str, message: str) -> Problem:
    """Take the line out of tomllib's own message: "... (at line 3, column 7)" or "(at end of document)"."""
    if long := _LONG_NUMBER.search(text):
        return Problem(str(path), text.count("\n", 0, long.start()) + 1, "", "has a number with too many digits")
    what, _, where = message.partition(" (at ")
    words = where.replace(",", "").rstrip(")").split()
    line = int(words[1]) if words[:1] == ["line"] else text.count("\n") + 1
    return Problem(str(path), line, "", f"isn't valid TOML: {what[:1].lower()}{what[1:]}")


def key_of(place: Place) -> str:
    """Write a place as a person would, `block.reps`: the line says which of the blocks."""
    return ".".join(part for part in place if isinstance(part, str))
