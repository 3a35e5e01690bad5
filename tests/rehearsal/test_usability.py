"""The usability scale rehearsed: asked in the third session, ten statements in two minutes, interrupted anywhere."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coach.cli.main import main
from coach.training.history import History
from coach.training.usability.asked import UsabilityRecord, asked_so_far
from tests.support.training import MONDAY, write_session

TWO_MINUTES_S = 120.0

Log = list[dict[str, Any]]


def rehearsed(folder: Path, script: str = "", day: int = 10) -> Log:
    """Rehearse a session by text, planned by the history of its own in the folder."""
    (folder / "script.toml").write_text(script, "utf-8")
    log = folder / "log.jsonl"
    today = str(MONDAY + timedelta(days=day))
    arguments = ["rehearse", "bands", "--by-text", "--plain", "--reps", "2", "--history", folder / "own.sqlite3"]
    arguments += ["--today", today, "--log", log, "--script", folder / "script.toml"]
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    assert end.value.code in (0, None)
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def asked(folder: Path) -> tuple[UsabilityRecord, ...]:
    return asked_so_far(History.open(folder / "own.sqlite3"))


def with_sessions(folder: Path, count: int) -> Path:
    for number in range(count):
        write_session(folder / "own.sqlite3", MONDAY + timedelta(days=number))
    return folder


def states(log: Log) -> list[tuple[str, str | None]]:
    return [(entry["state"], entry["question"]) for entry in log if entry["event"] == "state"]


def test_the_first_two_sessions_end_without_it(tmp_path: Path) -> None:
    log = rehearsed(with_sessions(tmp_path, 1))
    assert ("asking", "usable") not in states(log)
    assert asked(tmp_path) == ()


def test_ten_statements_are_answered_within_two_minutes(tmp_path: Path) -> None:
    log = rehearsed(with_sessions(tmp_path, 2))
    began = next(entry["t"] for entry in log if entry["event"] == "state" and entry["question"] == "usable")
    ended = next(entry["t"] for entry in log if entry["event"] == "segment" and entry["kind"] == "finish")
    answers = [entry for entry in log if entry["event"] == "heard" and entry["accepted"] and entry["t"] > began]
    assert [entry["value"] for entry in answers] == [4] * 10
    assert ended - began < TWO_MINUTES_S
    (found,) = asked(tmp_path)
    assert (found.number, found.said, found.score) == (3, "answered", 50.0)
    assert log[-1]["reason"] == "completed"


@pytest.mark.slow
@pytest.mark.parametrize(("word", "outcome"), [("later", "later"), ("never", "never")])
def test_one_word_puts_it_off(tmp_path: Path, word: str, outcome: str) -> None:
    script = f'[[say]]\nat = {{question = "usable"}}\nafter_s = 26\ntext = "{word}"\n'
    log = rehearsed(with_sessions(tmp_path, 2), script)
    (found,) = asked(tmp_path)
    assert (found.said, found.score) == (outcome, None)
    assert log[-1]["reason"] == "completed"
    again = rehearsed(tmp_path, day=14)
    assert (("asking", "usable") in states(again)) is (outcome == "later")


def test_a_six_is_no_answer_to_it(tmp_path: Path) -> None:
    script = '[[say]]\nat = {question = "usable"}\nafter_s = 26\ntext = "six"\n'
    log = rehearsed(with_sessions(tmp_path, 2), script)
    said = [entry["text"] for entry in log if entry["event"] == "say"]
    assert any(text.startswith("Just give me a number. One means you strongly disagree") for text in said)
    (found,) = asked(tmp_path)
    assert found.answers == ()


def test_pain_while_it_is_asked_ends_it(tmp_path: Path) -> None:
    script = """
[[say]]
at = {question = "usable"}
after_s = 14
text = "it hurts"
[[say]]
at = {question = "hurt_back"}
after_s = 12
text = "yes"
"""
    log = rehearsed(with_sessions(tmp_path, 2), script)
    assert log[-1]["reason"] == "hurt"
    assert asked(tmp_path) == ()


def test_a_session_with_pain_is_not_asked(tmp_path: Path) -> None:
    script = """
[[say]]
at = {kind = "set", exercise = "horizontal-abduction", rep = 1}
after_s = 1
text = "it hurts"
"""
    log = rehearsed(with_sessions(tmp_path, 2), script)
    assert ("asking", "usable") not in states(log)
    assert asked(tmp_path) == ()
