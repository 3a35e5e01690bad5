"""A terminal that is closed, or a pipe that nobody reads any more, ends nothing with a traceback."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.program import COACH, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
LONG = ("rehearse", "spine-strength", "--by-text")
PATIENCE_S = 60.0
ON_A_TERMINAL = "import fcntl, os, sys, termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
ON_A_TERMINAL += "os.execv(sys.argv[1], sys.argv[1:])"


def closed_after_its_first_words(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the coach on a terminal of its own, close that as soon as it shows something; return exit code and stderr."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", ON_A_TERMINAL, *COACH, *arguments]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, cwd=folder, env=environment(TERM="xterm")
    ) as program:
        os.close(theirs)
        shown = b""
        until = time.monotonic() + PATIENCE_S
        while len(shown) < 2_000 and time.monotonic() < until:
            if select.select([ours], [], [], 0.1)[0]:
                shown += os.read(ours, 65_536)
        os.close(ours)
        _, told = program.communicate(timeout=PATIENCE_S)
    return program.returncode, told.decode()


@pytest.mark.parametrize("view", [(), ("--plain",)])
def test_a_closed_terminal_ends_a_session_as_ctrl_c_does(view: tuple[str, ...], tmp_path: Path) -> None:
    code, told = closed_after_its_first_words(tmp_path, *LONG, "--log", "log.jsonl", *view)
    assert (code, told) == (130, "")
    assert '"reason": "interrupted"' in (tmp_path / "log.jsonl").read_text().splitlines()[-1]


@pytest.mark.slow
def test_a_session_goes_on_when_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    command = [*COACH, *LONG, "--plain", "--log", "log.jsonl"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path, env=environment()
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        program.stdout.close()
        assert program.stderr is not None
        told = program.stderr.read()
        assert program.wait(PATIENCE_S) == 0
    assert told == b""
    assert '"reason": "completed"' in (tmp_path / "log.jsonl").read_text().splitlines()[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_under_a_listing_is_no_success() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COACH, "exercises"], stdout=full, stderr=subprocess.DEVNULL, env=environment(), check=False
        )
    assert done.returncode != 0
