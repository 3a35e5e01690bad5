"""Start Python processes of our own: they take no module from the folder that one happens to stand in."""

import os
import sys

APART = "PYTHONSAFEPATH"


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python with these arguments; a `numpy.py` that lies about is not run."""
    return [sys.executable, "-P", *arguments]


def keep_pools_apart() -> None:
    """Let the processes of a pool, which nobody gives arguments, leave the working folder alone too."""
    os.environ[APART] = "1"


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
