"""What the history costs where it matters: no sound is late for it, and no kill loses more than the rep in progress."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.pulse import Pulse, pulse

__all__ = ["pulse"]

SCRIPTS = Path(__file__).parents[2] / "scripts"


def script(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(SCRIPTS / name), *arguments]
    own = {**os.environ, "PYTHONPATH": str(SCRIPTS.parent), **environment}
    return subprocess.run(command, env=own, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.slow
def test_a_set_has_no_underrun_with_the_history_on(pulse: Pulse) -> None:
    done = script("bench_history_live", "--reps", "2", **pulse.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "with the history:    2 reps" in done.stdout


@pytest.mark.slow
def test_killed_sessions_lose_nothing_and_are_finished_by_resume() -> None:
    done = script("bench_kills", "--kills", "4")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "4 kills: 0 problems" in done.stdout
