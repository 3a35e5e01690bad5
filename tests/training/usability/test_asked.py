"""The usability scale is asked after the third and the twentieth session, until it is answered or never wanted."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach.session.record import UsabilitySaid as Said
from coach.training.history import History
from coach.training.usability.asked import UsabilityRecord, asked_so_far, is_due, sessions_done
from coach.training.writer import HistoryWriter
from tests.support.training import MONDAY, write_session

TEN = (4, 2) * 5


def asked(number: int, said: Said) -> UsabilityRecord:
    return UsabilityRecord(number, MONDAY, said, TEN if said is Said.ANSWERED else ())


@pytest.mark.parametrize(("before", "due"), [(0, False), (1, False), (2, True), (3, True), (19, True), (40, True)])
def test_it_is_due_from_the_third_session_on(before: int, due: bool) -> None:
    assert is_due(before, ()) is due


def test_answered_after_the_third_it_comes_back_with_the_twentieth() -> None:
    answered = (asked(3, Said.ANSWERED),)
    assert [before for before in range(25) if is_due(before, answered)] == [19, 20, 21, 22, 23, 24]


def test_answered_after_the_twentieth_it_is_over() -> None:
    answered = (asked(3, Said.ANSWERED), asked(21, Said.ANSWERED))
    assert not any(is_due(before, answered) for before in range(60))


def test_put_off_it_is_due_in_the_next_session() -> None:
    assert is_due(3, (asked(3, Said.LATER),))


def test_never_is_never() -> None:
    assert not any(is_due(before, (asked(3, Said.NEVER),)) for before in range(60))
    assert not is_due(19, (asked(3, Said.ANSWERED), asked(20, Said.NEVER)))


def note(path: Path, session: int, said: Said, answers: tuple[int, ...] = ()) -> None:
    writer = HistoryWriter(path)
    writer.session = session
    writer.usability(said, answers)
    writer.close()
    assert writer.problem is None


def test_what_was_answered_is_kept_with_its_session(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    for number in range(4):
        session = write_session(path, MONDAY + timedelta(days=2 * number))
        if number == 2:
            note(path, session, Said.LATER)
    note(path, session, Said.ANSWERED, TEN)
    history = History.open(path)
    assert sessions_done(history) == 4
    assert asked_so_far(history) == (
        UsabilityRecord(3, MONDAY + timedelta(days=4), Said.LATER, ()),
        UsabilityRecord(4, MONDAY + timedelta(days=6), Said.ANSWERED, TEN),
    )
    assert [one.score for one in asked_so_far(history)] == [None, 75.0]


def test_rehearsals_are_not_counted_among_the_sessions(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    for number in range(3):
        note(path, write_session(path, MONDAY + timedelta(days=number), rehearsed=True), Said.NEVER)
    usual = History(History.open(path).db, counts_rehearsed=False, notice=None)
    assert sessions_done(usual) == 0
    assert asked_so_far(usual) == ()
