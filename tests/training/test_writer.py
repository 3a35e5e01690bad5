"""Rep by rep onto the disk: two coaches at once, a kill at any moment, and what broke off goes on."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from coach.threads import Faults
from coach.training import committer
from coach.training.committer import RETRY_S
from coach.training.dose import Dose, Load
from coach.training.history import History
from coach.training.storage import locking
from coach.training.store import open_to_write
from coach.training.unfinished import unfinished
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.killing import kill_thread, wait_until
from tests.support.training import MONDAY, NOON, train_set, until, whole, write_session

ROW_DOSE = Dose("one-arm-row", 1, 10, Load(kg=2.0))
IMPATIENT_S = 0.5
WRITES_REPS = """
import sys, time
from datetime import UTC, date, datetime
from pathlib import Path
from coach.threads import Faults
from coach.training import committer
from coach.training.dose import Dose
from coach.training.writer import HistoryWriter, PlannedBlock
writer = HistoryWriter(Path(sys.argv[1]))
dose = Dose("bird-dog", 5, 30)
writer.begin("floor", [PlannedBlock(dose, 1)], datetime.now(UTC), date(2027, 5, 3), False)
for set_no in range(1, 6):
    writer.set_began(0, dose, set_no, None)
    for rep in range(1, 31):
        writer.rep_done(rep)
        time.sleep(0.03)
        print(set_no, rep, flush=True)
    writer.set_done(0, dose, set_no, None, 30, 'completed', False, 0)
    writer.finish("completed") if set_no == 5 else None
writer.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "history.sqlite3"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite wait half a second for a lock, not ten."""
    monkeypatch.setattr(locking, "BUSY_S", IMPATIENT_S)


def test_every_rep_is_there_before_the_session_ends(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], NOON, MONDAY, rehearsed=False)
    writer.set_began(0, ROW_DOSE, 1, "right")
    for rep in (1, 2, 3):
        writer.rep_done(rep)
    until(lambda: [row.done for session in History.open(path).sessions() for row in session.sets] == [3])
    writer.close()


def test_two_coaches_at_once_lose_nothing(path: Path) -> None:
    def train(number: int) -> None:
        for _ in range(10):
            write_session(path, MONDAY + timedelta(days=number))

    coaches = [threading.Thread(target=train, args=(number,)) for number in range(3)]
    for coach in coaches:
        coach.start()
    for coach in coaches:
        coach.join()
    sessions = list(History.open(path).sessions())
    assert len(sessions) == 30
    assert all([row.done for row in session.sets] == [10, 10] for session in sessions)
    assert whole(path)


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
def test_a_kill_at_any_moment_loses_only_the_rep_in_progress(tmp_path: Path) -> None:
    chance = random.Random(9)
    for number in range(6):
        path = tmp_path / f"{number}.sqlite3"
        said = killed_after(path, chance.randint(1, 35))
        assert whole(path)
        (session,) = History.open(path).sessions()
        assert session.reason is None
        done = sum(row.done for row in session.sets)
        assert said - 1 <= done <= said + 2


def killed_after(path: Path, reps: int) -> int:
    """Let another process write reps, kill it when it has said that many; return how many it said."""
    process = subprocess.Popen([sys.executable, "-c", WRITES_REPS, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    last = [process.stdout.readline() for _ in range(reps)][-1]
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read().splitlines()
    process.wait()
    process.stdout.close()
    set_no, rep = map(int, (rest[-1] if rest else last).split())
    return (set_no - 1) * 30 + rep


def test_what_broke_off_is_found_and_goes_on_in_its_own_row(path: Path) -> None:
    dose = Dose("bird-dog", 2, 10)
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(dose, 1, "reps", "Why.")], NOON, MONDAY, rehearsed=False)
    train_set(writer, 0, dose, 1, None)
    writer.set_began(0, dose, 2, None)
    writer.rep_done(1)
    writer.rep_done(2)
    writer.close()
    broken = unfinished(History.open(path), NOON)
    assert broken is not None
    assert (broken.routine, broken.blocks[0].dose) == ("floor", dose)
    assert (broken.at.block, broken.at.set_no, broken.at.first_rep) == (0, 2, 3)
    again = HistoryWriter(path)
    assert again.resume(broken.session, broken.owner)
    again.set_began(0, dose, 2, None, first_rep=3)
    for rep in range(3, 11):
        again.rep_done(rep)
    again.set_done(0, dose, 2, None, 10, "completed", pain=False, pauses=0)
    again.finish("completed")
    again.close()
    (session,) = History.open(path).sessions()
    assert [row.done for row in session.sets] == [10, 10]
    assert session.reason == "completed"
    assert unfinished(History.open(path), NOON) is None


def test_only_one_coach_takes_up_a_broken_session(path: Path) -> None:
    write_session(path, MONDAY, reason=None)
    broken = unfinished(History.open(path), NOON)
    assert broken is not None
    writers = [HistoryWriter(path), HistoryWriter(path)]
    assert [writer.resume(broken.session, broken.owner) for writer in writers] == [True, False]
    for writer in writers:
        writer.close()


@pytest.mark.parametrize("reason", ["completed", "ended", "hurt", "emergency"])
def test_what_was_ended_is_not_taken_up(path: Path, reason: str) -> None:
    write_session(path, MONDAY, reason=reason, reps=4)
    assert unfinished(History.open(path), NOON) is None


def test_yesterdays_session_is_not_taken_up(path: Path) -> None:
    write_session(path, MONDAY, reason=None)
    assert unfinished(History.open(path), NOON) is not None
    assert unfinished(History.open(path), NOON + timedelta(days=1)) is None


def test_a_change_that_is_wrong_is_told_and_stops_neither_session_nor_record(path: Path) -> None:
    writer = HistoryWriter(path)
    writer._committer.put(lambda db: db.execute("SELECT * FROM a_disk_error"))
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], NOON, MONDAY, rehearsed=False)
    until(lambda: writer.problem)
    train_set(writer, 0, ROW_DOSE, 1, "right")
    writer.finish("completed")
    writer.close()
    assert "history" in str(writer.problem)
    (session,) = History.open(path).sessions()
    assert [row.done for row in session.sets] == [10]


def test_a_call_never_waits_for_the_disk(path: Path) -> None:
    blocker = open_to_write(path).connection
    writer = HistoryWriter(path)
    blocker.execute("BEGIN IMMEDIATE")
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], NOON, MONDAY, rehearsed=False)
    for rep in range(200):
        writer.rep_done(rep)
    assert list(History.open(path).sessions()) == []  # the file is held all the while
    blocker.execute("COMMIT")
    writer.close()
    blocker.close()
    assert writer.problem is None
    assert len(list(History.open(path).sessions())) == 1


def held(path: Path) -> sqlite3.Connection:
    """Return a connection that holds the file for itself."""
    blocker = open_to_write(path).connection
    blocker.execute("BEGIN IMMEDIATE")
    return blocker


@pytest.mark.usefixtures("impatient")
def test_a_lock_longer_than_sqlite_waits_costs_no_rep(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], NOON, MONDAY, rehearsed=False)
    blocker = held(path)
    writer.set_began(0, ROW_DOSE, 1, "right")
    for rep in range(1, 11):
        writer.rep_done(rep)
    time.sleep(IMPATIENT_S + RETRY_S + 0.5)
    assert writer.problem is None
    blocker.execute("COMMIT")
    writer.set_done(0, ROW_DOSE, 1, "right", 10, "completed", pain=False, pauses=0)
    writer.finish("completed")
    writer.close()
    (session,) = History.open(path).sessions()
    assert ([row.done for row in session.sets], session.reason) == ([10], "completed")
    blocker.close()


@pytest.mark.usefixtures("impatient")
def test_a_file_that_is_held_as_the_session_begins_is_waited_for(path: Path) -> None:
    blocker = held(path)
    writer = HistoryWriter(path, late_s=0.0)
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], NOON, MONDAY, rehearsed=False)
    wait_until(lambda: writer.problem)  # told, once it has lasted
    blocker.execute("COMMIT")
    train_set(writer, 0, ROW_DOSE, 1, "right")
    wait_until(lambda: writer.problem is None)  # and taken back
    writer.close()
    assert [row.done for session in History.open(path).sessions() for row in session.sets] == [10]
    blocker.close()


@pytest.mark.usefixtures("impatient")
def test_a_file_that_is_held_for_ever_ends_the_wait_and_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committer, "CLOSES_S", 0.0)
    writer = HistoryWriter(path)
    blocker = held(path)
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], NOON, MONDAY, rehearsed=False)
    writer.close()
    assert "in use by another program" in str(writer.problem)
    blocker.close()


def test_a_history_thread_that_dies_loses_no_rep(path: Path) -> None:
    faults = Faults()
    writer = HistoryWriter(path, faults.report)
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], NOON, MONDAY, rehearsed=False)
    writer.set_began(0, ROW_DOSE, 1, "right")
    for rep in range(1, 11):
        kill_thread("history")
        writer.rep_done(rep)
    writer.finish("completed")
    writer.close()
    (session,) = History.open(path).sessions()
    assert ([row.done for row in session.sets], session.reason) == ([10], "completed")
    assert set(faults.taken()) == {"history: KilledError"}
    assert writer.problem is None
