"""The view for a terminal: what the presenter shows, in letters that fill the window, redrawn in place."""

import contextlib
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coach.cli.session.layout import laid_out
from coach.cli.session.view import Clock
from coach.hearing.vocabulary.phrase_table import Table
from coach.log.entries import Entry
from coach.screen.presenter import Presenter
from coach.session.state import Session

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

DRAWN_PER_S = 5


class LiveView:
    """Draws by a thread of its own, so the session never waits for the terminal."""

    def __init__(self, table: Table) -> None:
        self._clock: Clock = time.monotonic
        self._presenter = Presenter(table, lambda: self._clock())
        self._console: Console | None = None

    def follow(self, clock: Clock) -> None:
        """Go by the clock of the session that begins."""
        self._clock = clock

    def watch(self, entry: Entry) -> None:
        """Take in what happened."""
        self._presenter.watch(entry)

    def see(self, session: Session) -> None:
        """Take in the session after an event."""
        self._presenter.see(session)

    def announce(self, title: str, words: str) -> None:
        """Show what goes on before the session begins."""
        self._presenter.announce(title, words)

    def note(self, text: str) -> None:
        """Show a line of our own."""
        self._presenter.note(text)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Draw it while the session runs; leave the terminal as it was."""
        from rich.console import Console
        from rich.live import Live

        self._console = Console()
        whole = sys.stdout.isatty()
        with Live(
            get_renderable=self._drawn, console=self._console, refresh_per_second=DRAWN_PER_S, screen=whole,
            vertical_overflow="crop",
        ):  # fmt: skip
            yield

    def _drawn(self) -> "RenderableType":
        from rich.text import Text

        assert self._console is not None
        columns, rows = self._console.size
        lines = laid_out(self._presenter.state, self._clock(), columns, rows)
        text = Text(no_wrap=True, overflow="crop", end="")
        for number, row in enumerate(lines):
            text.append(("\n" if number else "") + row.text, style=str(row.style))
        return text
