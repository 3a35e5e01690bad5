"""Open the history's SQLite file, whatever state its disk and its folder are in."""

import contextlib
import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

BUSY_S = 10.0  # two coaches at once: one waits for the other's short transaction
READ_ONLY = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_HINDERED = {*READ_ONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
"""What the next way to read it may get around."""
UNREADABLE = (sqlite3.Error, OverflowError, UnicodeDecodeError)
"""What reading damaged rows raises; the last one where SQLite's own message quotes bytes that are no text."""
_PROBE_BYTES = 65_536


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary error code; 0 where it is an error of Python's own."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a file to read, in the first way that works. Raises sqlite3.Error where none does.

    A file in WAL mode wants to write an index beside it. On a full disk that goes wrong; then the index is kept in
    memory, which wants the file for itself; else a copy elsewhere is read; else the file without what its log holds.
    """
    ways: tuple[Callable[[Path], sqlite3.Connection], ...] = (_beside, _alone, _elsewhere, _as_it_lies)
    for way in ways[:-1]:
        try:
            return _tried(way(path))
        except sqlite3.Error as error:
            if code_of(error) not in _HINDERED:
                raise
        except OSError:
            continue
    return _tried(ways[-1](path))


def is_full(folder: Path) -> bool:
    """Tell whether a folder's disk, or what one may use of it, has no room."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_PROBE_BYTES))
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    return False


def _tried(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a connection that has read something, and keeps to memory what it makes up."""
    # One byte that is no UTF-8 is a wrong letter, no reason to read nothing.
    connection.text_factory = _text
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _beside(path: Path) -> sqlite3.Connection:
    return _by_address(path, "mode=ro")


def _alone(path: Path) -> sqlite3.Connection:
    connection = _by_address(path, "mode=rw", timeout_s=0.1)
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    return connection


def _elsewhere(path: Path) -> sqlite3.Connection:
    """Read a copy of the file and its log into memory. Raises OSError where there is no room for it anywhere."""
    for folder in (tempfile.gettempdir(), "/dev/shm"):
        with contextlib.suppress(OSError), tempfile.TemporaryDirectory(prefix="coach-history-", dir=folder) as own:
            copy = Path(own, path.name)
            for tail in ("", "-wal"):
                lies = path.with_name(path.name + tail)
                if lies.exists():
                    shutil.copyfile(lies, copy.with_name(copy.name + tail))
            memory = sqlite3.connect(":memory:", isolation_level=None)
            with contextlib.closing(sqlite3.connect(copy)) as copied:
                copied.backup(memory)
            return memory
    raise OSError(errno.ENOSPC, "no room for a copy")


def _as_it_lies(path: Path) -> sqlite3.Connection:
    return _by_address(path, "immutable=1")


def _by_address(path: Path, how: str, timeout_s: float = BUSY_S) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=timeout_s, isolation_level=None)
