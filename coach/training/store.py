"""Open the history. A damaged one is moved aside and reported, never deleted, and what can be read of it goes on.

- Damaged: the file and its two companions are renamed, a new one with all that could be read takes its place, and the
  notice says so. While another coach has it open, it stays (see `locking`). This is the one gate: whoever reads or
  writes the history has come through it.
- Of a newer schema: it is left as it is, and an InputError names both versions.
- Read-only: it can be read; opening it to write raises InputError, and she trains without a record.
- On a full disk: it can be read; opening it to write raises MachineError.
"""

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach import places
from coach.errors import CoachError, InputError, MachineError
from coach.training.schema import SCHEMA, migrate, version
from coach.training.storage.connecting import (
    BUSY_S,
    READ_ONLY,
    code_of,
    connect_to_read,
    is_full,
)
from coach.training.storage.damage import is_damaged
from coach.training.storage.locking import alone, connect_to_write, shared
from coach.training.storage.recovery import Recovered, recovered

_PASSING = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT,
}  # fmt: skip


def history_path() -> Path:
    """Return the path of the person's history."""
    return places.data_folder() / "history.sqlite3"


@dataclass(frozen=True, slots=True)
class Store:
    """An open history."""

    connection: sqlite3.Connection
    path: Path
    notice: str | None
    """What has to be said about the file, e.g. that a damaged one was moved aside."""


class Rows(list[tuple[Any, ...]]):
    """What a query found, all of it."""

    def fetchone(self) -> Any:
        """Return the first row; None where there is none."""
        return self[0] if self else None

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows."""
        return self


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks the history. What goes wrong is one line, wherever it is asked from."""

    store: Store

    def execute(self, query: str, values: Sequence[object] = ()) -> Rows:
        """Return all that a query finds. Raises InputError, MachineError."""
        with said_in_a_line(self.store.path):
            return Rows(self.store.connection.execute(query, values))

    def fill(self, change: str, rows: Sequence[Sequence[object]]) -> None:
        """Fill a table of its own, which is in memory. Raises InputError, MachineError."""
        with said_in_a_line(self.store.path):
            self.store.connection.executemany(change, rows)


def open_to_write(path: Path) -> Store:
    """Open the history, made or brought to the newest schema where needed. InputError: newer, read-only, no folder.

    MachineError: the disk is full.
    """
    with said_in_a_line(path):
        notice = _mended(path)[0] if is_damaged(path) else None
        connection = connect_to_write(path)
        try:
            _make_ready(connection, path)
        except BaseException:
            connection.close()
            raise
    return Store(connection, path, notice)


def _make_ready(connection: sqlite3.Connection, path: Path) -> None:
    _refuse_newer(connection, path)
    _switch_to_wal(connection)
    # A committed rep survives a kill at once, and a power cut from the end of its set on (see `writer`).
    connection.execute("PRAGMA synchronous = NORMAL")
    migrate(connection)
    # A read-only file is reported no earlier than here.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("COMMIT")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Try until it goes through: SQLite itself does not wait here, and two coaches may make the file at once."""
    until = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if code_of(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def open_to_read(path: Path) -> Store:
    """Open the history for reading; where there is none, an empty one in memory: looking makes no file."""
    with said_in_a_line(path):
        if not path.exists():
            return Store(_empty(), path, None)
        with shared(path):
            connection = None if is_damaged(path) else connect_to_read(path)
        if connection is None:
            return _read_damaged(path)
        _refuse_newer(connection, path)
        if version(connection) < SCHEMA:
            connection.close()
            return _read_older(path)
    return Store(connection, path, None)


def _read_damaged(path: Path) -> Store:
    """Read a mended file; while another coach writes to it, it stays, and what could be read is read from memory."""
    try:
        notice, in_memory = _mended(path)
    except sqlite3.OperationalError as error:
        if code_of(error) != sqlite3.SQLITE_BUSY:
            raise
        found = recovered(path)
        told = f"{_told(path, found)} It has been left as it is, because another coach is writing to it."
        return Store(found.connection, path, told)
    return Store(in_memory or connect_to_read(path), path, notice)


def _read_older(path: Path) -> Store:
    """Read a file of an older schema: brought up where it may be written, else a copy in memory is."""
    with contextlib.suppress(CoachError):
        open_to_write(path).connection.close()
        return Store(connect_to_read(path), path, None)
    copy = sqlite3.connect(":memory:", isolation_level=None)
    connect_to_read(path).backup(copy)
    migrate(copy)
    return Store(copy, path, None)


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    return connection


def _mended(path: Path) -> tuple[str | None, sqlite3.Connection | None]:
    """Move a damaged file aside and put a new one with what can be read in its place; return what is to be said.

    Where nothing can be written there the file stays, and what could be read is returned as a history in memory.
    Raises sqlite3.OperationalError, SQLITE_BUSY, while another coach has it open.
    """
    with alone(path):
        if not is_damaged(path):  # another coach has mended it in the meantime
            return None, None
        found = recovered(path)
        try:
            aside = _put_in_place(path, found)
        except (OSError, sqlite3.Error) as error:
            why = "the disk is full" if is_full(path.parent) else getattr(error, "strerror", None) or str(error)
            told = f"{_told(path, found)} It has been left as it is, because a new one can't be written ({why})."
            return told, found.connection
    found.connection.close()
    return f"{_told(path, found)} The damaged file has been kept as {aside.name}, next to the new one.", None


def _put_in_place(path: Path, found: Recovered) -> Path:
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with contextlib.closing(sqlite3.connect(places.private_file(beside))) as new:
            found.connection.backup(new)
        aside = _free_name(path)
        path.rename(aside)
        for tail in ("-wal", "-shm"):
            companion = path.with_name(path.name + tail)
            if companion.exists():
                companion.rename(aside.with_name(aside.name + tail))
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    return aside


def _told(path: Path, found: Recovered) -> str:
    kept = f"{found.sessions} {'session' if found.sessions == 1 else 'sessions'}"
    walks = f" and {found.walks} {'walk' if found.walks == 1 else 'walks'}" if found.walks else ""
    lost = f"; {found.lost} of its entries couldn't be read" if found.lost else "; nothing was lost"
    return f"The history {path} is damaged. {kept}{walks} could be read and have been kept{lost}."


def _free_name(path: Path) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    names = (path.with_name(f"{path.name}.broken-{stamp}{tail}") for tail in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    found = version(connection)
    if found > SCHEMA:
        connection.close()
        raise InputError(
            f"the history {path} is in a newer format ({found}) than this coach can read ({SCHEMA}): update the coach, "
            "or name a different file with --history. Nothing in it was changed."
        )


@contextmanager
def said_in_a_line(path: Path) -> Iterator[None]:
    """Translate SQLite's and the system's errors into one line each: whoever asks or writes does it in here."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        if is_full(path.parent):
            raise _full(path) from error
        raise InputError(
            f"can't open the history {path}: {os.strerror(error.errno or 0)}. Name a different file with --history."
        ) from error


def passes(error: BaseException) -> bool:
    """Tell whether an error may be over soon: another program holds the file, the disk is full, it can't be reached."""
    code = getattr(error, "sqlite_errorcode", None) or getattr(error.__cause__, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in _PASSING


def translated(error: sqlite3.Error, path: Path) -> InputError | MachineError:
    """Return the error as one line: what, where, what to do."""
    code = code_of(error)
    if code == sqlite3.SQLITE_FULL or (code in {sqlite3.SQLITE_IOERR, *READ_ONLY} and is_full(path.parent)):
        return _full(path)
    if code in READ_ONLY:
        return InputError(
            f"the history {path} can't be written to: change its permissions, or name a different file with --history."
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return MachineError(f"the history {path} is in use by another program: close it and try again.")
    return InputError(f"can't use the history {path}: {error}. Name a different file with --history.")


def _full(path: Path) -> MachineError:
    return MachineError(f"the disk is full: the history {path} couldn't be written. Free some space.")
