"""Rehearsals: the simulated exerciser answers, interrupts, is understood from sound, and the same every time."""

import contextlib
import json
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any

import pytest

from coach.cli.session.plain_view import PlainView
from coach.cli.session.rehearsing import rehearse
from coach.cli.session.request import RecordRequest, Request, RoomRequest, SoundRequest, TrainingRequest
from coach.clock import now_on

DATA = Path(__file__).parents[1] / "data"
COACH = str(Path(sys.executable).with_name("coach"))
TOUR = {"next", "repeat", "done", "pause", "resume", "how_many_left", "it_hurts", "false_alarm"}
FIVE = {"one-arm-row", "horizontal-abduction", "external-rotation", "bird-dog", "back-extension"}

Log = list[dict[str, Any]]


class Nothing:
    """Somewhere to print to."""

    def write(self, text: str, /) -> None:
        pass

    def flush(self) -> None:
        pass


def rehearsed(
    folder: Path, routine: str, *, by_text: bool = True, script: str | None = None, reps: int | None = None
) -> tuple[int, Log]:
    log = folder / "log.jsonl"
    path = folder / "script.toml"
    if script is not None:
        path.write_text(script)
    request = Request(
        training=TrainingRequest(now=now_on(), routine=routine, reps=reps),
        sound=SoundRequest(ears="moonshine"),
        record=RecordRequest(log=log),
        room=RoomRequest(script=path if script is not None else None, by_text=by_text, recording=folder / "room.wav"),
    )
    outcome = rehearse(request, lambda: contextlib.nullcontext(PlainView(Nothing())))
    return outcome.code, entries(log)


def entries(log: Path) -> Log:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def commands(log: Log) -> list[str]:
    return [entry["name"] for entry in log if entry["event"] == "command"]


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_the_tour_by_text_reaches_all_five_exercises(tmp_path: Path) -> None:
    code, log = rehearsed(tmp_path, "spine-strength")
    assert code == 0
    assert set(commands(log)) >= TOUR
    sets = {entry["exercise"] for entry in log if entry["event"] == "segment" and entry["kind"] == "set"}
    assert sets == {*FIVE, "balance-hold"}
    assert log[0]["event"] == "session"
    assert log[0]["rehearsed"] is True
    assert log[-1]["event"] == "finish"
    assert log[-1]["reason"] == "completed"


@pytest.mark.parametrize("routine", ["bands", "floor", pytest.param("spine-strength-2", marks=pytest.mark.slow)])
def test_every_routine_can_be_rehearsed_with_nothing_but_default_answers(tmp_path: Path, routine: str) -> None:
    code, log = rehearsed(tmp_path, routine, script="")
    assert code == 0
    assert log[-1]["reason"] == "completed"
    assert set(commands(log)) <= {"ready", "number"}


def test_where_the_script_is_silent_the_gate_goes_on_by_its_own_rule(tmp_path: Path) -> None:
    script = '[[say]]\nat = {kind = "gate"}\ntext = ""\n'
    _, spoken = rehearsed(tmp_path, "bands", script="", reps=1)
    _, silent = rehearsed(tmp_path, "bands", script=script, reps=1)
    assert silent[-1]["reason"] == "completed"
    assert silent[-1]["t"] > spoken[-1]["t"] + 60


def test_a_pause_that_nobody_ends_is_unanswered_after_five_minutes(tmp_path: Path) -> None:
    script = '[[say]]\nat = {kind = "set"}\nafter_s = 6\ntext = "pause"\n'
    code, log = rehearsed(tmp_path, "bands", script=script)
    paused = next(entry["t"] for entry in log if entry["event"] == "command" and entry["name"] == "pause")
    assert code == 0
    assert log[-1]["reason"] == "unanswered"
    assert 295 < log[-1]["t"] - paused < 330


def test_words_come_at_their_moment(tmp_path: Path) -> None:
    script = '[[say]]\nat = {kind = "set", rep = 3}\nafter_s = 1.5\ntext = "how many left"\n'
    _, log = rehearsed(tmp_path, "bands", script=script)
    second = next(e["t"] for e in log if e["event"] == "rep" and e["n"] == 2)
    asked = next(e for e in log if e["event"] == "heard" and e["command"] == "how_many_left")
    assert 1.4 < asked["word_end_t"] - second < 4.0


def test_a_moment_in_an_exercise_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "script.toml"
    path.write_text('[[say]]\nat = {exercise = "bird-dog"}\ntext = "next"\n')
    done = coach(tmp_path, "rehearse", "bands", "--by-text", "--script", str(path))
    assert done.returncode == 2
    assert "bird-dog" in done.stderr


def coach(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([COACH, *arguments], capture_output=True, text=True, timeout=600, cwd=folder)


SHORT = """\
[[say]]
at = {kind = "welcome"}
after_s = 2
text = "next"

[[say]]
at = {kind = "setup"}
after_s = 6
text = "next"

[[say]]
at = {kind = "set"}
after_s = 6
text = "pause"

[[say]]
at = {state = "paused"}
after_s = 3
text = "continue"
"""


def rehearsed_aloud(folder: Path, name: str) -> None:
    """Rehearse with sound; the log and the recording of the room get this name."""
    (folder / "script.toml").write_text(SHORT)
    done = coach(
        folder, "rehearse", str(DATA / "brief.toml"), "--script", "script.toml", "--plain",
        "--ears", "moonshine", "--log", f"{name}.jsonl", "--room", f"{name}.wav",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert f"{name}.jsonl" in done.stdout
    assert f"{name}.wav" in done.stdout


def test_she_is_understood_from_sound(tmp_path: Path) -> None:
    rehearsed_aloud(tmp_path, "a")
    assert {"next", "pause", "resume", "ready"} <= set(commands(entries(tmp_path / "a.jsonl")))
    with wave.open(str(tmp_path / "a.wav")) as room:
        length_s = room.getnframes() / room.getframerate()
    assert abs(length_s - entries(tmp_path / "a.jsonl")[-1]["t"]) < 0.1


@pytest.mark.slow  # twice the test before; that what is heard never hangs on the machine is in hearing/test_lockstep
def test_two_rehearsals_with_sound_are_the_same(tmp_path: Path) -> None:
    for name in ("a", "b"):
        rehearsed_aloud(tmp_path, name)
    logs = [(tmp_path / f"{name}.jsonl").read_text("utf-8").splitlines()[1:] for name in ("a", "b")]
    assert logs[0] == logs[1]
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_two_rehearsals_by_text_are_the_same(tmp_path: Path) -> None:
    script = '[[say]]\nat = {kind = "set", rep = 1}\nafter_s = 1\ntext = "how many left"\n'
    (_, first), (_, second) = (rehearsed(tmp_path, "bands", script=script, reps=1) for _ in range(2))
    assert first[1:] == second[1:]
