"""`routines`, `exercises`, `show`: what they print, and that they are quick and need nothing."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_check import run


def bare(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, with no PATH at all."""
    environment = {key: value for key, value in os.environ.items() if key in ("SYSTEMROOT", "TMPDIR")}
    command = [sys.executable, "-c", "import sys; from coach.cli.main import main; sys.exit(main())", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def test_routines_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "routines", "--json")
    found = json.loads(out)
    assert code == 0
    assert [list(entry) for entry in found] == [["id", "name", "exercises", "length_s"]] * 4
    assert found[0]["id"] == "spine-strength"
    assert len(found[0]["exercises"]) == 5
    assert 15 * 60 < found[0]["length_s"] < 38 * 60
    assert all(round(entry["length_s"], 3) == entry["length_s"] for entry in found)


def test_exercises_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "exercises", "--json")
    found = {entry["id"]: entry for entry in json.loads(out)}
    keys = ["id", "name", "equipment", "position", "sides", "variant_of", "tags"]
    assert code == 0
    assert all(list(entry) == keys for entry in found.values())
    assert found["back-extension"]["variant_of"] is None
    assert found["back-extension-arms"]["variant_of"] == "back-extension"


def test_show_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "bands", "--json")
    shown = json.loads(out)
    keys = ["index", "kind", "title", "exercise", "side", "set", "position", "length_s", "cues"]
    assert code == 0
    assert list(shown) == ["routine", "length_s", "segments"]
    assert all(list(segment) == keys for segment in shown["segments"])
    assert [segment["index"] for segment in shown["segments"]] == list(range(1, len(shown["segments"]) + 1))
    cues = [cue for segment in shown["segments"] for cue in segment["cues"]]
    assert all(list(cue) == ["t", "kind", "text", "phase", "breath"] for cue in cues)
    assert {cue["breath"] for cue in cues} == {None, "in", "out", "free"}


def test_show_prints_the_timeline(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "spine-strength")
    assert code == 0
    assert out.startswith("Spine strength · five exercises, one set of ten · about ")
    assert "One. Breathe out and pull up." in out


def test_show_takes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "Mine"\n[[block]]\nexercise = "bird-dog"\nsets = 1\nreps = 3\n', encoding="utf-8")
    code, out, _ = run(capsys, "show", str(path))
    assert code == 0
    assert out.startswith("Mine · one exercise, one set of three")


def test_an_unknown_routine_is_one_line_with_the_nearest_names(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "spine-strenth")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "did you mean spine-strength" in err


@pytest.mark.parametrize("command", ["routines", "exercises", "show", "check"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, command, "--help")
    assert code == 0
    assert f"coach {command}" in out


@pytest.mark.parametrize(
    "command", ["routines", "exercises", "show spine-strength", "commands --json", "commands --help", "--help"]
)
def test_listings_need_no_path_and_stay_quick(command: str) -> None:
    """As quick as a few bare interpreters: no absolute time, machines differ."""

    def interpreter() -> None:
        subprocess.run([sys.executable, "-c", "import pydantic, typer"], check=True)

    def listing() -> None:
        done = bare(*command.split())
        assert done.returncode == 0, done.stderr

    # Turn about, for the machine's other work takes its share of both.
    assert any(_timed(listing) < 5 * _timed(interpreter) + 0.1 for _ in range(5))


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_listings_import_no_numpy() -> None:
    code = (
        "import sys; from coach.cli.main import main\n"
        "for arguments in (['routines'], ['exercises'], ['show', 'bands']):\n"
        "    try: main(arguments)\n"
        "    except SystemExit: pass\n"
        "print('numpy' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "False"
