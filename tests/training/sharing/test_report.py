"""The report's figures: what was planned and done, what hurt and where, what changed, whatever the history's length."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.training.dose import Dose, Load
from coach.training.history import History
from coach.training.sharing.report import Hurt, PainPlace, as_json, report
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.past import write_years
from tests.support.training import MONDAY, train_set, write_session

ROW = Dose("one-arm-row", 1, 10, Load(kg=2.0))
DOG = Dose("bird-dog", 1, 10)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def test_the_json_has_the_documented_keys_in_order(path: Path) -> None:
    write_years(path, 12)
    shape = as_json(report(History.open(path), MONDAY, 12, "Ada"))
    assert list(shape) == ["person", "weeks", "exercises", "changes", "usability"]
    assert isinstance(shape["weeks"], list)
    assert list(shape["weeks"][0])[:3] == ["start", "planned", "done"]
    assert isinstance(shape["exercises"], list)
    assert list(shape["exercises"][0]) == ["id", "reps", "load_kg", "effort", "pain"]
    assert isinstance(shape["changes"], list)
    assert list(shape["changes"][0]) == ["day", "exercise", "what", "why"]


def test_an_empty_history_has_weeks_with_nothing_planned(path: Path) -> None:
    shape = as_json(report(History.open(path), MONDAY, 3))
    assert shape == {
        "person": None,
        "weeks": [
            {"start": str(MONDAY - timedelta(weeks=back)), "planned": 0, "done": 0, "walked": 0.0} for back in (2, 1, 0)
        ],
        "exercises": [],
        "changes": [],
        "usability": None,
    }


def test_weeks_are_planned_from_the_first_session_on_and_walks_count_with_theirs(path: Path) -> None:
    write_session(path, MONDAY - timedelta(days=5))
    write_session(path, MONDAY)
    writer = HistoryWriter(path)
    writer.walked(MONDAY, 30)
    writer.walked(MONDAY - timedelta(days=20), 15)
    writer.close()
    found = report(History.open(path), MONDAY + timedelta(days=1), 3)
    assert [(week.planned, week.done, week.walked) for week in found.weeks] == [(0, 0, 0.0), (2, 1, 0.0), (2, 1, 30.0)]
    assert found.walked == 30.0


def test_pain_is_told_by_exercise_side_set_rep_and_place(path: Path) -> None:
    writer = HistoryWriter(path)
    blocks = [PlannedBlock(ROW, 2), PlannedBlock(DOG, 1)]
    writer.begin("floor", blocks, datetime.now(UTC), MONDAY, rehearsed=False)
    train_set(writer, 0, ROW, 1, "right")
    writer.set_began(0, ROW, 1, "left")
    writer.rep_done(4)
    writer.hurt(0, ROW)
    writer.hurt_in_back(True)
    writer.set_done(0, ROW, 1, "left", 4, "it_hurts", pain=True, pauses=0)
    train_set(writer, 1, DOG, 1, None)
    writer.hurt(1, DOG)
    writer.finish("hurt", 600.0)
    writer.close()
    found = report(History.open(path), MONDAY, 1)
    assert {(hurt.exercise, hurt.side, hurt.rep, hurt.place) for hurt in found.hurts} == {
        ("one-arm-row", "left", 5, PainPlace.BACK),
        ("bird-dog", None, 10, None),
    }
    assert (found.sessions, found.completed) == (1, 0)


def test_a_call_for_help_is_told_but_is_no_pain(path: Path) -> None:
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(DOG, 1)], datetime.now(UTC), MONDAY, rehearsed=False)
    writer.set_began(0, DOG, 1, None)
    writer.rep_done(2)
    writer.set_done(0, DOG, 1, None, 2, "emergency", pain=False, pauses=0)
    writer.finish("emergency")
    writer.close()
    found = report(History.open(path), MONDAY, 1)
    assert found.hurts == (Hurt(MONDAY, "bird-dog", None, 1, 3, None, help_called=True),)
    assert found.exercises[0].id == "bird-dog"
    assert as_json(found)["exercises"] == [
        {"id": "bird-dog", "reps": 2, "load_kg": None, "effort": None, "pain": []},
    ]


def test_reps_of_both_sides_planned_and_done_the_last_load_and_the_last_effort(path: Path) -> None:
    write_session(path, MONDAY, [ROW], effort=7, reps=8)
    write_session(path, MONDAY + timedelta(days=3), [Dose("one-arm-row", 1, 10, Load(kg=3.0))], effort=None)
    (row,) = report(History.open(path), MONDAY + timedelta(days=3), 1).exercises
    assert (row.planned, row.done, row.load_kg, row.effort) == (40, 36, 3.0, 7)


def test_what_was_before_these_weeks_is_left_out_and_so_are_rehearsals(path: Path) -> None:
    write_years(path, 520)
    write_session(path, MONDAY, rehearsed=True)
    history = History(History.open(path).db, counts_rehearsed=False, notice=None)
    found = report(history, MONDAY, 12)
    first = MONDAY - timedelta(weeks=11)
    assert found.first == first
    assert found.sessions == sum(week.done for week in found.weeks) < 24
    assert all(day >= first for day in [*(one.day for one in found.changes), *(one.day for one in found.hurts)])
    assert all(point.day >= str(first) for one in found.exercises for point in one.course.points)


def test_the_usability_score_stands_beside_the_published_means(path: Path) -> None:
    write_years(path, 12)
    usability = as_json(report(History.open(path), MONDAY, 12))["usability"]
    assert isinstance(usability, dict)
    assert (usability["score"], usability["session"]) == (80.0, 20)
    assert [mean["mean"] for mean in usability["means"]] == [77.8, 75.0, 83.3]


def test_two_people_have_two_reports(tmp_path: Path) -> None:
    write_years(tmp_path / "ada.sqlite3", 12)
    write_session(tmp_path / "anne.sqlite3", MONDAY, [DOG])
    ada, anne = (report(History.open(tmp_path / f"{name}.sqlite3"), MONDAY, 12, name) for name in ("ada", "anne"))
    assert (ada.person, anne.person) == ("ada", "anne")
    assert len(ada.exercises) == 7, "six and the balance hold"
    assert [one.id for one in anne.exercises] == ["bird-dog"]
