"""A session that ended with back pain bars the next one, until a clinician has agreed."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.training.dose import Dose
from coach.training.history import History
from coach.training.schema import migrate
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.training import MONDAY, write_session

DOSE = Dose("bird-dog", 1, 10)
NOON = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def hurt(path: Path, *in_back: bool, reason: str | None = "hurt") -> None:
    """Write a session in which a set hurt, with her answers about the place."""
    write_session(path, MONDAY - timedelta(days=7))
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(DOSE, 1)], NOON, MONDAY, rehearsed=False)
    writer.set_began(0, DOSE, 1, None)
    writer.hurt(0, DOSE)
    for answer in in_back:
        writer.hurt_in_back(answer)
    if reason is not None:
        writer.finish(reason)
    writer.close()


def bars(path: Path) -> bool:
    return History.open(path).back_pain() is not None


@pytest.mark.parametrize(
    ("in_back", "reason", "barred"),
    [
        ((True,), "hurt", True),
        ((False,), "hurt", False),
        ((False,), "completed", False),
        ((), "hurt", True),
        ((), None, True),
        ((), "interrupted", True),
        ((), "completed", False),
        ((True,), "interrupted", True),
        ((False, True), "hurt", True),
        ((True, False), "hurt", True),
    ],
)
def test_back_pain_bars_and_what_is_not_said_counts_as_back(
    path: Path, in_back: tuple[bool, ...], reason: str | None, barred: bool
) -> None:
    hurt(path, *in_back, reason=reason)
    assert bars(path) is barred


def test_only_the_last_session_asks(path: Path) -> None:
    hurt(path, True)
    write_session(path, MONDAY + timedelta(days=3))
    assert not bars(path)


def test_a_session_in_which_nothing_was_done_lifts_no_bar(path: Path) -> None:
    hurt(path, True)
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(DOSE, 1)], NOON, MONDAY, rehearsed=False)
    writer.finish("ended")
    writer.close()
    assert bars(path)


def test_a_rehearsal_neither_bars_nor_lifts(path: Path) -> None:
    hurt(path, True)
    write_session(path, MONDAY, rehearsed=True)
    person = History(History.open(path).db, counts_rehearsed=False, notice=None)
    assert person.back_pain() is not None


def test_a_clinicians_word_lifts_the_bar_for_that_session_alone(path: Path) -> None:
    hurt(path, True)
    found = History.open(path).back_pain()
    assert found is not None
    writer = HistoryWriter(path)
    writer.clear_session(found.session, MONDAY)
    writer.close()
    assert not bars(path)
    hurt(path, True)
    assert bars(path)


def test_pain_in_the_welcome_has_no_set_and_bars_all_the_same(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(DOSE, 1)], NOON, MONDAY, rehearsed=False)
    writer.hurt_in_back(True)
    writer.finish("hurt")
    writer.close()
    assert bars(path)


@pytest.mark.parametrize("schema", [1, 2, 3, 4])
@pytest.mark.parametrize(("in_back", "barred"), [(None, True), (1, True), (0, False)])
def test_a_history_of_before_is_read_as_it_is(path: Path, schema: int, in_back: int | None, barred: bool) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, schema)
    db.execute(
        "INSERT INTO session (started, day, routine, rehearsed, reason, owner)"
        " VALUES ('2027-05-03T09:00:00+00:00', '2027-05-03', 'floor', 0, 'hurt', 'me')"
    )
    db.execute("INSERT INTO planned (session, block, exercise, sides, sets, reps) VALUES (1, 0, 'bird-dog', 1, 1, 10)")
    db.execute(
        "INSERT INTO set_done (session, block, exercise, set_no, planned, done, pain, pain_back)"
        " VALUES (1, 0, 'bird-dog', 1, 10, 4, 1, ?)",
        (in_back,),
    )
    db.close()
    assert bars(path) is barred
