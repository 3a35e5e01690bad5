"""`coach check FILE`: a line for every mistake, and an exit code that says so."""

import json
import shutil
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.library.files import load_routine, routine_ids
from coach.library.order import order_notes

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
    assert err == f"coach: {tmp_path / 'none.toml'}: there is no such file\n"


def routine(path: Path, *blocks: tuple[str, int]) -> Path:
    written = (f'[[block]]\nexercise = "{name}"\nsets = 1\nreps = {reps}\n' for name, reps in blocks)
    path.write_text('name = "Mine"\n' + "".join(written), encoding="utf-8")
    return path


def test_a_mistake_in_one_of_several_blocks_names_the_block(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = routine(tmp_path / "mine.toml", ("bird-dog", 10), ("back-extension", 40))
    assert run(capsys, "check", str(path))[1] == (
        f"{path}:9: block.reps: is 40; allowed: 1 to 30 (block 2, back-extension)\n"
    )


@pytest.mark.parametrize(
    ("names", "times"),
    [
        (("bird-dog", "one-arm-row", "back-extension"), 2),
        (("one-arm-row", "bird-dog", "one-arm-row", "bird-dog", "one-arm-row", "back-extension"), 3),
        (("one-arm-row", "bird-dog", "back-extension"), None),
        (("bird-dog", "back-extension", "one-arm-row"), None),
    ],
)
def test_an_order_that_goes_down_to_the_floor_twice_is_pointed_out(
    names: tuple[str, ...], times: int | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = routine(tmp_path / "mine.toml", *((name, 10) for name in names))
    code, told, _ = run(capsys, "check", str(path))
    assert (code, f"takes you down to the floor {times} times" in told) == (0, times is not None)


@pytest.mark.parametrize("name", routine_ids())
def test_no_shipped_routine_goes_down_to_the_floor_twice(name: str) -> None:
    assert order_notes(load_routine(name)) == ()


@pytest.mark.parametrize(
    ("name", "how"), [("bird-dog", 'a [[block]] with exercise = "bird-dog"'), ("own", "put it next to the routine")]
)
def test_an_exercise_is_no_routine_and_that_is_one_line(
    name: str, how: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"{name}.toml"
    shutil.copy(Path("coach/library/exercises/bird-dog.toml"), path)
    for command in (("run", str(path)), ("show", str(path)), ("plan", str(path)), ("guide", str(path), "-o", "a.html")):
        code, _, wrong = run(capsys, *command)
        assert (code, wrong.count("\n")) == (2, 1)
        assert "this is an exercise, not a routine" in wrong
        assert how in wrong
