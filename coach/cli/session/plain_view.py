"""The view for a dumb terminal or a pipe: a line for each thing that happens."""

import contextlib
import sys
from collections.abc import Iterator
from typing import Protocol

from coach.cli.session.view import Clock, clock_text, heard_text
from coach.live.keys import YES_OR_NO
from coach.log.entries import DeviceEntry, Entry, HeardEntry, RepEntry, SegmentEntry, StateEntry
from coach.screen.words import NOTES, question_text
from coach.session.state import Session


class TextOut(Protocol):
    """Something to print on."""

    def write(self, text: str, /) -> object:
        """Print a text."""
        ...

    def flush(self) -> object:
        """Let it be seen now."""
        ...


class PlainView:
    """Prints a line for each entry of the log that a person wants to read."""

    def __init__(self, out: TextOut | None = None) -> None:
        self._out = out or sys.stdout

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Need no preparation."""
        yield

    def watch(self, entry: Entry) -> None:
        """Print what happened."""
        text = _line(entry)
        if text:
            self._print(f"{clock_text(entry.t)}  {text}")

    def follow(self, clock: Clock) -> None:
        """Need no clock: every entry has its time."""

    def see(self, session: Session) -> None:
        """Print nothing of it: the entries tell it."""

    def announce(self, title: str, words: str) -> None:
        """Print what goes on before the session begins."""
        self._print(f"{title}: {words}")

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
            return f"  {entry.state}" + (f": {_asked(entry.question)}" if entry.question else "")
        case DeviceEntry():
            return f"  {NOTES.get(entry.what, entry.what)}"
    return ""


def _asked(question: str) -> str:
    """Return a question in its own words, with the keys where yes or no answers it."""
    return question_text(question) + (" [y/n]" if question in YES_OR_NO else "")
