"""Read what can be read of a damaged history into a new one: table by table, row by row, in memory.

Python's sqlite3 has no `.recover`. So what no scan meets is looked up row by row. The file itself is never touched: a
copy is worked on, whose header and schema are put right first.
"""

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from coach.training.schema import MIGRATIONS, SCHEMA, migrate, version
from coach.training.storage.connecting import UNREADABLE
from coach.training.storage.soundness import TABLES, columns_of, mend

MOST_TRIES = 100_000
"""Numbers of one table that are looked up one by one: half a second's work."""
MOST_BEYOND = 10_000
"""Numbers after the last row that was met, where the highest one can't be read."""
MOST_ROWS = 1_000_000

# Of every history: what a header says but for counters. (From, bytes.)
_HEADER = ((0, b"SQLite format 3\0"), (16, b"\x10\0"), (20, b"\0\x40\x20\x20"), (44, b"\0\0\0\4"), (56, b"\0\0\0\1"))
_MODES = (b"\1\1", b"\2\2")


@dataclass(frozen=True, slots=True)
class Recovered:
    """A history in memory, of the newest schema."""

    connection: sqlite3.Connection
    sessions: int
    walks: int
    lost: int
    """Rows that could not be read, as far as is known."""


def recovered(path: Path) -> Recovered:
    """Read what can be read. Raises OSError where there is nowhere to put the copy."""
    new = sqlite3.connect(":memory:", isolation_level=None)
    migrate(new)
    lost = 0
    with tempfile.TemporaryDirectory(prefix="coach-history-") as folder:
        copy = _copied(path, Path(folder))
        _put_schema_right(copy)
        with closing(_opened(copy)) as old:
            for table in TABLES:
                lost += _taken_over(old, new, table)
    lost += mend(new)
    _put_sessions_back(new)
    sessions, walks = (new.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("session", "walk"))
    return Recovered(new, sessions, walks, lost)


def _copied(path: Path, folder: Path) -> Path:
    """Copy a history and what is not yet in it, with a header as all of ours have it."""
    copy = folder / "copy.sqlite3"
    data = bytearray(path.read_bytes())
    log = path.with_name(path.name + "-wal")
    for at, known in _HEADER:
        data[at : at + len(known)] = known
    if bytes(data[18:20]) not in _MODES:
        data[18:20] = _MODES[log.exists()]
    copy.write_bytes(data)
    if log.exists():
        shutil.copyfile(log, copy.with_name(copy.name + "-wal"))
    return copy


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.text_factory = lambda data: data.decode("utf-8", "replace")
    db.execute("PRAGMA writable_schema = ON")  # what else is wrong in the schema hides no other table
    return db


def _put_schema_right(path: Path) -> None:
    """Write the definitions of the tables anew, by their order; where they begin stays."""
    with closing(_opened(path)) as db, contextlib.suppress(*UNREADABLE):
        found = db.execute("SELECT rowid, type, name, tbl_name, sql FROM sqlite_master").fetchall()
        for rowid, *says in found:
            known = _known_schema(min(version(db) or SCHEMA, SCHEMA)).get(rowid)
            if known is not None and known != tuple(says):
                change = "UPDATE sqlite_master SET type = ?, name = ?, tbl_name = ?, sql = ? WHERE rowid = ?"
                db.execute(change, (*known, rowid))


def _known_schema(at: int) -> dict[int, tuple[object, ...]]:
    """Return what a history of a version says of its tables, by the row."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db, min(max(at, 1), len(MIGRATIONS)))
        rows = db.execute("SELECT rowid, type, name, tbl_name, sql FROM sqlite_master")
        return {row[0]: tuple(row[1:]) for row in rows}


def _taken_over(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> int:
    """Take over every row of a table that can be read; return how many could not."""
    try:
        there = set(columns_of(old, table))
    except UNREADABLE:
        there = set()
    columns = [name for name in columns_of(new, table) if name in there]
    if not columns:
        return 0
    lost = 0
    insert = f"INSERT OR IGNORE INTO {table} (rowid, {', '.join(columns)}) VALUES (?{', ?' * len(columns)})"
    for row in _rows(old, table, columns):
        try:
            taken = row is not None and new.execute(insert, row).rowcount == 1
        except UNREADABLE:  # a null where none may be
            taken = False
        lost += not taken
    return lost


def _rows(db: sqlite3.Connection, table: str, columns: list[str]) -> Iterator[tuple[object, ...] | None]:
    """Yield every row that can be read, with its number; None for each that can't.

    From the start up to the damage, from the end down to it, then one by one by its number what was not met: a number
    that is damaged itself ends a scan early and without an error.
    """
    query = f"SELECT rowid, {', '.join(columns)} FROM {table} NOT INDEXED"
    met: set[int] = set()
    for order in ("", " ORDER BY rowid DESC"):
        with contextlib.suppress(*UNREADABLE):
            for row in db.execute(query + order):
                if row[0] not in met:
                    met.add(int(row[0]))
                    yield row
    last = _highest(db, table)
    known = max(met, default=1) if last is None else last  # beyond it nobody knows how many there were
    beyond = known + MOST_BEYOND if last is None else known
    for number in [number for number in range(1, beyond + 1) if number not in met][:MOST_TRIES]:
        try:
            yield from db.execute(f"{query} WHERE rowid = ?", (number,)).fetchall()
        except UNREADABLE:
            if number <= known:
                yield None


def _highest(db: sqlite3.Connection, table: str) -> int | None:
    """Return the highest number of a row; None where it can't be read."""
    try:
        return min(int(db.execute(f"SELECT max(rowid) FROM {table} NOT INDEXED").fetchone()[0] or 0), MOST_ROWS)
    except UNREADABLE:
        return None


def _put_sessions_back(db: sqlite3.Connection) -> None:
    """Give sets whose session could not be read one again: on the day of the one before, or the one after."""
    orphans = (
        "SELECT DISTINCT session FROM (SELECT session FROM set_done UNION SELECT session FROM planned"
        " UNION SELECT session FROM hold)"
        " WHERE session NOT IN (SELECT id FROM session) ORDER BY session"
    )
    for (session,) in db.execute(orphans).fetchall():
        near = db.execute("SELECT day FROM session ORDER BY id > ?1, abs(id - ?1) LIMIT 1", (session,)).fetchone()
        if near is not None:
            row = (session, f"{near[0]}T12:00:00+00:00", near[0])
            db.execute("INSERT INTO session (id, started, day, rehearsed, owner) VALUES (?, ?, ?, 0, '')", row)
