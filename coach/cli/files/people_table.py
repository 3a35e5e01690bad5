"""Read the table of a list of people (CSV) as spreadsheets write it, and its fields."""

import csv
import difflib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.errors import InputError
from coach.plain_file import read_text

NEEDED = ("name", "routine")
COLUMNS = (
    *NEEDED, "sets", "reps", "pace", "rest", "gate", "warm_up", "balance", "wind_down", "fewer_words", "short_setups",
    "praise", "voice", "speech_rate", "profile", "history", "person", "music", "format", "split", "words", "title",
    "guide", "address",
)  # fmt: skip
SPREADSHEET = "cp1252"
"""What Excel writes where it does not write UTF-8."""
YES, NO = ("yes", "y", "true", "1", "x", "on"), ("no", "n", "false", "0", "off")

Fields = Mapping[str, str]
"""A row's values by column, without the empty ones."""


def rows(path: Path) -> Iterator[tuple[int, Fields]]:
    """Yield every row that is not empty, with its line. Raises InputError where the list can't be read."""
    text = read_text(path, else_in=SPREADSHEET)
    first, _, rest = text.partition("\n")
    before = 0
    if first.strip().strip('"').lower().startswith("sep="):  # a line of Excel's
        text, before = rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        columns = _columns(f"{path}, line {1 + before}", next(reader, []))
        for row in reader:
            values = [value.strip() for value in row]
            if any(values):
                # One value too many has no column to be checked by: it is given one that is no column's name.
                names = [*columns, *("" for _ in values[len(columns) :])]
                filled = {name: value for name, value in zip(names, values, strict=False) if value}
                yield reader.line_num + before, filled
    except csv.Error as error:
        line = reader.line_num + before
        raise InputError(f"{path}, line {line}: isn't a CSV file ({error}); save the list again, as CSV") from error


def whole(fields: Fields, name: str) -> int | None:
    """Return a whole number, also one that a spreadsheet writes as "8.0"; None where there is none."""
    value = number(fields, name, "whole number")
    if value is None or value.is_integer():
        return None if value is None else int(value)
    raise InputError(f"{name} {fields[name]!r} isn't a whole number such as 12")


def number(fields: Fields, name: str, kind: str = "number") -> float | None:
    """Return a number, with a point or a comma; None where there is none."""
    value = fields.get(name)
    try:
        found = float(value.replace(",", ".")) if value else None
        if found is not None and kind == "whole number":
            int(found)  # of nan and inf there is none
    except (ValueError, OverflowError):
        example = " such as 12" if kind == "whole number" else " such as 1.15"
        raise InputError(f"{name} {value!r} isn't a {kind}{example}") from None
    return found


def choice(fields: Fields, name: str) -> bool | None:
    """Return whether a row says yes or no; None where it says nothing."""
    value = fields.get(name, "").lower()
    if value and value not in (*YES, *NO):
        raise InputError(f"{name} {fields[name]!r} must be yes or no")
    return value in YES if value else None


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _columns(where: str, head: list[str]) -> list[str]:
    columns = ["_".join(name.lower().replace("-", " ").replace("_", " ").split()) for name in head]
    known = ", ".join(COLUMNS)
    if not any(columns):
        raise InputError(f"{where.partition(', line')[0]}: is empty; its first line should name the columns: {known}")
    for name, written in zip(columns, head, strict=True):
        if name not in COLUMNS:
            near = sorted(difflib.get_close_matches(name, COLUMNS), key=lambda known: abs(len(known) - len(name)))
            meant = f"; did you mean {near[0]}?" if near else ";"
            raise InputError(f"{where}: there is no column {written.strip()!r}{meant} the columns are {known}")
        if columns.count(name) > 1:
            raise InputError(f"{where}: two columns are called {name!r}; keep one of them")
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputError(f"{where}: the column {missing[0]!r} is missing; the columns are {known}")
    return columns
