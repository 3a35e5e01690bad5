"""The terminal itself, captured at four sizes while a rehearsal runs in it."""

import contextlib
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.test_run import COACH

SIZES = [(40, 15), (60, 20), (80, 24), (200, 55)]


class Tmux:
    """A terminal of a size, on a server of its own."""

    def __init__(self, folder: Path, columns: int, rows: int) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("NOT TESTED: the terminal at four sizes. There is no tmux here")
        self._server = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
        environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state"), "LANG": "C.UTF-8", "TERM": "xterm"}
        environment.pop("TMUX", None)
        self._environment = environment
        self.run("new-session", "-d", "-x", str(columns), "-y", str(rows), "bash", "--norc")
        self.run("set", "-g", "status", "off")
        self.run("resize-window", "-x", str(columns), "-y", str(rows))

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [*self._server, *command], env=self._environment, capture_output=True, text=True, timeout=20
        )
        return done.stdout

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)

    def captured(self) -> list[str]:
        return self.run("capture-pane", "-p").rstrip("\n").split("\n")

    def wait(self, text: str, seconds: float = 60.0) -> list[str]:
        until = time.monotonic() + seconds
        while text not in "\n".join(lines := self.captured()):
            assert time.monotonic() < until, "\n".join(lines)
            time.sleep(0.1)
        return lines

    def pressing(self, key: str, text: str) -> list[str]:
        """Press a key once a second until a text is shown; return the lines."""
        for _ in range(20):
            self.keys(key)
            with contextlib.suppress(AssertionError):
                return self.wait(text, 1.0)
        return self.wait(text)

    def close(self) -> None:
        self.run("kill-server")


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_set_is_whole_and_half_of_it_is_the_count(tmp_path: Path, columns: int, rows: int) -> None:
    terminal = Tmux(tmp_path, columns, rows)
    try:
        terminal.keys(
            f"cd {tmp_path}; clear; {COACH} run bands --speaker out.wav --screen --reps 3 --no-warm-up --no-balance",
            "Enter",
        )
        terminal.wait("q end")
        lines = terminal.pressing("Enter", " of 3")  # past the question, the welcome and the set-up
        assert len(lines) <= rows
        assert max(map(len, lines)) <= columns
        assert sum(any(block in line for block in "█▀▄") for line in lines) >= rows / 2
        assert lines[0].startswith("Horizontal abduction")
        assert lines[-1].rstrip().endswith("q end")
        terminal.keys("q")
        terminal.wait("y yes")
        terminal.keys("y")
        terminal.wait("Ended by you after", 30.0)
    finally:
        terminal.close()
