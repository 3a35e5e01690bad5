"""Exercises of one's own: begun, checked, listed, found by routines, trained, exported, printed; and every bad one."""

import json
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.library.exercise import Exercise
from coach.library.files import load_exercises, load_routine, own_problems, shipped_exercises
from coach.library.own.folders import id_of, own_folder
from coach.library.own.starts import StartKind, exercise_start
from coach.sound.wav import read_wav
from coach.training.people.folders import FIRST
from coach.training.people.names import add_person, find_person

ROUTINE = 'name = "Mine"\n\n[[block]]\nexercise = "{}"\nsets = 1\nreps = 2\n'


def ran(*arguments: object) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as ended:
        return int(ended.code or 0)


def begun(kind: StartKind, name: str = "Heel raise") -> Path:
    """Return the file of a new exercise in the person's folder."""
    assert ran("new", "exercise", name, "--kind", kind) == 0
    return own_folder() / f"{id_of(name)}.toml"


def routine_of(folder: Path, exercise: str = "heel-raise") -> Path:
    path = folder / "mine.toml"
    path.write_text(ROUTINE.format(exercise), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _her_own() -> None:
    find_person(None)


@pytest.mark.parametrize("kind", StartKind)
def test_one_of_each_kind_is_begun_checked_rehearsed_shown_and_printed(
    kind: StartKind, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, routine = begun(kind), routine_of(tmp_path)
    assert ran("check", file) == 0
    assert ran("check", routine) == 0
    assert ran("rehearse", routine, "--by-text", "--plain", "--no-warm-up", "--no-balance", "--no-wind-down") == 0
    out = capsys.readouterr().out
    assert "Heel raise" in out
    assert "completed" in out
    assert ran("show", routine, "--json") == 0
    segments = json.loads(capsys.readouterr().out)["segments"]
    sets = [segment for segment in segments if segment["kind"] == "set" and segment["exercise"] == "heel-raise"]
    assert [segment["side"] for segment in sets] == (["right", "left"] if kind is StartKind.TWO_SIDED else [None])
    assert ("move" in {segment["kind"] for segment in segments}) is (kind is StartKind.FLOOR)
    held = any(cue["phase"] == "hold" for segment in sets for cue in segment["cues"])
    assert held is (kind is StartKind.HELD)
    assert ran("guide", routine, "-o", tmp_path / "guide.html") == 0
    assert "no picture of this one: follow the words" in (tmp_path / "guide.html").read_text("utf-8")


def test_an_own_exercise_is_run_and_exported(tmp_path: Path) -> None:
    begun(StartKind.HELD)
    routine = routine_of(tmp_path)
    bare = ("--voice", "en-us", "--no-warm-up", "--no-balance", "--no-wind-down")
    assert ran("run", routine, "--speaker", tmp_path / "run.wav", "--plain", *bare) == 0
    assert len(read_wav(tmp_path / "run.wav")[0]) > 44_100 * 30
    assert ran("export", routine, "-o", tmp_path / "mine.wav", "--voice", "en-us") == 0
    assert (tmp_path / "mine.wav").stat().st_size > 1_000_000


def test_an_exercise_beside_a_routine_is_found(tmp_path: Path) -> None:
    (tmp_path / "heel-raise.toml").write_text(exercise_start("Heel raise", StartKind.MOVING), encoding="utf-8")
    (block,) = load_routine(str(routine_of(tmp_path))).blocks
    assert block.exercise.name == "Heel raise"
    assert isinstance(load_exercises()["heel-raise"], Exercise)


def test_a_new_routine_passes_the_check_and_is_never_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    begun(StartKind.MOVING)
    assert ran("new", "routine", "My mornings", "--with", "heel-raise") == 0
    assert ran("check", "my-mornings.toml") == 0
    capsys.readouterr()
    assert ran("new", "routine", "My mornings") == 2
    assert "already exists" in capsys.readouterr().err
    assert ran("new", "exercise", "Heel raise") == 2
    assert "already exists" in capsys.readouterr().err


def test_own_exercises_are_listed_after_the_coach_s_and_the_folder_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    begun(StartKind.MOVING)
    capsys.readouterr()
    assert ran("exercises", "--json") == 0
    ids = [row["id"] for row in json.loads(capsys.readouterr().out)]
    assert ids == [*shipped_exercises(), "heel-raise"]
    assert ran("exercises", "--folder") == 0
    assert capsys.readouterr().out.strip() == str(FIRST.exercises) == str(own_folder())


def test_everybody_has_exercises_of_her_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    add_person("Bea")
    assert ran("new", "exercise", "Heel raise", "--for", "Bea") == 0
    routine = routine_of(tmp_path)
    assert ran("check", routine, "--for", "Bea") == 0
    assert ran("check", routine) == 2
    assert "there is no exercise 'heel-raise'" in capsys.readouterr().out
    assert not FIRST.exercises.exists()


def test_half_an_exercise_is_told_with_its_lines_and_spoils_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = begun(StartKind.MOVING)
    file.write_text("".join(file.read_text("utf-8").partition("[[phase]]")[0]), encoding="utf-8")
    capsys.readouterr()
    assert ran("exercises") == 0
    assert f"{file}" in capsys.readouterr().err
    assert ran("show", "bands") == 0
    capsys.readouterr()
    assert ran("rehearse", routine_of(tmp_path), "--by-text", "--plain") == 2
    error = capsys.readouterr().err
    assert f"{file}: phase: is missing" in error
    assert "Traceback" not in error


def test_two_of_one_name_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = begun(StartKind.MOVING)
    (tmp_path / "heel-raise.toml").write_text(file.read_text("utf-8"), encoding="utf-8")
    assert ran("rehearse", routine_of(tmp_path), "--by-text", "--plain") == 2
    assert "two exercises are called 'heel-raise'" in capsys.readouterr().err


@pytest.mark.parametrize("beside", [True, False])
def test_one_that_would_hide_the_coach_s_own_is_refused(
    beside: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path if beside else own_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "bird-dog.toml"
    file.write_text(exercise_start("Mine", StartKind.FLOOR), encoding="utf-8")
    assert ran("check", file) == 2
    assert ran("rehearse", routine_of(tmp_path, "bird-dog"), "--by-text", "--plain") == 2
    told = capsys.readouterr()
    assert (told.out + told.err).count("would replace the coach's own bird-dog; give it a different name") == 2
    assert ran("show", "floor") == 0
    assert load_exercises()["bird-dog"].name != "Mine"


@pytest.mark.parametrize("name", ["Heel_Raise", "heel raise", "Übung"])
def test_a_file_s_name_that_is_no_id_is_told(name: str) -> None:
    own_folder().mkdir(parents=True)
    (own_folder() / f"{name}.toml").write_text(exercise_start("Mine", StartKind.MOVING), encoding="utf-8")
    (problem,) = own_problems()
    assert "lower-case letters, digits and hyphens" in problem
    assert set(load_exercises()) == set(shipped_exercises())


@pytest.mark.parametrize("name", ["", "///", "x" * 61, "Übü"[:1]])
def test_a_name_without_a_file_s_name_is_one_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("new", "exercise", name) == 2
    assert "can't be used as a file name" in capsys.readouterr().err


def test_a_name_with_quotes_and_odd_letters_is_written_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "odd.toml"
    assert ran("new", "exercise", 'The "tall" \\ one {side}', "-o", target) == 0
    assert ran("check", target) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("exercise", "A", "--kind", "odd"), "one of moving, held, two-sided, floor"),
        (("routine", "A", "--with", "bird-dgo"), "did you mean bird-dog"),
        (("exercise", "A", "-o", "a.txt"), "must end in .toml"),
        (("exercise", "A", "-o", "/dev/null/a.toml"), "can't be written"),
    ],
)
def test_what_can_t_be_begun_is_one_line(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran("new", *arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
