"""The port to what shows a session on the terminal, and the words that every view has in common."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from coach.log.entries import Entry
from coach.session.state import Session

Clock = Callable[[], float]


class SessionView(Protocol):
    """What shows a session. Implementations: `LiveView` (in place), `PlainView` (line by line)."""

    def shown(self) -> AbstractContextManager[None]:
        """Show it while the block runs; leave the terminal as it was."""
        ...

    def follow(self, clock: Clock) -> None:
        """Go by the clock of the session that begins."""
        ...

    def watch(self, entry: Entry) -> None:
        """Take in what happened. Takes no time."""
        ...

    def see(self, session: Session) -> None:
        """Take in the session after an event. Takes no time."""
        ...

    def announce(self, title: str, words: str) -> None:
        """Show what goes on before the session begins."""
        ...

    def note(self, text: str) -> None:
        """Show a line of our own."""
        ...


def heard_text(text: str | None, accepted: bool, reason: str) -> str:
    """Say what was heard, and why it was not taken."""
    return f'heard "{text or "..."}"' + ("" if accepted else f" (not acted on: {reason.replace('_', ' ')})")


def clock_text(seconds: float) -> str:
    """Write a time as minutes and seconds."""
    return f"{int(seconds) // 60:2d}:{int(seconds) % 60:02d}"
