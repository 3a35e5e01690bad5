"""Looking back: the course of each exercise, how regularly, what changed and why; and the plots."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.training.dose import Dose, Load
from coach.training.history import History
from coach.training.plot import chart, spark, thinned
from coach.training.progress import adherence, changes, courses
from tests.support.training import MONDAY, write_session

SOON = MONDAY + timedelta(days=60)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def test_a_course_has_reps_load_and_effort_by_time(path: Path) -> None:
    for number, load in enumerate((1.0, 2.0)):
        write_session(
            path, MONDAY + timedelta(days=number), [Dose("one-arm-row", 2, 12, Load(kg=load))], effort=5 + number
        )
    (course,) = courses(History.open(path), SOON)
    assert course.exercise == "one-arm-row"
    assert [(point.reps, point.load_kg, point.effort) for point in course.points] == [(24, 1.0, 5), (24, 2.0, 6)]


def test_what_changed_is_told_with_its_reason_and_source(path: Path) -> None:
    write_session(path, MONDAY)
    (changed,) = changes(History.open(path), SOON)
    assert (changed.rule, changed.why) == ("reps", "Because.")
    assert "dose.start" in changed.source


def test_days_after_today_are_not_shown(path: Path) -> None:
    write_session(path, MONDAY)
    before = MONDAY - timedelta(days=1)
    assert courses(History.open(path), before) == ()
    assert changes(History.open(path), before) == ()


def test_adherence_counts_whole_weeks_from_the_first_session(path: Path) -> None:
    for day in (1, 3, 8, 10, 15):
        write_session(path, MONDAY + timedelta(days=day))
    found = adherence(History.open(path), MONDAY + timedelta(days=22))
    assert (found.weeks, found.met, found.days, found.percent) == (3, 2, 5, 83)
    assert adherence(History.open(path), MONDAY + timedelta(days=3)).percent is None
    assert adherence(History.open(path), MONDAY + timedelta(weeks=30)).days == 0


values = st.lists(st.none() | st.floats(0, 1000), max_size=300)


@given(values, st.integers(1, 80))
def test_a_plot_is_never_wider_than_asked(found: list[float | None], width: int) -> None:
    assert len(spark(found, width)) == min(len(found), width)
    assert all(len(line) <= width + 7 for line in chart(found, width))


@given(values)
def test_thinning_stays_within_what_it_thins(found: list[float | None]) -> None:
    known = [value for value in found if value is not None]
    for value in thinned(found, 10):
        assert value is None or min(known) - 1e-6 <= value <= max(known) + 1e-6


def test_a_plot_rises_with_its_values() -> None:
    assert spark([1, 2, 3, None, 8]) == "▁▂▃ █"
    assert chart([0, 5, 10], width=3, height=2) == ["   10 │  █", "    5 │ ██", "    0 └───"]
