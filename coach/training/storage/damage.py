"""Tell whether a history is damaged: no database, not whole, without its tables, or with values that can't be."""

import contextlib
import sqlite3
from pathlib import Path

from coach.training.schema import SCHEMA, migrate, version
from coach.training.storage.connecting import UNREADABLE, code_of, connect_to_read
from coach.training.storage.soundness import TABLES, columns_of, is_sound

_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""Also a plain error: in a statement of ours it means that a table is not what it was."""
_NEWEST = SCHEMA + 100
"""A later coach may write it; a higher number is damage."""


def is_damaged(path: Path) -> bool:
    """Tell whether a file is damaged; no file, and an empty one, are not. Raises sqlite3.Error where it can't be told.

    All is read in one transaction: another coach may bring the tables to the next version between two of them.
    """
    if not path.exists() or path.stat().st_size == 0:
        return False
    try:
        with contextlib.closing(connect_to_read(path)) as connection:
            connection.execute("BEGIN")
            return not _is_whole(connection)
    except UNREADABLE as error:
        if not isinstance(error, sqlite3.Error) or code_of(error) in _BROKEN:
            return True
        raise


def _is_whole(connection: sqlite3.Connection) -> bool:
    at = version(connection)
    if not 0 <= at <= SCHEMA:
        return SCHEMA < at <= _NEWEST
    whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
    return whole and _has_its_tables(connection, at) and is_sound(connection)


def _has_its_tables(connection: sqlite3.Connection, at: int) -> bool:
    """Tell whether a file has the tables that its version says; 0: none of them."""
    if at == 0:
        return not any(columns_of(connection, table) for table in TABLES)
    probe = sqlite3.connect(":memory:", isolation_level=None)
    with contextlib.closing(probe):
        migrate(probe, at)
        return all(columns_of(connection, table) == columns_of(probe, table) for table in TABLES)
