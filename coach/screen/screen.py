"""The screen of one session: follows it, serves the page, hands back what is pressed. Opened only where it is asked."""

import time
from collections.abc import Callable, Iterable
from types import TracebackType

from coach.hearing.vocabulary.phrase_table import Table
from coach.live.keys import Keystroke
from coach.log.entries import Entry
from coach.screen.broadcast import Broadcast
from coach.screen.guard import Guard
from coach.screen.page import Page
from coach.screen.presenter import Presenter
from coach.screen.presses import Presses
from coach.screen.server import PageServer, listening
from coach.session.state import Session

EARLY_S = 0.02
"""So much earlier than the sound a picture may come: it needs about as long to be drawn (scripts/bench screen)."""


class Screen:
    """A page that watches a session. Nothing it does makes the session wait."""

    def __init__(
        self, table: Table, flash: bool = False, report: Callable[[str], None] = lambda _: None, port: int = 0
    ) -> None:
        """Listen and serve from now on. Raises MachineError where no port can be had."""
        sock = listening(port)
        self._guard = Guard(sock.getsockname()[1])
        self._delay_s: Callable[[], float] = float
        self.presenter = Presenter(table, self._sounding_s)
        self._broadcast = Broadcast(time.monotonic)
        self._presses = Presses(table)
        self._server = PageServer(sock, self._guard, Page(flash), self._broadcast, self._presses, report)

    @property
    def address(self) -> str:
        """Return the address to be printed, which opens the page as often as wanted."""
        return f"{self._guard.origin}/?token={self._guard.token}"

    @property
    def address_once(self) -> str:
        """Return the address to start a browser with: others may read it, so it opens the page once."""
        return f"{self._guard.origin}/?token={self._guard.ticket}"

    @property
    def pages(self) -> int:
        """Return how many pages are open."""
        return self._broadcast.pages

    @property
    def phases(self) -> int:
        """Return how many phases were shown."""
        return self.presenter.state.phases

    def sounds_after(self, latency_s: Callable[[], float]) -> None:
        """Say how long after it is logged a sound is heard: the picture waits for it."""
        self._delay_s = lambda: max(0.0, latency_s() - EARLY_S)

    def watch(self, entry: Entry) -> None:
        """Take in what happened."""
        self._publish(lambda: self.presenter.watch(entry))
        self._presses.question = self.presenter.question

    def see(self, session: Session) -> None:
        """Take in the session after an event."""
        self._publish(lambda: self.presenter.see(session))

    def note(self, text: str) -> None:
        """Show a line of our own."""
        self._publish(lambda: self.presenter.note(text))

    def announce(self, title: str, words: str, note: str = "") -> None:
        """Show something before the session begins."""
        self._publish(lambda: self.presenter.announce(title, words, note))

    def commands(self) -> Iterable[Keystroke]:
        """Return what was pressed since the last call."""
        return self._presses.commands()

    def close(self) -> None:
        """Leave the last picture on every page, and stop."""
        self._server.close()

    def __enter__(self) -> "Screen":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _sounding_s(self) -> float:
        return time.monotonic() + self._delay_s()

    def _publish(self, take_in: Callable[[], None]) -> None:
        before = self.presenter.state
        take_in()
        state = self.presenter.state
        if state is not before and state != before:
            self._broadcast.publish(state, 0.0 if state.over else self._delay_s())
