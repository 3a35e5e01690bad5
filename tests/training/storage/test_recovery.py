"""A damaged history never ends in a traceback, loses nothing that can be read, and never stops the training."""

import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from coach.cli.session.request import RecordRequest, Request, TrainingRequest
from coach.cli.session.today import prepare
from coach.clock import ClockReading
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_exercises, load_routine
from coach.training import progress
from coach.training.history import History, csv_rows
from coach.training.loads.units import Units
from coach.training.profile import Profile
from coach.training.shape import due_today
from coach.training.sharing.due_days import due_days
from coach.training.sharing.report import report
from coach.training.sharing.strong import strong_rows
from coach.training.store import open_to_read, open_to_write
from coach.training.unfinished import unfinished
from coach.training.usability.asked import asks_today
from coach.training.week import week
from tests.support.damage import PAGE, damaged, lost, rows_of
from tests.support.past import write_years
from tests.support.training import MONDAY, NOON, whole, write_session

WEEKS = 20


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("past") / "history.sqlite3"
    write_years(path, WEEKS)
    return path


@pytest.fixture
def path(past: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(past, tmp_path / "history.sqlite3"))


def ask_everything(path: Path) -> None:
    """Ask a history all that any command asks."""
    history = History.open(path)
    due_today(load_routine("spine-strength"), history, Profile(), load_exercises(), MONDAY)
    week(history, load_exercises(), MONDAY)
    due_days(history, MONDAY)
    list(csv_rows(history.sessions()))
    list(strong_rows(history, Units.KG, {}))
    progress.courses(history, MONDAY)
    progress.adherence(history, MONDAY)
    progress.changes(history, MONDAY)
    progress.walked(history, MONDAY)
    report(history, MONDAY)
    asks_today(history)
    unfinished(history, NOON)


def trains(path: Path) -> None:
    training = TrainingRequest(now=ClockReading(MONDAY, NOON), routine="spine-strength")
    today = prepare(Request(training=training, record=RecordRequest(history=path)), load_table())
    assert today.plan.routine is not None
    assert today.recorder is not None
    today.recorder.close()
    assert today.recorder.problem is None


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_history_is_read_as_far_as_it_can_be_and_she_trains(path: Path, past: Path, seed: int) -> None:
    before = rows_of(past)
    damaged(path, seed)
    readable = rows_of(path)
    ask_everything(path)
    trains(path)
    assert whole(path)
    assert lost(before, readable, path) == set()


def test_a_flipped_letter_in_a_day_is_found_and_mended(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.rindex(b"2026-12-") + 5] = 0xE9
    path.write_bytes(data)
    store = open_to_read(path)
    assert store.notice is not None
    assert "is damaged" in store.notice
    ask_everything(path)


def test_an_index_that_lost_its_rows_costs_nothing(path: Path) -> None:
    db = sqlite3.connect(path)
    root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'set_by_session'").fetchone()[0]
    sets = db.execute("SELECT count(*) FROM set_done").fetchone()
    db.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * PAGE + 200] ^= 0xFF
    data[(root - 1) * PAGE + 3 : (root - 1) * PAGE + 5] = b"\0\1"
    path.write_bytes(data)
    store = open_to_read(path)
    assert store.notice is not None
    assert "nothing was lost" in store.notice
    assert store.connection.execute("SELECT count(*) FROM set_done").fetchone() == sets


def test_a_header_that_is_gone_is_put_back(path: Path) -> None:
    sessions = len(list(History.open(path).sessions()))
    data = bytearray(path.read_bytes())
    data[:16] = bytes(16)
    path.write_bytes(data)
    assert len(list(History.open(path).sessions())) == sessions


def test_a_table_whose_definition_is_damaged_keeps_its_rows(path: Path) -> None:
    sessions = len(list(History.open(path).sessions()))
    data = bytearray(path.read_bytes())
    data[data.index(b"CREATE TABLE session") + 9] = ord("X")
    path.write_bytes(data)
    assert len(list(History.open(path).sessions())) == sessions


def test_sets_whose_session_is_lost_stay_on_a_day_near_it(path: Path) -> None:
    db = open_to_write(path).connection
    days = dict(db.execute("SELECT id, day FROM session WHERE id IN (9, 10)").fetchall())
    db.execute("UPDATE session SET day = 'x', started = 'x' WHERE id = 10")
    db.close()
    found = {session.id: session for session in History.open(path).sessions()}
    assert found[10].started.startswith(days[9])
    assert found[10].sets


def test_pain_that_was_overwritten_counts_as_pain(path: Path) -> None:
    db = open_to_write(path).connection
    db.execute("UPDATE set_done SET pain = 'no?' WHERE id = 7")
    db.close()
    assert open_to_read(path).connection.execute("SELECT pain FROM set_done WHERE id = 7").fetchone() == (1,)


def test_what_is_damaged_and_lies_in_the_log_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    write_session(path, MONDAY)
    open_to_write(path)  # stays open: what follows lies in the log beside the file
    for number in range(1, 4):
        write_session(path, MONDAY + timedelta(days=number))
    db = open_to_write(path).connection
    db.execute("UPDATE session SET day = 'x' WHERE id = 2")
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    copied = tmp_path / "later" / "history.sqlite3"
    copied.parent.mkdir()
    for tail in ("", "-wal"):
        shutil.copy(f"{path}{tail}", f"{copied}{tail}")
    assert len(list(History.open(copied).sessions())) == 4


@pytest.mark.parametrize("day", ["2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "20261-1-1"])
def test_a_day_that_no_calendar_has_is_found(path: Path, day: str) -> None:
    db = open_to_write(path).connection
    db.execute("UPDATE session SET day = ? WHERE id = 3", (day,))
    db.execute("UPDATE walk SET day = ? WHERE id = 3", (day,))
    db.close()
    assert open_to_read(path).notice is not None
    ask_everything(path)
