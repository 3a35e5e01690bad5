"""Append entries to log files from a thread of its own, so that the real-time loop never waits for a disk."""

import contextlib
import queue
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from coach.errors import InputError
from coach.log.entries import Entry, line
from coach.places import private_file


class LogWriter:
    """Appends entries to files without ever holding up who writes: a thread of its own does the writing."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Open the files now, so that a bad path is an InputError before the session begins."""
        self.paths = tuple(paths)
        self.lost: list[Path] = []
        """Logs that stopped because the disk took no more."""
        self._files = [(path, _open(path)) for path in self.paths]
        self._waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def add(self, entry: Entry) -> None:
        """Queue an entry; each line reaches the disk soon after, also when the session is killed later."""
        self._waiting.put(line(entry))

    def close(self) -> None:
        """Write what is waiting and close the files."""
        self._waiting.put(None)
        self._thread.join()
        for _, file in self._files:
            _close(file)

    def _write(self) -> None:
        while (text := self._waiting.get()) is not None:
            for path, file in self._files:
                if not _append(file, text):
                    self.lost.append(path)
                    _close(file)
            self._files = [(path, file) for path, file in self._files if path not in self.lost]


def _open(path: Path) -> TextIO:
    try:
        return private_file(path).open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"can't write the log {path}: {error.strerror}. Choose a folder that can be written to."
        ) from error


def _append(file: TextIO, text: str) -> bool:
    """Write one line; False when the disk takes no more (the session goes on without that log)."""
    try:
        file.write(text + "\n")
        file.flush()
    except OSError:
        return False
    return True


def _close(file: TextIO) -> None:
    """Close a file. What a full disk did not take is still in its buffer, and is given up."""
    with contextlib.suppress(OSError):
        file.close()
