"""What keeps her from harm before a session and in its plan, rehearsed: each rule with the log line that proves it."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from coach import places
from coach.cli.main import main
from coach.training.dose import Dose, Load
from tests.support.training import MONDAY, hurt_in_back, write_session

Log = list[dict[str, Any]]
TODAY = MONDAY + timedelta(days=10)
TOP = Dose("one-arm-row", 3, 15, Load(kg=1.0))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("config_folder", "data_folder", "state_folder"):
        monkeypatch.setattr(places, folder, lambda folder=folder: tmp_path / folder)
    (tmp_path / "config_folder").mkdir()
    return tmp_path


def rehearse(home: Path, routine: str, *options: str, script: str = "") -> int:
    (home / "script.toml").write_text(script, "utf-8")
    arguments = ["rehearse", routine, "--by-text", "--plain", "--today", str(TODAY), "--log", str(home / "log.jsonl")]
    arguments += ["--history", str(home / "own.sqlite3"), "--script", str(home / "script.toml"), *options]
    try:
        return main(arguments)
    except SystemExit as end:
        return int(end.code or 0)


def log_of(home: Path) -> Log:
    return [json.loads(line) for line in (home / "log.jsonl").read_text("utf-8").splitlines()]


def rehearsed(home: Path, routine: str, *options: str, script: str = "") -> Log:
    assert rehearse(home, routine, *options, script=script) == 0
    return log_of(home)


def profile(home: Path, text: str) -> None:
    (home / "config_folder" / "profile.toml").write_text(text)


def trained(home: Path, *days: date, dose: Dose) -> None:
    for day in days:
        write_session(home / "own.sqlite3", day, [dose])


def said(log: Log) -> str:
    return "\n".join(entry["text"] for entry in log if entry["event"] == "say")


def sets(log: Log) -> list[str]:
    return [entry["exercise"] for entry in log if entry["event"] == "segment" and entry["kind"] == "set"]


def answering(question: str, text: str) -> str:
    return f'[[say]]\nat = {{question = "{question}"}}\nafter_s = 1\ntext = "{text}"\n'


@pytest.mark.parametrize("answer", ["no", ""])
def test_after_back_pain_no_set_begins_without_a_clinicians_yes(home: Path, answer: str) -> None:
    hurt_in_back(home / "own.sqlite3")
    log = rehearsed(home, "bands", script=answering("cleared", answer) + answering("walk", "no"))
    assert "Your back hurt last time." in said(log)
    assert sets(log) == []
    again = rehearsed(home, "bands", script=answering("cleared", answer) + answering("walk", "no"))
    assert "Your back hurt last time." in said(again), "a session that was not begun lifts nothing"


def test_a_yes_is_recorded_and_the_session_begins(home: Path) -> None:
    hurt_in_back(home / "own.sqlite3")
    assert sets(rehearsed(home, "bands", script=answering("cleared", "yes")))
    assert "your back hurt last time" not in said(rehearsed(home, "bands"))


@pytest.mark.parametrize(("days_ago", "words"), [(0, "You've already trained today"), (1, "You trained yesterday")])
def test_48_hours_are_said_in_the_welcome_and_the_walk_offered(home: Path, days_ago: int, words: str) -> None:
    trained(home, TODAY - timedelta(days=days_ago), dose=Dose("bird-dog", 1, 10))
    log = rehearsed(home, "bands", "--reps", "2")
    assert words in said(log)
    assert "A walk would do you more good today" in said(log)


def test_a_step_of_more_than_half_the_weight_is_not_taken(home: Path) -> None:
    profile(home, "weights = [1, 2]\n")
    trained(home, MONDAY, MONDAY + timedelta(days=3), dose=TOP)
    words = said(rehearsed(home, "spine-strength", "--sets", "1", "--reps", "2"))
    assert "Use one kilo today." in words
    assert "two kilos" not in words


def test_a_weight_over_five_kilos_is_not_named_unasked(home: Path) -> None:
    profile(home, "weights = [6]\n")
    assert "Use six kilos" not in said(rehearsed(home, "spine-strength", "--reps", "2"))
    profile(home, "weights = [6]\nheavy_agreed = true\n")
    (home / "own.sqlite3").unlink()
    assert "Use six kilos today." in said(rehearsed(home, "spine-strength", "--reps", "2"))


def test_too_much_is_refused_and_with_osteopenia_warned_of(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert rehearse(home, "bands", "--reps", "16") == 2
    assert not (home / "log.jsonl").exists()
    profile(home, 'condition = "osteopenia"\n')
    assert rehearse(home, "bands", "--reps", "16") == 0
    assert "more than fifteen reps a set" in capsys.readouterr().out


def test_harder_is_answered_with_when_it_comes(home: Path) -> None:
    script = '[[say]]\nat = {kind = "set", exercise = "back-extension", rep = 1}\nafter_s = 1\ntext = "too easy"\n'
    log = rehearsed(home, "floor", "--reps", "3", script=script)
    assert "That's for when three sets feel easy." in said(log)
    assert "back-extension-arms" not in sets(log)


def test_after_a_fracture_the_back_extension_is_done_at_the_wall(home: Path) -> None:
    profile(home, 'condition = "vertebral-fracture"\nclinician_agreed = true\n')
    assert sets(rehearsed(home, "floor", "--reps", "2"))[-1] == "wall-extension"


def test_sets_asked_for_after_pain_are_not_done_and_that_is_said(home: Path) -> None:
    hurt_in_back(home / "own.sqlite3")
    log = rehearsed(home, "floor", "--sets", "3", "--reps", "15", script=answering("cleared", "yes"))
    assert "It hurt last time, so today it's one set of twelve. The three sets of fifteen" in said(log)
    assert sets(log).count("bird-dog") == 1
