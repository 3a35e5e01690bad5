"""On a full disk the history can still be read, what lies in its log too; writing says that the disk is full."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.training import committer
from coach.training.history import History
from coach.training.storage.connecting import is_full
from coach.training.store import open_to_write
from tests.support.training import MONDAY, write_session


def mounted(folder: Path) -> bool:
    """Put a small disk there; only root may."""
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    return os.name == "posix" and os.geteuid() == 0 and subprocess.run(command, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None or not mounted(folder):
        pytest.xfail("a small disk can't be made here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


@pytest.fixture
def history(disk: Path, tmp_path: Path) -> Path:
    """Return a history on a full disk, its last session still in the log, as after a kill."""
    made = tmp_path / "made.sqlite3"
    write_session(made, MONDAY)
    held = open_to_write(made).connection  # so that nothing is taken over from the log
    write_session(made, MONDAY)
    path = disk / "history.sqlite3"
    for tail in ("", "-wal"):
        shutil.copy(f"{made}{tail}", f"{path}{tail}")
    held.close()
    fill(disk)
    return path


def fill(disk: Path) -> None:
    """Leave no byte."""
    with (disk / "fill").open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4_096))


def test_a_full_disk_is_told_from_one_with_room(disk: Path, tmp_path: Path) -> None:
    assert not is_full(tmp_path)
    assert not is_full(disk)
    fill(disk)
    assert is_full(disk)


def test_what_lies_in_the_log_is_read_too(history: Path) -> None:
    assert history.with_name("history.sqlite3-wal").stat().st_size > 0
    assert len(list(History.open(history, MONDAY).sessions())) == 2


def test_a_history_that_another_coach_holds_is_read_from_a_copy(history: Path) -> None:
    first = History.open(history, MONDAY)
    assert len(list(first.sessions())) == len(list(History.open(history, MONDAY).sessions())) == 2


def test_writing_names_the_full_disk(
    history: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(committer, "CLOSES_S", 1.0)
    list(History.open(history, MONDAY).sessions())  # takes over what lies in the log, which makes room
    fill(history.parent)
    assert main(["plan", "--walked", "30", "--history", str(history)]) == 3
    assert "the disk is full" in capsys.readouterr().err
