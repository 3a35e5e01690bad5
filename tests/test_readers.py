"""No file that a person names ends in a traceback: it is taken, or refused in lines that name it, within bounds."""

import os
from pathlib import Path

import pytest

from coach.cli.files.people import read_people
from coach.cli.main import main
from coach.errors import InputError
from coach.library.files import load_routine
from coach.plain_file import MissingFileError, read_text
from tests.support.readers import Reader, all_readers, peak_mb, read_crafted_fingerprint, read_mutated

EACH = 180  # 2,000 in all


@pytest.fixture(scope="module")
def readers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reader]:
    return all_readers(tmp_path_factory.mktemp("readers"))


NAMES = (
    "routine", "exercise", "script", "profile", "phrases", "list", "noise", "microphone", "exported mp3",
    "exported wav", "exported m4b",
)  # fmt: skip


def test_every_reader_is_among_them(readers: dict[str, Reader]) -> None:
    assert tuple(readers) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_file_as_it_should_be_is_taken(name: str, readers: dict[str, Reader], tmp_path: Path) -> None:
    path = tmp_path / f"whole.{readers[name].ending}"
    path.write_bytes(readers[name].content)
    readers[name].read(path)


@pytest.mark.parametrize("name", NAMES)
def test_a_mutated_file_is_taken_or_refused_in_lines(name: str, readers: dict[str, Reader], tmp_path: Path) -> None:
    before_mb = peak_mb()
    for seed in range(EACH):
        read_mutated(name, readers[name], tmp_path, seed)
    assert peak_mb() - before_mb < 500


def test_a_crafted_fingerprint_is_taken_or_refused() -> None:
    for seed in range(EACH):
        read_crafted_fingerprint(seed)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_plain_file_is_refused(name: str, readers: dict[str, Reader], tmp_path: Path) -> None:
    pipe = tmp_path / f"pipe.{readers[name].ending}"
    os.mkfifo(pipe)
    zero = tmp_path / f"zero.{readers[name].ending}"
    zero.symlink_to("/dev/zero")
    for path in (pipe, zero):
        with pytest.raises(InputError, match="pipe or a device"):
            readers[name].read(path)
    folder = tmp_path / f"folder.{readers[name].ending}"
    folder.mkdir()
    with pytest.raises(InputError, match="is a folder"):
        readers[name].read(folder)


@pytest.mark.parametrize("name", ["routine", "exercise", "script", "profile", "phrases", "list"])
def test_a_text_of_gigabytes_is_refused_at_once(name: str, readers: dict[str, Reader], tmp_path: Path) -> None:
    path = tmp_path / f"huge.{readers[name].ending}"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(InputError, match=r"too large, 3000\.0 MB; the maximum is 1 MB"):
        readers[name].read(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["routine", "exercise", "script", "profile", "phrases", "list"])
def test_whatever_notepad_saves_is_read(name: str, encoding: str, readers: dict[str, Reader], tmp_path: Path) -> None:
    path = tmp_path / f"saved.{readers[name].ending}"
    path.write_bytes(readers[name].content.decode().replace("\n", "\r\n").encode(encoding))
    readers[name].read(path)


def test_a_text_that_is_none_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"a = 1\nb = '\xe9'\n")
    with pytest.raises(InputError, match=r"a\.toml:2: isn't UTF-8 text"):
        read_text(tmp_path / "a.toml")
    with pytest.raises(MissingFileError, match="no such file"):
        read_text(tmp_path / "none.toml")


DATED = "[[block]]\nexercise = 2026-11-29\nsets = 1\nreps = 10\n"


def test_a_date_for_an_exercise_names_file_line_and_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.toml").write_text(f'name = "Mine"\n{DATED}')
    assert main(["show", str(tmp_path / "mine.toml")]) == 2
    assert "mine.toml:3: block.exercise: is a date or time" in capsys.readouterr().err
    (tmp_path / "people.csv").write_text(f"name,routine\nAnna,{tmp_path / 'mine.toml'}\nBea,bands\n")
    wanted, bad = read_people(tmp_path / "people.csv")
    assert ([one.name for one in wanted], [row.line for row in bad]) == (["Bea"], [2])


@pytest.mark.parametrize("digits", [4_300, 4_301, 50_000])
def test_a_number_of_thousands_of_digits_names_its_line(tmp_path: Path, digits: int) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'name = "Mine"\n[[block]]\nexercise = "bird-dog"\nsets = {"9" * digits}\nreps = 1\n')
    with pytest.raises(InputError, match=r"mine\.toml:4: .*too many digits"):
        load_routine(str(path))
