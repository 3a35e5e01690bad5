"""Find the line of every key in a TOML text: neither tomllib nor pydantic knows lines.

A place is a path like `("block", 1, "reps")`. The text must be valid TOML already. The scanner finds keys only: it
skips strings and comments, and counts arrays.
"""

import re
from bisect import bisect_left

Place = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY_PART = re.compile(r"[ \t]*(\"(?:\\.|[^\"\\])*\"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|' + r"'''.*?'{3,5}|" + r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'", re.DOTALL
)
_BARE = re.compile(r"[^,\]}#\n]*")


def line_of(lines: dict[Place, int], place: Place) -> int | None:
    """Return the line of a place, or of the nearest one around it that has a line."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


def scan_lines(text: str) -> dict[Place, int]:
    """Map every key, table and array element of a valid TOML text to its line, from 1."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.lines


class _Scanner:
    """One pass over the text; `at` is where it stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.ends = [match.start() for match in re.finditer("\n", text)]
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}

    def document(self) -> None:
        table: Place = ()
        self.space()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.space()

    def header(self) -> Place:
        doubled = self.text.startswith("[[", self.at)
        line = self.line()
        self.at += 2 if doubled else 1
        keys = self.keys()
        self.at += 2 if doubled else 1
        place: Place = (*self.resolve(keys[:-1]), keys[-1])
        if doubled:
            number = self.counts.get(place, 0)
            self.counts[place] = number + 1
            self.lines.setdefault(place, line)
            place = (*place, number)
        self.lines.setdefault(place, line)
        return place

    def resolve(self, keys: tuple[str, ...]) -> Place:
        """Follow keys through arrays of tables: TOML means the last element so far."""
        place: Place = ()
        for key in keys:
            place = (*place, key)
            if place in self.counts:
                place = (*place, self.counts[place] - 1)
        return place

    def pair(self, table: Place) -> None:
        line = self.line()
        place = table
        for key in self.keys():
            place = (*place, key)
            self.lines.setdefault(place, line)
        self.at += 1  # the equals sign
        self.value(place)

    def value(self, place: Place) -> None:
        self.at = _match_end(_SPACE, self.text, self.at)
        opening = self.text[self.at]
        if opening == "[":
            self.array(place)
        elif opening == "{":
            self.inline_table(place)
        elif opening in "\"'":
            self.at = _match_end(_STRING, self.text, self.at)
        else:
            self.at = _match_end(_BARE, self.text, self.at)

    def array(self, place: Place) -> None:
        self.at += 1
        number = 0
        while self.more("]"):
            self.lines[*place, number] = self.line()
            self.value((*place, number))
            number += 1

    def inline_table(self, place: Place) -> None:
        self.at += 1
        while self.more("}"):
            self.pair(place)

    def more(self, closing: str) -> bool:
        """Step over space and commas; at the closing bracket step past it and return False."""
        self.space()
        if self.text[self.at] == ",":
            self.at += 1
            self.space()
        if self.text[self.at] != closing:
            return True
        self.at += 1
        return False

    def keys(self) -> tuple[str, ...]:
        found = [self.key()]
        while self.text[self.at] == ".":
            self.at += 1
            found.append(self.key())
        return tuple(found)

    def key(self) -> str:
        match = _KEY_PART.match(self.text, self.at)
        if match is None:
            raise ValueError(f"a key is missing at character {self.at}: the text isn't valid TOML")
        self.at = match.end()
        return match[1].strip("\"'")

    def space(self) -> None:
        self.at = _match_end(_SPACE, self.text, self.at)

    def line(self) -> int:
        return bisect_left(self.ends, self.at) + 1


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
