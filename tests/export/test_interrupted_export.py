"""Ctrl-C during an export: code 130, no traceback, no half file."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coach.places import cache_folder
from tests.support.killing import wait_until

COACH = [sys.executable, "-c", "import sys; from coach.cli.main import main; print('on', flush=True); sys.exit(main())"]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.mark.parametrize("after_s", [0.02, 0.15, 0.3, 0.6, 1.0, 1.5])
def test_ctrl_c_at_any_moment_ends_with_130_and_leaves_nothing(after_s: float, tmp_path: Path) -> None:
    process, out = begun(tmp_path)
    time.sleep(after_s)
    interrupt(process, out)


def test_ctrl_c_while_the_file_is_being_written_ends_with_130_and_leaves_nothing(tmp_path: Path) -> None:
    spoken_before(tmp_path)
    process, out = begun(tmp_path)
    wait_until(lambda: list(out.iterdir()), patience_s=120)
    interrupt(process, out)


def spoken_before(folder: Path) -> None:
    """Let the export find the clips that other tests have had spoken: it comes to writing at once."""
    clips = cache_folder() / "clips"
    clips.mkdir(parents=True, exist_ok=True)
    (folder / "cache" / "coach").mkdir(parents=True)
    (folder / "cache" / "coach" / "clips").symlink_to(clips)


def begun(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    """Return an export of half an hour that has just begun, and its folder.

    Its cache is a new one. With the cache of all tests it would be over before the last of the moments.
    """
    out = folder / "out"
    out.mkdir()
    process = subprocess.Popen(
        [*COACH, "export", "bands", "--sets", "3", "-o", str(out / "a.mp3")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # the test's own may be off
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    return process, out


def interrupt(process: subprocess.Popen[str], out: Path) -> None:
    process.send_signal(signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in complaints
    assert list(out.iterdir()) == []
