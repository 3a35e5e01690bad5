"""Several coaches at one history: none calls it damaged amid a change, or moves it aside while another writes to it."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from coach.errors import MachineError
from coach.training.history import History
from coach.training.schema import SCHEMA, migrate, version
from coach.training.storage import damage, locking
from coach.training.storage.connecting import connect_to_read
from coach.training.storage.damage import is_damaged
from coach.training.store import _mended, open_to_read, open_to_write
from coach.training.writer import HistoryWriter
from tests.support.training import MONDAY, NOON, whole, write_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait long for another coach to let go of the file."""
    monkeypatch.setattr(locking, "ALONE_S", 0.05)


def asides(path: Path) -> list[Path]:
    return [file for file in path.parent.glob("*.broken-*") if not file.name.endswith(("-wal", "-shm"))]


def change_a_day(path: Path) -> None:
    """Damage the first session's day."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("UPDATE session SET day = 'x' WHERE id = 1")


def sessions(path: Path) -> int:
    return len(list(History.open(path).sessions()))


@pytest.mark.parametrize("at", [0, 1, SCHEMA - 1])
def test_a_file_that_is_brought_up_while_it_is_judged_is_not_damaged(
    path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        migrate(db, at)
        monkeypatch.setattr(damage, "connect_to_read", interrupted("integrity_check", lambda: migrate(db)))
        assert not is_damaged(path)
        assert version(db) == SCHEMA


def interrupted(amid: str, work: Callable[[], None]) -> Callable[[Path], sqlite3.Connection]:
    """Return a way to open a file that lets another do its work amid one statement."""

    def opened(path: Path) -> sqlite3.Connection:
        connection = connect_to_read(path)
        connection.set_trace_callback(lambda statement: work() if amid in statement else None)
        return connection

    return opened


@pytest.mark.usefixtures("impatient")
def test_a_damaged_file_stays_while_another_coach_writes_to_it_and_is_mended_afterwards(path: Path) -> None:
    write_session(path, MONDAY)
    writer = HistoryWriter(path)
    change_a_day(path)
    seen = open_to_read(path)
    assert "another coach is writing to it" in str(seen.notice)
    assert seen.connection.execute("SELECT count(*) FROM session").fetchone() == (1,)
    with pytest.raises(MachineError, match="in use by another program"):
        open_to_write(path)
    writer.begin("floor", [], NOON, MONDAY, rehearsed=False)
    writer.close()
    assert asides(path) == []
    assert "kept as" in str(open_to_read(path).notice)
    assert sessions(path) == 2


@pytest.mark.usefixtures("impatient")
def test_a_coach_that_starts_at_such_a_file_writes_once_it_is_free(path: Path) -> None:
    write_session(path, MONDAY)
    first = HistoryWriter(path)
    change_a_day(path)
    second = HistoryWriter(path)
    second.begin("floor", [], NOON, MONDAY, rehearsed=False)
    first.begin("floor", [], NOON, MONDAY, rehearsed=False)
    first.close()
    second.close()
    assert second.problem is None
    assert len(asides(path)) == 1
    assert sessions(path) == 3


def test_who_comes_second_to_mend_a_file_leaves_the_mended_one(path: Path) -> None:
    write_session(path, MONDAY)
    change_a_day(path)
    first, second = _mended(path)[0], _mended(path)[0]  # both have judged it damaged
    assert ("kept as" in str(first), second) == (True, None)
    assert len(asides(path)) == 1


def test_coaches_that_start_at_once_at_a_damaged_history_lose_nothing(path: Path) -> None:
    write_session(path, MONDAY)
    change_a_day(path)
    with ThreadPoolExecutor(4) as coaches:
        begun = [coaches.submit(write_session, path, MONDAY + timedelta(days=number)) for number in range(4)]
    assert len({each.result() for each in begun}) == 4
    assert sessions(path) == 5
    assert len(asides(path)) == 1
    assert whole(path)


def test_a_lock_file_full_of_rubbish_stops_nobody(path: Path) -> None:
    path.with_name(path.name + "-lock").write_bytes(b"rubbish" * 1000)
    write_session(path, MONDAY)
    change_a_day(path)
    assert "kept as" in str(open_to_read(path).notice)
    assert sessions(path) == 1
