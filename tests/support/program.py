"""The coach as a program of its own, and how long a run of acceptance may be made."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COACH = (sys.executable, "-m", "coach")


def environment(**changed: str) -> dict[str, str]:
    """Return the environment in which `COACH` is this checkout's, wherever it is started."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", **changed}


def times(usual: int) -> int:
    """Return how often something is tried; COACH_TIMES asks for more."""
    return int(os.environ.get("COACH_TIMES", usual))


def seed() -> int:
    """Return the seed of what is random: COACH_SEED."""
    return int(os.environ.get("COACH_SEED", 1))
