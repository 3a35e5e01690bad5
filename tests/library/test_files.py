"""Files of one's own: read strictly, and every mistake shown at once with its line."""

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputError
from coach.library.bounds import REPS
from coach.library.files import check_file, load_exercises, load_routine
from coach.library.problem import BadFileError

GOOD = """name = "Bands only"

[[block]]
exercise = "horizontal-abduction"
sets = 1
reps = 12

[[block]]
exercise = "external-rotation"
sets = 2
reps = 12
rest = 60
phases = { open = 4 }
"""


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def found(folder: Path, text: str) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.key) for problem in check_file(write(folder, text))]


def message(folder: Path, text: str) -> str:
    (problem,) = check_file(write(folder, text))
    return problem.message


def test_a_routine_of_ones_own_is_read(tmp_path: Path) -> None:
    routine = load_routine(str(write(tmp_path, GOOD)))
    first, second = routine.blocks
    assert (routine.id, routine.name) == ("mine", "Bands only")
    assert (first.exercise.id, first.sets, first.reps, first.rest_s) == ("horizontal-abduction", 1, 12, None)
    assert second.rest_s == 60.0
    assert [phase.seconds for phase in second.exercise.phases] == [4, 1, 3]


def test_seconds_of_a_block_leave_the_exercise_itself_alone(tmp_path: Path) -> None:
    load_routine(str(write(tmp_path, GOOD)))
    assert load_exercises()["external-rotation"].phases[0].seconds == 3


def test_seconds_of_the_bird_dogs_hold_leave_the_search_for_balance_alone(tmp_path: Path) -> None:
    text = """name = "Mine"
[[block]]
exercise = "bird-dog"
sets = 1
reps = 10
phases = { hold = 5 }
"""
    phases = load_routine(str(write(tmp_path, text))).blocks[0].exercise.phases
    assert [phase.seconds for phase in phases if phase.name == "hold"] == [3, 5]


def test_a_good_file_has_no_problems(tmp_path: Path) -> None:
    assert found(tmp_path, GOOD) == []


@pytest.mark.parametrize("name", load_exercises())
def test_shipped_exercises_have_no_problems(name: str) -> None:
    folder = Path(__file__).parents[2] / "coach" / "library" / "exercises"
    assert check_file(folder / f"{name}.toml") == []


def test_every_mistake_is_shown_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    text = """name = "Mine"
colour = "red"

[[block]]
exercise = "one-arm-rwo"
sets = -1
reps = 10.0

[[block]]
exercise = "one-arm-row"
reps = 40
rest = nan
setts = 3
phases = { pul = 4, lower = 40 }
"""
    assert found(tmp_path, text) == [
        (2, "colour"),
        (5, "block.exercise"),
        (6, "block.sets"),
        (7, "block.reps"),
        (9, "block.sets"),
        (11, "block.reps"),
        (12, "block.rest"),
        (13, "block.setts"),
        (14, "block.phases.lower"),
        (14, "block.phases.pul"),
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("reps = -3", "is -3; allowed: 1 to 30"),
        ("reps = 0", "is 0; allowed: 1 to 30"),
        ("reps = 31", "is 31; allowed: 1 to 30"),
        ("reps = 15.0", "must be a whole number, not 15.0"),
        ("reps = true", "must be a whole number, not True"),
        ('reps = "3"', "must be a whole number, not '3'"),
        ("reps = 2026-01-01", "must be a whole number, not '2026-01-01'"),
        ("reps = 10\nsets = 6", "is 6; allowed: 1 to 5"),
        ("reps = 10\nrest = 14", "is 14 s; allowed: 15 to 300 s"),
        ("reps = 10\nrest = 301", "is 301 s; allowed: 15 to 300 s"),
        ("reps = 10\nrest = inf", "is inf s; allowed: 15 to 300 s"),
        ("reps = 10\nphases = { pull = 40 }", "is 40 s; allowed: 2 to 10 s"),
        ("reps = 10\nphases = { pull = 1.9 }", "is 1.9 s; allowed: 2 to 10 s"),
        ("reps = 10\nphases = { hold = 0.4 }", "is 0.4 s; allowed: 0.5 to 10 s"),
        ("reps = 10\nphases = 3", "must be a table"),
    ],
)
def test_what_is_out_of_bounds_names_what_is_allowed(tmp_path: Path, line: str, wanted: str) -> None:
    sets = "" if "sets" in line else "sets = 1\n"
    text = f'name = "Mine"\n[[block]]\nexercise = "horizontal-abduction"\n{sets}{line}\n'
    assert any(problem.message.startswith(wanted) for problem in check_file(write(tmp_path, text)))


def test_the_nearest_exercise_is_offered(tmp_path: Path) -> None:
    text = GOOD.replace("external-rotation", "external-rotatoin").replace("phases = { open = 4 }", "")
    wanted = "there is no exercise 'external-rotatoin'; did you mean external-rotation? (block 2, external-rotatoin)"
    assert message(tmp_path, text) == wanted


def test_the_nearest_key_is_offered(tmp_path: Path) -> None:
    assert "did you mean rest?" in message(tmp_path, GOOD.replace("rest = 60", "rests = 60"))


def test_a_phase_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    wanted = "external-rotation has no phase 'pull'; its phases are open, hold, return (block 2, external-rotation)"
    assert message(tmp_path, GOOD.replace("open = 4", "pull = 4")) == wanted


def test_the_nearest_routine_is_offered() -> None:
    with pytest.raises(InputError, match="did you mean spine-strength"):
        load_routine("spine-strenth")


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    ((line, _),) = found(tmp_path, 'name = "Mine"\n[[block]\nreps = 1\n')
    assert line == 2


def test_a_mark_of_the_encoding_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert check_file(path) == []


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5000, "[" * 5000, "1e999", "-inf"])
def test_absurd_values_are_a_line_too(tmp_path: Path, number: str) -> None:
    path = write(tmp_path, GOOD.replace("reps = 12", f"reps = {number}"))
    with pytest.raises(InputError) as raised:
        load_routine(str(path))
    assert all(len(line) < 200 for line in str(raised.value).replace(str(tmp_path), "").splitlines())


@given(st.data())
def test_no_damage_to_a_file_ends_in_anything_but_a_clear_line(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD) - 1))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.text("[]{}\"'=.#\n0-9ax, ", max_size=6))
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), GOOD[:at] + put + GOOD[at + cut :])
        with contextlib.suppress(InputError):
            load_routine(str(path))


def test_toml_that_ends_too_early_names_the_last_line(tmp_path: Path) -> None:
    ((line, _),) = found(tmp_path, 'name = "Mine"\nblock = [\n')
    assert line is not None
    assert line >= 2


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    assert found(tmp_path, "") == [(None, "block"), (None, "name")]


def test_a_routine_has_at_least_one_block(tmp_path: Path) -> None:
    assert message(tmp_path, 'name = "Mine"\nblock = []\n').startswith("is empty")


@pytest.mark.parametrize("name", ["absent.toml", "folder.toml", "noise.toml"])
def test_what_cannot_be_read_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "noise.toml").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(InputError) as raised:
        load_routine(str(tmp_path / name))
    assert "\n" not in str(raised.value)
    assert name in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_bad_routine_raises_all_its_mistakes_a_line_each(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("reps = 12", "reps = 99"))
    with pytest.raises(BadFileError) as raised:
        load_routine(str(path))
    lines = str(raised.value).splitlines()
    blocks = {6: "block 1, horizontal-abduction", 11: "block 2, external-rotation"}
    allowed = f"allowed: {REPS[0]} to {REPS[1]}"
    assert lines == [f"{path}:{n}: block.reps: is 99; {allowed} ({block})" for n, block in blocks.items()]


def test_an_exercise_file_is_checked_too(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "coach" / "library" / "exercises"
    text = (folder / "one-arm-row.toml").read_text("utf-8")
    bad = (
        text.replace('tags = ["hip-hinge", "balance"]', 'tags = ["hip-hing"]')
        .replace("seconds = 3", "seconds = 40", 1)
        .replace('fact = "row.pull"', 'fact = "row.pul"', 1)
        .replace('breath = "in"', 'breath = "inn"')
        .replace('when = "lower"', 'when = "lowering"')
    )
    keys = [problem.key for problem in check_file(write(tmp_path, bad))]
    assert sorted(keys) == ["avoid.when", "key.fact", "phase.breath", "phase.seconds", "tags"]


def test_tags_are_required_in_an_exercise_file(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "coach" / "library" / "exercises"
    text = (folder / "bird-dog.toml").read_text("utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("tags"))
    (problem,) = check_file(write(tmp_path, text))
    assert (problem.key, problem.message) == ("tags", "is missing")
