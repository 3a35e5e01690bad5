"""Due days: two for strength a week, walks on the others, and how they move."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from coach.training.history import History
from coach.training.sharing.due_days import DueDay, Kind, Status, due_days
from coach.training.writer import HistoryWriter
from tests.support.training import MONDAY, write_session

SUNDAY = MONDAY + timedelta(days=6)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def places(path: Path, today: date, kind: Kind, week: int = 0) -> list[DueDay]:
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=week)
    return [due for due in due_days(History.open(path), today) if (due.kind, due.monday) == (kind, monday)]


def walk(path: Path, day: date, minutes: float) -> None:
    writer = HistoryWriter(path)
    writer.walked(day, minutes)
    writer.close()


def test_nothing_done_yet_it_begins_today_and_never_comes_sooner_than_after_48_hours(path: Path) -> None:
    for number in range(7):
        today = MONDAY + timedelta(days=number)
        strength = [due.day for due in due_days(History.open(path), today) if due.kind is Kind.STRENGTH]
        due = [one.day for one in due_days(History.open(path), today) if _is_due(one, Kind.STRENGTH)]
        assert due[0] == today
        assert all(second - first >= timedelta(days=2) for first, second in pairwise(due))
        assert len(strength) == 8


def _is_due(one: DueDay, kind: Kind) -> bool:
    return one.kind is kind and one.status is Status.DUE


def test_walks_fall_on_days_without_strength_and_fill_the_minutes(path: Path) -> None:
    for week in range(4):
        strength = {due.day for due in places(path, MONDAY, Kind.STRENGTH, week)}
        walks = {due.day for due in places(path, MONDAY, Kind.WALK, week)}
        assert len(walks) == 5
        assert not strength & walks


def test_the_second_day_follows_the_first_when_that_was_trained_later(path: Path) -> None:
    wednesday = MONDAY + timedelta(days=2)
    write_session(path, wednesday)
    first, second = places(path, wednesday, Kind.STRENGTH)
    assert (first.status, first.day) == (Status.DONE, wednesday)
    assert (second.status, second.day) == (Status.DUE, wednesday + timedelta(days=3))


def test_a_day_for_which_the_week_has_no_room_is_off(path: Path) -> None:
    first, second = places(path, SUNDAY, Kind.STRENGTH)
    assert (first.day, first.status, second.status) == (SUNDAY, Status.DUE, Status.OFF)


def test_minutes_walked_leave_fewer_walks(path: Path) -> None:
    walk(path, MONDAY, 90)
    walks = places(path, MONDAY, Kind.WALK)
    assert [one.status for one in walks] == [Status.DONE, Status.DUE, Status.DUE, Status.OFF, Status.OFF]
    assert walks[0].day == MONDAY


def test_every_week_has_the_same_places_whatever_was_done(path: Path) -> None:
    for number in range(14):
        day = MONDAY + timedelta(days=number)
        if number % 2 == 0:
            write_session(path, day)
            walk(path, day, 45)
        found = due_days(History.open(path), day)
        keys = [(due.kind, due.monday, due.number) for due in found]
        assert len(keys) == len(set(keys)) == 4 * 7
        assert all(due.monday <= due.day <= due.monday + timedelta(days=6) for due in found)


def test_training_after_today_does_not_count_where_the_clock_was_set_back(path: Path) -> None:
    write_session(path, MONDAY + timedelta(days=30))
    (first, _) = places(path, MONDAY, Kind.STRENGTH)
    assert (first.day, first.status) == (MONDAY, Status.DUE)
