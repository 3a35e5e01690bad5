"""Read a list of people (CSV): what each of them wants, and every bad row with its line."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from coach.cli.bar import Step
from coach.cli.files.shaping import checked_pace, shaped
from coach.cli.training.person import NOTHING_KNOWN, Past, load_other, past_of, weights_told
from coach.errors import InputError
from coach.export.file_names import safe_name, same_file_key
from coach.library.files import load_exercises, load_routine
from coach.library.routine import Routine, with_parts
from coach.library.safe_routine import make_safe
from coach.library.safety import Person
from coach.plain_file import read_text
from coach.training.people.names import find_person
from coach.training.profile import Profile, load_profile

NEEDED, OPTIONAL = ("name", "routine"), ("sets", "reps", "pace", "voice", "profile", "history", "person")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one person wants."""

    line: int
    """In the list, from 1."""
    name: str
    file_name: str
    """Without an ending."""
    routine: Routine
    pace: float
    voice: str | None
    told: tuple[str, ...] = ()
    """What her profile changed or wants care, and what bars her after back pain."""


@dataclass(frozen=True, slots=True)
class BadRow:
    line: int
    why: str


def read_people(path: Path, step: Step = lambda _done, _of: None) -> tuple[tuple[Wanted, ...], tuple[BadRow, ...]]:
    """Read a list; commas, semicolons or tabs. Raises InputError where the whole of it can't be read."""
    files = _Files(path.parent)
    wanted: list[Wanted] = []
    bad: list[BadRow] = []
    lines: dict[str, int] = {}  # by what is one file on some system
    rows = list(_rows(path))
    for done, (line, fields) in enumerate(rows):
        step(done, len(rows))
        try:
            row = _wanted(line, fields, files)
            before = lines.setdefault(same_file_key(row.file_name), line)
            if before != line:
                raise InputError(f"{row.name} is in line {before} already; give one of them another name")
            wanted.append(row)
        except InputError as error:
            bad.append(BadRow(line, " ".join(str(error).split())))  # one line a row, whatever is wrong with its routine
    return tuple(wanted), tuple(bad)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield every row that is not empty, with its line."""
    text = read_text(path)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    try:
        columns = _columns(path, next(reader, []))
        for row in reader:
            values = [value.strip() for value in row]
            if any(values):
                # One value too many has no column to be checked by: it is given one that is no column's name.
                names = [*columns, *("" for _ in values[len(columns) :])]
                yield reader.line_num, dict(zip(names, values, strict=False))
    except csv.Error as error:
        raise InputError(f"{path}, line {reader.line_num}: isn't a CSV file ({error}); save the list anew") from error


def _columns(path: Path, head: list[str]) -> list[str]:
    columns = [name.strip().lower() for name in head]
    known = ", ".join((*NEEDED, *OPTIONAL))
    if not any(columns):
        raise InputError(f"{path}: is empty; its first line names the columns: {known}")
    for name in columns:
        if name not in (*NEEDED, *OPTIONAL):
            raise InputError(f"{path}, line 1: there is no column {name!r}; there are {known}")
        if columns.count(name) > 1:
            raise InputError(f"{path}, line 1: two columns {name!r}")
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputError(f"{path}, line 1: lacks the column {missing[0]!r}; there are {known}")
    return columns


class _Files:
    """The routines and profiles that a list names, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.routine = cache(load_routine)
        self.profile = cache(self._profile)

    def _profile(self, name: str) -> Profile:
        return load_other(self.folder / name)


def _wanted(line: int, fields: dict[str, str], files: _Files) -> Wanted:
    if fields.get(""):
        raise InputError(f"{fields['']!r} is one value too many; put quotes around anything that contains a comma")
    for name in NEEDED:
        if not fields.get(name):
            raise InputError(f"has no {name}")
    routine = shaped(files.routine(fields["routine"]), _whole(fields, "sets"), _whole(fields, "reps"))
    profile, past = _whose(fields, files)
    person = replace(profile.person if profile else Person(), cleared=past.cleared)
    routine = with_parts(routine, (profile or Profile()).around)
    safe = make_safe(routine, person, load_exercises())
    care = (*safe.warnings, *weights_told(safe.routine, profile or Profile()))
    changes = (f"changed for {fields['name']}: {change}" for change in safe.changes)
    return Wanted(
        line,
        fields["name"],
        safe_name(fields["name"]),
        safe.routine,
        _pace(fields),
        fields.get("voice") or None,
        (*past.notices, *((*changes, *(f"take care: {line}" for line in care)) if profile else ())),
    )


def _whose(fields: dict[str, str], files: _Files) -> tuple[Profile | None, Past]:
    """Return whose profile and history a row is made by: files of its own, or a person's of this house.

    Without either only what holds for all: never the profile of this machine.
    """
    own, history, person = (fields.get(name) for name in ("profile", "history", "person"))
    if not person:
        past = past_of(files.folder / history) if history else NOTHING_KNOWN
        return (files.profile(own) if own else None), past
    if own or history:
        raise InputError(
            "person names somebody in this household, profile and history name a file: leave one of them out"
        )
    found = find_person(person)
    return load_profile(found.profile), past_of(None, found.history)


def _whole(fields: dict[str, str], name: str) -> int | None:
    value = fields.get(name)
    try:
        return int(value) if value else None
    except ValueError:
        raise InputError(f"{name} {value!r} isn't a whole number") from None


def _pace(fields: dict[str, str]) -> float:
    value = fields.get("pace")
    try:
        return checked_pace(float(value.replace(",", ".")) if value else 1.0)
    except ValueError:
        raise InputError(f"pace {value!r} isn't a number such as 1.15") from None
