"""Measure what a bare machine waits for: set-up's seconds and MB, and the first spoken word after it, nothing cached.

Each line is a clean checkout with an empty package cache: this commit, this commit with --small, and --before REV.
What comes from an index on this machine is not fetched, and not counted: nan. Exit 1 where the small one is larger than
before, or the first word comes later.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path

from scripts.named import ROOT, options

PATIENCE_S = 3600
SLACK = 1.02
"""Of the size before: package versions move on between two runs."""
WORD_SLACK_S = 0.5
"""The clock of one first word on a busy machine is not better than this."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What one set-up took."""

    name: str
    seconds: float
    fetched_mb: float
    installed_mb: float
    first_word_s: float
    said: str

    @property
    def row(self) -> str:
        """Return it as a line of the table."""
        return (
            f"| {self.name} | {self.seconds:.0f} s | {self.fetched_mb or nan:.0f} MB | {self.installed_mb:.0f} MB "
            f"| {self.first_word_s:.2f} s |"
        )


def measured(name: str, revision: str, *arguments: str) -> SetUp:
    """Set up a clean checkout and let it say its first word."""
    with tempfile.TemporaryDirectory() as folder:
        place, fetched, cache = Path(folder, "coach"), Path(folder, "fetched"), Path(folder, "cache")
        subprocess.run(["git", "clone", "-q", "--no-checkout", str(ROOT), str(place)], check=True)
        subprocess.run(["git", "checkout", "-q", revision], cwd=place, check=True)
        kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONSAFEPATH")}
        env = {**kept, "PIP_CACHE_DIR": str(fetched), "PIP_NO_CACHE_DIR": "0", "XDG_CACHE_HOME": str(cache)}
        began = time.monotonic()
        done = subprocess.run(
            ["scripts/setup", *arguments], cwd=place, env=env, capture_output=True, text=True, timeout=PATIENCE_S
        )
        if done.returncode:
            sys.exit(f"{name}: set-up ended with {done.returncode}\n{done.stdout}{done.stderr}")
        seconds = time.monotonic() - began
        said = " ".join(f"{done.stdout} {done.stderr}".split())
        return SetUp(name, seconds, _mb(fetched), _mb(place / ".venv"), _first_word_s(place, env), said)


def _first_word_s(place: Path, env: dict[str, str]) -> float:
    command = [".venv/bin/python", "-m", "scripts.benches", "voice", "--session", str(time.time()), "--seconds", "8"]
    done = subprocess.run(command, cwd=place, env=env, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1])["first_word_s"])


def _mb(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def main(arguments: Sequence[str]) -> int:
    """Measure and print; exit 1 where it became worse."""
    parser = options("bench setup", __doc__)
    parser.add_argument("--before", metavar="REV", help="a commit to stand beside it")
    chosen = parser.parse_args(arguments)
    if shutil.which("git") is None:
        sys.exit("bench setup: git is missing, and it measures a clean checkout")
    now, small = measured("now", "HEAD"), measured("now, --small", "HEAD", "--small")
    before = measured(f"before ({chosen.before})", chosen.before) if chosen.before else None
    print("| set-up | takes | fetches | on the disk | first word, nothing cached |\n|---|---|---|---|---|")
    for each in filter(None, (before, now, small)):
        print(each.row)
    print(f"it said: {now.said}\n--small said: {small.said}")
    if before is None:
        return 0
    larger = small.installed_mb > before.installed_mb * SLACK
    return int(larger or now.first_word_s > before.first_word_s + WORD_SLACK_S)
