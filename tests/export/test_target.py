"""Where an export goes: what is refused before any work, and that a file is whole or not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.export.target import agreed_format, checked, checked_folder, written_whole


@pytest.mark.parametrize("name", ["a.ogg", "a", "a.mp3.txt", ".mp3"])
def test_an_ending_that_is_no_format_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(
        InputError,
        match=r"(can be written here|no extension); use a name that ends in \.mp3, \.m4b or \.wav",
    ):
        checked(tmp_path / name)


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").mkdir()
    with pytest.raises(InputError, match="is a folder; name a file in it"):
        checked(tmp_path / "a.mp3")
    with pytest.raises(InputError, match="there is no folder"):
        checked(tmp_path / "none" / "a.mp3")


def test_a_read_only_target_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.mp3").write_bytes(b"mine")
    (tmp_path / "a.mp3").chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, _mode: bool(Path(path).stat().st_mode & 0o200))  # root may all
    with pytest.raises(InputError, match="is read-only"):
        checked(tmp_path / "a.mp3")


def test_written_whole_puts_in_place_only_at_the_end(tmp_path: Path) -> None:
    with written_whole(tmp_path / "a.mp3") as beside:
        beside.write_bytes(b"new")
        assert not (tmp_path / "a.mp3").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.mp3"]


@pytest.mark.parametrize(
    ("name", "wanted", "says"),
    [
        ("a.mp3", "wav", "--format wav doesn't match"),
        ("a", "m4b", r"--format m4b doesn't match .*; use a name that ends in \.m4b"),
        ("a.ogg", None, r"a.ogg: \.ogg isn't a format"),
        ("a.ogg", "ogg", "--format ogg: choose one of mp3, m4b, wav"),
    ],
)
def test_a_format_that_contradicts_the_ending_is_refused(name: str, wanted: str | None, says: str) -> None:
    with pytest.raises(InputError, match=says):
        agreed_format(Path(name), wanted)


def test_the_ending_says_the_format_in_any_case() -> None:
    assert agreed_format(Path("a.MP3"), None) == "mp3"
    assert agreed_format(Path("a.M4b"), "m4b") == "m4b"


def test_tracks_want_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert checked_folder(tmp_path, None) == "mp3"
    assert checked_folder(tmp_path / "new", "wav") == "wav"
    for name, wanted, says in [
        ("file", None, "the output is a folder"),
        ("a.mp3", None, "the output is a folder"),
        ("none/new", None, "there is no folder"),
        ("new", "m4b", "with --split, choose mp3 or wav"),
    ]:
        with pytest.raises(InputError, match=says):
            checked_folder(tmp_path / name, wanted)


@pytest.mark.skipif(os.name != "posix", reason="asks for processes as POSIX does")
def test_what_a_killed_run_left_is_swept_and_what_a_running_one_writes_is_not(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, other = tmp_path / f".a.mp3.{gone.pid}-00ff.part", tmp_path / f".b.mp3.{gone.pid}-00ff.part"
    written = tmp_path / f".a.mp3.{os.getpid()}-00ff.part"
    for path in (left, other, written):
        path.touch()
    with written_whole(tmp_path / "a.mp3") as beside:
        beside.write_bytes(b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["a.mp3", other.name, written.name])
