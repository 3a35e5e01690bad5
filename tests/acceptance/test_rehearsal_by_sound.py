"""A whole session by sound: what a fresh clone without a sound card must show."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.program import COACH, environment

COMMANDS = {"next", "repeat", "done", "pause", "resume", "how_many_left", "it_hurts", "false_alarm"}
EXERCISES = {"one-arm-row", "horizontal-abduction", "external-rotation", "bird-dog", "back-extension"}


@pytest.mark.slow
def test_the_tour_is_understood_and_reaches_every_exercise_and_its_end(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    command = [*COACH, "rehearse", "spine-strength", "--plain", "--log", str(log)]
    done = subprocess.run(command, env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    entries = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    heard = [entry for entry in entries if entry["event"] == "heard"]
    for entry in heard:
        print(f"{entry['t']:8.2f}  {entry['text']!r} as {entry['command']}: {entry['reason']}")
    assert {entry["command"] for entry in heard if entry["accepted"]} >= COMMANDS
    assert {
        entry["exercise"] for entry in entries if entry["event"] == "segment" and entry["kind"] == "set"
    } == EXERCISES | {"balance-hold"}
    assert entries[-1]["reason"] == "completed"
