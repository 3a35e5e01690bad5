"""The history as it is read: sessions, sets, bouts, days; rehearsals apart."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from coach.training.dose import Dose, Load
from coach.training.history import History, as_json, csv_rows
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.training import BIRD_DOG, MONDAY, ROW, write_session

ROW_DOSE = Dose("one-arm-row", 1, 10, Load(kg=2.0))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "history.sqlite3"


def test_a_session_is_read_as_it_was_written(path: Path) -> None:
    write_session(path, MONDAY)
    (session,) = History.open(path).sessions()
    assert as_json(session) == {
        "id": 1,
        "started": "2027-05-03T09:00:00+00:00",
        "routine": "spine-strength",
        "reason": "completed",
        "rehearsed": False,
        "sets": [
            {
                "exercise": "one-arm-row",
                "side": side,
                "set": 1,
                "planned": 10,
                "done": 10,
                "load_kg": 2.0,
                "effort": 5,
                "pain": False,
                "ended_by": "completed",
            }
            for side in ("right", "left")
        ],
        "holds": [],
    }
    assert list(as_json(session)) == ["id", "started", "routine", "reason", "rehearsed", "sets", "holds"]


def test_a_row_of_csv_is_a_set(path: Path) -> None:
    write_session(path, MONDAY)
    head, *rows = csv_rows(History.open(path).sessions())
    assert len(rows) == 2
    assert all(len(row) == len(head) for row in rows)


def test_pain_effort_wish_and_what_ended_it_are_kept(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], datetime.now(UTC), MONDAY, rehearsed=False)
    writer.set_began(0, ROW_DOSE, 1, "right")
    writer.rep_done(1)
    writer.paused()
    writer.hurt(0, ROW_DOSE)
    writer.hurt_in_back(True)
    writer.set_done(0, ROW_DOSE, 1, "right", 1, "it_hurts", pain=True, pauses=1)
    writer.effort(0, 9)
    writer.finish("hurt")
    writer.close()
    (session,) = History.open(path).sessions()
    row = session.sets[0]
    assert (row.done, row.pain, row.ended_by, row.effort, session.reason) == (1, True, "it_hurts", 9, "hurt")
    (bout,) = History.open(path).bouts(ROW)
    assert bout.pain


def test_pain_before_the_first_rep_is_a_bout_too(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(ROW_DOSE, 2)], datetime.now(UTC), MONDAY, rehearsed=False)
    writer.hurt(0, ROW_DOSE)
    writer.finish("hurt")
    writer.close()
    assert [bout.pain for bout in History.open(path).bouts(ROW)] == [True]


def test_rehearsals_are_marked_and_count_nowhere_but_in_a_file_of_their_own(path: Path) -> None:
    write_session(path, MONDAY, rehearsed=True)
    own = History.open(path)
    assert len(own.bouts(ROW)) == 1
    usual = History(own.db, counts_rehearsed=False, notice=None)
    assert usual.bouts(ROW) == ()
    assert usual.days(MONDAY, MONDAY) == ()
    assert usual.last_day() is None
    assert [session.rehearsed for session in usual.sessions()] == [True]


def test_bouts_come_in_order_and_only_the_latest(path: Path) -> None:
    for number in range(5):
        write_session(path, MONDAY + timedelta(days=number), [Dose("bird-dog", 1, 10 + number)])
    assert [bout.dose.reps for bout in History.open(path).bouts(BIRD_DOG, limit=3)] == [12, 13, 14]


def test_walks_and_a_clinicians_word_are_kept(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.walked(MONDAY, 30)
    writer.walked(MONDAY, 12.5)
    writer.walked(MONDAY, 99, rehearsed=True)
    writer.clear("one-arm-row", MONDAY)
    writer.close()
    assert History.open(path).walked(MONDAY, MONDAY) == 141.5
    own = History(History.open(path).db, counts_rehearsed=False, notice=None)
    assert own.walked(MONDAY, MONDAY) == 42.5
    assert own.cleared(ROW.exercises) == MONDAY
    assert own.cleared(BIRD_DOG.exercises) is None
    assert own.walked(date(2020, 1, 1), date(2020, 12, 31)) == 0.0
