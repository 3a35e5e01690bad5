"""Open the history's SQLite file. A broken file is moved aside and reported, never deleted.

- Corrupt: the file and its two companions are renamed, an empty history takes its place, and the notice says so.
- Of a newer schema: it is left as it is, and an InputError names both versions.
- Read-only: it can be read; opening it to write raises InputError, and she trains without a record.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from coach import places
from coach.errors import InputError, MachineError
from coach.training.schema import SCHEMA, migrate, version

BUSY_S = 10.0  # two coaches at once: one waits for the other's short transaction
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def history_path() -> Path:
    """Return the path of the person's history."""
    return places.data_folder() / "history.sqlite3"


@dataclass(frozen=True, slots=True)
class Store:
    """An open history."""

    connection: sqlite3.Connection
    path: Path
    notice: str | None
    """What has to be said about the file, e.g. that a corrupt one was moved aside."""


def open_to_write(path: Path) -> Store:
    """Open the history, made or brought to the newest schema where needed. InputError: newer, read-only, no folder."""
    with _gate(path):
        notice = _move_aside(path) if _is_broken(path) else None
        places.private_file(path)
        connection = _connect(path)
        _refuse_newer(connection, path)
        _switch_to_wal(connection)
        # A committed rep survives a kill at once, and a power cut from the end of its set on (see `writer`).
        connection.execute("PRAGMA synchronous = NORMAL")
        migrate(connection)
        # A read-only file is reported no earlier than here.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    return Store(connection, path, notice)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Try until it goes through: SQLite itself does not wait here, and two coaches may make the file at once."""
    until = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if (error.sqlite_errorcode & 0xFF) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def open_to_read(path: Path) -> Store:
    """Open the history for reading; where there is none, an empty one in memory: looking makes no file."""
    with _gate(path):
        if not path.exists():
            return Store(_empty(), path, None)
        if _is_broken(path):
            return Store(_empty(), path, _move_aside(path))
        connection = _connect_to_read(path)
        _refuse_newer(connection, path)
        if version(connection) < SCHEMA:
            connection.close()
            return _read_older(path)
    return Store(connection, path, None)


def _read_older(path: Path) -> Store:
    """Read a file of an older schema: brought up where it may be written, else a copy in memory is."""
    try:
        return open_to_write(path)
    except InputError:
        copy = sqlite3.connect(":memory:", isolation_level=None)
        _connect_to_read(path).backup(copy)
        migrate(copy)
        return Store(copy, path, None)


def _connect(path: Path) -> sqlite3.Connection:
    # Opened by one thread, used by another: the writer's, and only by that.
    return sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A WAL file wants to write its index; in a folder one can't write to it is read as it lies there."""
    address = path.absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=BUSY_S, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        connection.close()
        if (error.sqlite_errorcode & 0xFF) not in _READ_ONLY:
            raise
        return sqlite3.connect(f"{address}?immutable=1", uri=True, isolation_level=None)
    return connection


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    return connection


def _is_broken(path: Path) -> bool:
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        with closing(_connect_to_read(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorcode & 0xFF) in _BROKEN:
            return True
        raise


def _move_aside(path: Path) -> str:
    aside = _free_name(path)
    path.rename(aside)
    for tail in ("-wal", "-shm"):
        companion = path.with_name(path.name + tail)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + tail))
    return f"The history {path} could not be read. It is kept as {aside.name} beside it, and a new one begins."


def _free_name(path: Path) -> Path:
    stamp = time.strftime("%Y%m%d-%H%M%S")
    names = (path.with_name(f"{path.name}.broken-{stamp}{tail}") for tail in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _refuse_newer(connection: sqlite3.Connection, path: Path) -> None:
    found = version(connection)
    if found > SCHEMA:
        connection.close()
        raise InputError(
            f"the history {path} is of schema {found}, this coach knows {SCHEMA}: update the coach, "
            "or name another file with --history. Nothing in it was changed."
        )


@contextmanager
def _gate(path: Path) -> Iterator[None]:
    """Translate SQLite's and the system's errors into one line each."""
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except OSError as error:
        raise InputError(
            f"can't open the history {path}: {os.strerror(error.errno or 0)}. Name another with --history."
        ) from error


def translated(error: sqlite3.Error, path: Path) -> InputError | MachineError:
    """Return the error as one line: what, where, what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _READ_ONLY:
        return InputError(
            f"the history {path} can't be written to: change its permissions, or name another with --history."
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return MachineError(f"the history {path} is held by another program: close it and try again.")
    if code == sqlite3.SQLITE_FULL:
        return MachineError(f"the disk is full: the history {path} could not be written. Make room.")
    return InputError(f"can't use the history {path}: {error}. Name another with --history.")
