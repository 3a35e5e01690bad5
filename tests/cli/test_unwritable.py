"""Where nothing can be kept she trains all the same, and is told."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.support.program import COACH, environment

REHEARSAL = ("rehearse", str(Path(__file__).parents[1] / "data" / "brief.toml"), "--by-text", "--plain")


def told(
    folder: Path, *arguments: str, limit: int | None = None, changed: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Run the coach to its end; return what it printed. `limit`: no file may grow beyond so many bytes."""
    shell = ("sh", "-c", f'ulimit -f {limit // 512}; exec "$@"', "sh") if limit else ()
    done = subprocess.run(
        [*shell, *COACH, *arguments],
        cwd=folder,
        env=environment(**changed),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def no_folder(tmp_path: Path) -> str:
    """Return a path where no folder can be made."""
    (tmp_path / "file").write_text("")
    return str(tmp_path / "file" / "folder")


def test_a_state_folder_that_cannot_be_written_keeps_nobody_from_training(tmp_path: Path, no_folder: str) -> None:
    said = told(tmp_path, *REHEARSAL, changed={"XDG_STATE_HOME": no_folder})
    assert "completed" in said
    assert "this session isn't being logged" in said
    assert "\nlog: " not in said


def test_the_log_that_was_asked_for_is_kept_there_all_the_same(tmp_path: Path, no_folder: str) -> None:
    said = told(tmp_path, *REHEARSAL, "--log", "log.jsonl", changed={"XDG_STATE_HOME": no_folder})
    assert "log: log.jsonl\n" in said
    assert json.loads((tmp_path / "log.jsonl").read_text().splitlines()[-1])["event"] == "finish"


@pytest.mark.slow
def test_a_session_on_files_goes_on_without_any_folder_of_its_own(tmp_path: Path, no_folder: str) -> None:
    nowhere = {"XDG_STATE_HOME": no_folder, "XDG_DATA_HOME": no_folder}
    short = 'name = "Short"\n[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = 2\n'
    (tmp_path / "short.toml").write_text(short)
    said = told(tmp_path, "run", "short.toml", "--speaker", "./coach.wav", "--plain", changed=nowhere)
    assert "this session isn't being logged" in said
    assert "isn't being recorded" in said


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
def test_a_log_that_a_full_disk_cuts_off_is_told_and_not_named_as_the_log(tmp_path: Path) -> None:
    said = told(tmp_path, *REHEARSAL, "--log", "log.jsonl", limit=4096)
    assert "can't be written any more" in said
    assert "\nlog: " not in said
