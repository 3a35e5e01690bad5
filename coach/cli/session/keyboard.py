"""The keyboard: single keys as commands, read by a thread of its own while a session runs."""

import contextlib
import sys
import threading
from collections.abc import Iterable, Iterator

from coach.cli.session.escapes import Escapes
from coach.cli.session.terminal import keys_within, single_keys
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.live.keys import meaning
from coach.log.entries import Entry, StateEntry
from coach.threads import Report, WatchedThread, nobody


class Keyboard:
    """Keys as commands, read from the terminal as they are pressed; the terminal is put back at the end."""

    def __init__(self, table: Table, report: Report = nobody) -> None:
        self._table, self._report = table, report
        self._question: str | None = None
        self._pressed: list[tuple[Command, int | None]] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def commands(self) -> Iterable[tuple[Command, int | None]]:
        """Return what was pressed since the last call."""
        if not self._pressed:
            return ()
        with self._lock:
            pressed, self._pressed = self._pressed, []
        return pressed

    def watch(self, entry: Entry) -> None:
        """Know the question that stands: keys are answers then."""
        if isinstance(entry, StateEntry):
            self._question = entry.question

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read keys while the session runs, where there is a terminal. Ctrl-C still interrupts."""
        if not sys.stdin.isatty():
            yield
            return
        with single_keys():
            thread = WatchedThread("keys", self._read, self._report)
            try:
                yield
            finally:
                self._closing.set()
                thread.join(timeout=1)

    def _read(self) -> None:
        escapes = Escapes()
        with contextlib.suppress(EOFError):  # the terminal was closed: no key will come
            while not self._closing.is_set():
                for character in escapes.feed(keys_within(0.2)):
                    self._press(character)

    def _press(self, character: str) -> None:
        command = meaning(self._table, character, self._question)
        if command:
            with self._lock:
                self._pressed.append(command)
