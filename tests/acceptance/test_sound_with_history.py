"""What the history costs where it matters: no sound is late for it."""

import subprocess
import sys

import pytest

from tests.support.program import environment
from tests.support.pulse import Pulse, pulse

__all__ = ["pulse"]


@pytest.mark.slow
def test_a_set_has_no_underrun_with_the_history_on(pulse: Pulse) -> None:
    command = [sys.executable, "-m", "scripts.benches", "history_live", "--reps", "2"]
    own = environment(**pulse.environment)
    done = subprocess.run(command, env=own, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "with the history:    2 reps" in done.stdout
