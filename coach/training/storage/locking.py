"""Lock a history: shared by all who have it open to write, exclusive to whoever moves a damaged one aside.

Without it, a coach writes on into a file that another one has just renamed. SQLite's own locks can't do this: they lie
in the file that is moved, and a file that is no database takes none. So it is the lock of an empty file beside it,
which SQLite takes and which ends with its process.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coach import places
from coach.training.storage.connecting import BUSY_S, READ_ONLY, code_of

ALONE_S = 3.0
"""How long a mender waits for others to let go: longer than opening takes, shorter than anyone waits for a session."""
_NO_LOCK = {*READ_ONLY, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
"""Where no lock can be had, no file can be moved aside either; and a lock file full of rubbish stops nobody."""


class LockedConnection(sqlite3.Connection):
    """A connection that shares its history's lock until it is closed."""

    lock: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the history, and then of its lock."""
        super().close()
        if self.lock is not None:
            self.lock.close()


def connect_to_write(path: Path) -> LockedConnection:
    """Open a history to write, made where there is none. Nobody moves it aside until the connection is closed.

    It is opened by one thread and used by another: the writer's, and only by that.
    """
    places.private_folder(path.parent)
    lock = _lock(path, "BEGIN", BUSY_S)
    try:
        name = places.private_file(path)
        made = sqlite3.connect(
            name, timeout=BUSY_S, isolation_level=None, check_same_thread=False, factory=LockedConnection
        )
    except BaseException:
        if lock is not None:
            lock.close()
        raise
    made.lock = lock
    return made


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Let nobody move a history aside meanwhile. Looking makes no lock file."""
    lock = _lock(path, "BEGIN", BUSY_S) if _lock_file(path).exists() else None
    with contextlib.closing(lock) if lock else contextlib.nullcontext():
        yield


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only one at a history. Raises sqlite3.OperationalError, SQLITE_BUSY, while another coach has it open."""
    lock = _lock(path, "BEGIN EXCLUSIVE", ALONE_S)
    with contextlib.closing(lock) if lock else contextlib.nullcontext():
        yield


def _lock_file(path: Path) -> Path:
    return path.with_name(path.name + "-lock")


def _lock(path: Path, begin: str, timeout_s: float) -> sqlite3.Connection | None:
    """Take the lock; None where there can be none. Raises sqlite3.Error, e.g. where another holds it."""
    lock: sqlite3.Connection | None = None
    try:
        name = places.private_file(_lock_file(path))
        lock = sqlite3.connect(name, timeout=timeout_s, isolation_level=None, check_same_thread=False)
        lock.execute(begin)
        lock.execute("SELECT count(*) FROM sqlite_master").fetchone()  # only reading takes a shared lock
    except BaseException as error:
        if lock is not None:
            lock.close()
        if isinstance(error, OSError) or (isinstance(error, sqlite3.Error) and code_of(error) in _NO_LOCK):
            return None
        raise
    return lock
