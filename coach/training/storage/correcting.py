"""Put a session of the history right by hand: leave it out, take it back, give it its true day. Nothing is deleted."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from sqlite3 import Connection

from coach.errors import InputError
from coach.training.store import open_to_write, said_in_a_line


def drop(path: Path, session: int, *, dropped: bool = True) -> None:
    """Let a session count no more, or again. It stays in the history, marked. InputError: there is none of that id."""
    with _session(path, session) as (db, _):
        db.execute("UPDATE session SET dropped = ? WHERE id = ?", (int(dropped), session))


def move(path: Path, session: int, day: date) -> str:
    """Give a session its true day, and return the one it had. What it said first is kept beside it."""
    with _session(path, session) as (db, row):
        before, started, edited = row
        said = datetime.fromisoformat(started)
        began = datetime.combine(day, time(said.hour, said.minute, said.second), said.tzinfo)
        change = "UPDATE session SET day = ?, started = ?, edited = ? WHERE id = ?"
        db.execute(change, (day.isoformat(), began.isoformat(timespec="seconds"), edited or started, session))
    return str(before)


def day_said(path: Path, session: int) -> str:
    """Return the day that a session says. InputError: there is none of that id."""
    with _session(path, session) as (_, row):
        return str(row[0])


@contextmanager
def _session(path: Path, session: int) -> Iterator[tuple[Connection, tuple[str, str, str | None]]]:
    with said_in_a_line(path), closing(open_to_write(path).connection) as db:
        row = db.execute("SELECT day, started, edited FROM session WHERE id = ?", (session,)).fetchone()
        if row is None:
            raise InputError(f"the history has no session {session}: `coach history` shows the session numbers")
        yield db, row
