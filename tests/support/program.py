"""The coach as a program of its own or within the test, and how long a run of acceptance may be made."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

from coach.cli.main import main

ROOT = Path(__file__).parents[2]
COACH = (sys.executable, "-m", "coach")


def environment(**changed: str) -> dict[str, str]:
    """Return the environment in which `COACH` is this checkout's, wherever it is started."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", **changed}


def in_process(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the coach within the test: for a rule that is about no process it saves the start of one."""
    out, errors, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        try:
            code = main(list(arguments))
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), errors.getvalue())


def times(usual: int) -> int:
    """Return how often something is tried; COACH_TIMES asks for more."""
    return int(os.environ.get("COACH_TIMES", usual))


def seed() -> int:
    """Return the seed of what is random: COACH_SEED."""
    return int(os.environ.get("COACH_SEED", 1))
