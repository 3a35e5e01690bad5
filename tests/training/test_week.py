"""The week: what is due today, what is lacking, with the guideline named."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach.library.files import load_exercises
from coach.training.dose import Dose
from coach.training.history import History
from coach.training.week import Week, week
from coach.training.writer import HistoryWriter
from tests.support.training import MONDAY, write_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def on(path: Path, day: int) -> Week:
    return week(History.open(path), load_exercises(), MONDAY + timedelta(days=day))


def test_with_nothing_on_record_today_is_a_good_day(path: Path) -> None:
    found = on(path, 0)
    assert found.due
    assert [goal.lacks for goal in found.goals] == [2, 2, 2, 150]
    assert all(goal.source for goal in found.goals)


def test_forty_eight_hours_lie_between_strength_days(path: Path) -> None:
    write_session(path, MONDAY)
    assert [on(path, day).due for day in range(4)] == [False, False, True, True]
    assert "48 hours" in on(path, 1).says
    assert "Wednesday, 5 May 2027" in on(path, 1).says


def test_two_strength_days_are_enough_and_more_is_no_harm(path: Path) -> None:
    write_session(path, MONDAY)
    write_session(path, MONDAY + timedelta(days=2))
    found = on(path, 5)
    assert not found.due
    assert found.goals[0].lacks == 0
    assert on(path, 7).due, "a new week begins on Monday"


def test_each_goal_counts_its_own_exercises(path: Path) -> None:
    write_session(path, MONDAY, [Dose("external-rotation", 1, 10)])
    write_session(path, MONDAY + timedelta(days=2), [Dose("bird-dog", 1, 10)])
    write_session(path, MONDAY + timedelta(days=4), [Dose("back-extension-arms", 1, 10)])
    assert [goal.done for goal in on(path, 4).goals] == [3, 0, 2, 0], "the bird dog is no standing balance"


def test_walks_add_up_toward_150_minutes(path: Path) -> None:
    writer = HistoryWriter(path)
    for day in (-1, 0, 2):
        writer.walked(MONDAY + timedelta(days=day), 40)
    writer.close()
    walking = on(path, 3).goals[-1]
    assert (walking.done, walking.lacks) == (80, 70)
    assert "TFTF" in walking.source


def test_a_session_without_a_rep_is_no_training_day(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.hurt(0, Dose("bird-dog", 1, 10))
    writer.close()
    assert on(path, 0).due


def test_days_after_today_do_not_count_and_are_said(path: Path) -> None:
    write_session(path, MONDAY + timedelta(days=30))
    found = on(path, 0)
    assert found.due
    assert found.goals[0].done == 0
    assert "is the clock right?" in found.notes[0]


def test_a_walk_of_today_is_in_the_first_line(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.walked(MONDAY, 30)
    writer.close()
    assert on(path, 0).says == (
        "No strength training is on record yet: today's a good day to begin. You walked 30 minutes today."
    )
    assert "walked" not in on(path, 1).says
