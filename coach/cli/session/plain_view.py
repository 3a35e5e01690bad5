"""The view for a dumb terminal or a pipe: a line for each thing that happens."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Protocol

from coach.cli.session.view import NOTES, SceneKeeper, clock_text, heard_text
from coach.log.entries import DeviceEntry, Entry, HeardEntry, RepEntry, SegmentEntry, StateEntry


class TextOut(Protocol):
    """Something to print on."""

    def write(self, text: str, /) -> object:
        """Print a text."""
        ...

    def flush(self) -> object:
        """Let it be seen now."""
        ...


class PlainView(SceneKeeper):
    """Prints a line for each entry of the log that a person wants to read."""

    def __init__(self, out: TextOut | None = None) -> None:
        super().__init__()
        self._out = out or sys.stdout

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Need no preparation."""
        yield

    def watch(self, entry: Entry) -> None:
        """Print what happened."""
        super().watch(entry)
        text = _line(entry)
        if text:
            self._print(f"{clock_text(entry.t)}  {text}")

    def note(self, text: str) -> None:
        """Print a line of our own."""
        self._print(text)

    def _print(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()


def _line(entry: Entry) -> str:
    match entry:
        case SegmentEntry():
            parts = (entry.title, entry.side, f"set {entry.set}" if entry.set else None)
            return " · ".join((entry.kind, *(part for part in parts if part)))
        case RepEntry():
            return f"  rep {entry.n} of {entry.of}"
        case HeardEntry():
            return "  " + heard_text(entry.text, entry.accepted, entry.reason)
        case StateEntry():
            return f"  {entry.state}" + (f": {entry.question}?" if entry.question else "")
        case DeviceEntry():
            return f"  {NOTES.get(entry.what, entry.what)}"
    return ""
