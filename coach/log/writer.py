"""Append entries to log files from a thread of its own, so that the real-time loop never waits for a disk."""

import contextlib
import queue
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from coach.errors import InputError
from coach.log.entries import Entry, line
from coach.places import private_file
from coach.threads import Report, WatchedThread, nobody


class LogWriter:
    """Appends entries to files without ever holding up who writes: a thread of its own does the writing."""

    def __init__(self, paths: Iterable[Path], report: Report = nobody, usual: Path | None = None) -> None:
        """Open the files now, so that a bad path is an InputError before the session begins.

        `usual` is the log that is kept without being asked for: where it can't be, `problem` says so.
        """
        self.problem: str | None = None
        """Why a log is not kept, or not any more; None while all is well."""
        self.lost: list[Path] = []
        """Logs that stopped because the disk took no more."""
        self._report = report
        self._files = [] if usual is None else self._opened_if_possible(usual)
        self._files += [(path, _open(path)) for path in paths]
        self._waiting: queue.Queue[str | None] = queue.Queue()
        self._in_hand: str | None = None
        self._thread = WatchedThread("log", self._write, report)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the logs that hold all that was told so far."""
        return tuple(path for path, _ in self._files)

    def add(self, entry: Entry) -> None:
        """Queue an entry; each line reaches the disk soon after, also when the session is killed later."""
        self._waiting.put(line(entry))

    def close(self) -> None:
        """Write what is waiting and close the files."""
        self._waiting.put(None)
        self._thread.join()
        for _, file in self._files:
            _close(file)

    def _opened_if_possible(self, path: Path) -> list[tuple[Path, TextIO]]:
        try:
            return [(path, _open(path))]
        except InputError as error:
            self.problem = f"this session isn't being logged: {error}"
            return []

    def _write(self) -> None:
        """Write until the end (in the thread; begun anew it goes on with the line in hand)."""
        while (text := self._in_hand or self._waiting.get()) is not None:
            self._in_hand = text
            for path, file in self._files:
                if trouble := _append(file, text):
                    self._lose(path, file, trouble)
            self._files = [(path, file) for path, file in self._files if path not in self.lost]
            self._in_hand = None

    def _lose(self, path: Path, file: TextIO, trouble: str) -> None:
        self.lost.append(path)
        _close(file)
        self.problem = f"the log {path} ends here because it can't be written any more: {trouble}."
        self._report(self.problem)


def _open(path: Path) -> TextIO:
    try:
        return private_file(path).open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"can't write the log {path}: {error.strerror}. Choose a folder you can write to.") from error


def _append(file: TextIO, text: str) -> str | None:
    """Write one line; return why the disk takes no more (the session goes on without that log), None where it does."""
    try:
        file.write(text + "\n")
        file.flush()
    except OSError as error:
        return error.strerror or str(error)
    return None


def _close(file: TextIO) -> None:
    """Close a file. What a full disk did not take is still in its buffer, and is given up."""
    with contextlib.suppress(OSError):
        file.close()
