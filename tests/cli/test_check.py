"""`coach check FILE`: a line for every mistake, and an exit code that says so."""

import json
from pathlib import Path

import pytest

from coach.cli.main import main

BAD = 'name = "Mine"\n\n[[block]]\nexercise = "bird-dgo"\nsets = 9\nreps = 10\n'


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(list(arguments))
    except SystemExit as ended:
        code = int(ended.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_a_good_file_is_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BAD.replace("bird-dgo", "bird-dog").replace("9", "1"), encoding="utf-8")
    code, told, wrong = run(capsys, "check", str(path))
    first, *cares = told.splitlines()
    assert (code, first, wrong) == (0, f"{path}: fine", "")
    assert all(line.startswith("take care: ") for line in cares)


def test_every_mistake_is_a_line_and_the_exit_code_is_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BAD, encoding="utf-8")
    code, out, _ = run(capsys, "check", str(path))
    assert code == 2
    assert out.splitlines() == [
        f"{path}:4: block.exercise: there is no exercise 'bird-dgo'; did you mean bird-dog?",
        f"{path}:5: block.sets: is 9; allowed: 1 to 5",
    ]


def test_json_has_file_line_key_and_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BAD, encoding="utf-8")
    code, out, _ = run(capsys, "check", str(path), "--json")
    problems = json.loads(out)
    assert code == 2
    assert [list(problem) for problem in problems] == [["file", "line", "key", "message"]] * 2
    assert [problem["line"] for problem in problems] == [4, 5]


def test_no_problems_are_an_empty_array(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BAD.replace("bird-dgo", "bird-dog").replace("9", "1"), encoding="utf-8")
    assert run(capsys, "check", str(path), "--json")[:2] == (0, "[]\n")


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", str(tmp_path / "none.toml"))
    assert (code, out) == (2, "")
    assert err == f"coach: {tmp_path / 'none.toml'}: no such file\n"
