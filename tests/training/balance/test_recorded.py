"""The balance hold is in the history, the week and the next session; it is no strength and no block."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.library.files import BALANCE, load_exercises
from coach.training.history import History, as_json, csv_rows
from coach.training.progress import courses
from coach.training.sharing.report import report
from coach.training.week import week
from tests.support.training import MONDAY

ONE_HAND = f"{BALANCE}-one-hand"


def rehearsed(folder: Path, day: date, script: str = "") -> Path:
    """Rehearse a short session on a day; return the history."""
    history = folder / "h.sqlite3"
    (folder / "script.toml").write_text(script)
    (folder / "short.toml").write_text(
        'name = "Short"\n[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = 10\n'
    )
    files = ("--script", str(folder / "script.toml"), "--log", str(folder / "log.jsonl"), "--history", str(history))
    arguments = ("rehearse", str(folder / "short.toml"), "--by-text", "--plain", "--no-warm-up", "--today", str(day))
    assert ran(*arguments, *files) == 0
    return history


def ran(*arguments: str) -> int:
    try:
        return main(list(arguments))
    except SystemExit as end:
        return int(end.code or 0)


def say(at: str, text: str, after_s: float = 0.5) -> str:
    return f'[[say]]\nat = {{{at}}}\nafter_s = {after_s}\ntext = "{text}"\n'


def balance_of(history: Path, day: date) -> float:
    return next(
        goal.done for goal in week(History.open(history, day), load_exercises(), day).goals if goal.what == "balance"
    )


def test_both_feet_are_kept_apart_from_the_sets(tmp_path: Path) -> None:
    history = rehearsed(tmp_path, MONDAY)
    found = History.open(history, MONDAY)
    (session,) = found.sessions()
    held = [(row.exercise, row.side, row.done, row.planned, row.ended_by) for row in session.holds]
    assert held == [(BALANCE, "right", 3, 3, "completed"), (BALANCE, "left", 3, 3, "completed")]
    assert {row.exercise for row in session.sets} == {"external-rotation"}
    shown = json.loads(json.dumps(as_json(session)))
    assert [row["exercise"] for row in shown["holds"]] == [BALANCE, BALANCE]
    assert [row[5] for row in csv_rows(found.sessions())][1:3] == [BALANCE, BALANCE]


def test_it_counts_for_the_weeks_balance_and_in_progress_and_report(tmp_path: Path) -> None:
    history = rehearsed(tmp_path, MONDAY)
    assert balance_of(history, MONDAY) == 1
    found = History.open(history, MONDAY)
    assert (BALANCE, 3) in [(course.exercise, course.points[0].reps) for course in courses(found, MONDAY)]
    assert BALANCE in [one.course.exercise for one in report(found, MONDAY).exercises]
    assert found.times_done()[BALANCE] == 1


def test_a_session_of_the_balance_hold_alone_is_no_strength(tmp_path: Path) -> None:
    history = rehearsed(tmp_path, MONDAY, say('kind = "gate", exercise = "external-rotation"', "finish workout"))
    assert balance_of(history, MONDAY) == 1
    assert History.open(history, MONDAY).days(MONDAY, MONDAY) == ()


@pytest.mark.slow
def test_two_good_days_change_to_one_hand_and_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for days in (0, 3):
        rehearsed(tmp_path, MONDAY + timedelta(days=days))
    day = MONDAY + timedelta(days=7)
    history = rehearsed(tmp_path, day)
    *_, last = History.open(history, day).sessions()
    assert {row.exercise for row in last.holds} == {ONE_HAND}
    log = (tmp_path / "log.jsonl").read_text()
    assert "You balanced well the last two times, so today you'll have one hand on the chair." in log
    capsys.readouterr()
    assert ran("plan", "--json", "--history", str(history), "--today", str(day + timedelta(days=2))) == 0
    assert json.loads(capsys.readouterr().out)["balance"]["exercise"] == ONE_HAND


@pytest.mark.parametrize("place", ["yes", "no"])
def test_pain_in_it_is_kept_and_leaves_it_out(tmp_path: Path, place: str) -> None:
    hurts = say(f'kind = "set", exercise = "{BALANCE}", rep = 2', "it hurts")
    script = hurts + say('question = "hurt_back"', place, 9) + say('question = "hurt_next"', "yes", 6)
    history = rehearsed(tmp_path, MONDAY, script)
    found = History.open(history, MONDAY)
    (held,) = found.holds()
    assert held.pain
    assert (found.back_pain() is not None) == (place == "yes")
    day = MONDAY + timedelta(days=3)
    if place == "no":
        later = History.open(rehearsed(tmp_path, day), day)
        assert [session.holds for session in later.sessions()][-1] == ()
        assert "The balance hold hurt, so we'll leave it out." in (tmp_path / "log.jsonl").read_text()


def test_easier_is_kept_in_mind(tmp_path: Path) -> None:
    history = rehearsed(tmp_path, MONDAY, say(f'kind = "set", exercise = "{BALANCE}", rep = 2', "easier"))
    (held,) = History.open(history, MONDAY).holds()
    assert str(held.wish) == "easier"
