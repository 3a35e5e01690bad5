"""What an export costs once its passages are encoded, beside another build: a checkout of an earlier commit.

Both are run as a user runs them, one after the other, each with a cache of its own. Ratios are of one run.
"""

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.benches.export.memory import MEASURED
from scripts.benches.export.row import Row, at_most
from scripts.named import ROOT

VOICE = ["--voice", "en-us"]
RUNS = ("first", "again", "rest", "reps")


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_s: float
    wall_s: float
    peak_mb: float

    def __str__(self) -> str:
        return f"{self.cpu_s:.2f} s CPU, {self.wall_s:.1f} s, {self.peak_mb:.0f} MB"


def rows(routine_id: str, folder: Path, before: Path) -> Iterator[Row]:
    """Measure both builds."""
    costs = {name: _costs(routine_id, folder, build) for name, build in (("before", before), ("now", ROOT))}
    for run in RUNS:
        print(f"{run}: {'; '.join(f'{name} {each[run]}' for name, each in costs.items())}")
    past, now = costs["before"], costs["now"]
    yield at_most("the same again over the build before, CPU", now["again"].cpu_s / past["again"].cpu_s, 0.08)
    yield at_most("another rest over the build before, CPU", now["rest"].cpu_s / past["rest"].cpu_s, 0.2)
    yield at_most("two more reps over the build before, CPU", now["reps"].cpu_s / past["reps"].cpu_s, 0.2)
    yield at_most("first export over the build before, time", now["first"].wall_s / past["first"].wall_s, 1.0)
    peak_mb, past_mb = (max(each.peak_mb for each in build.values()) for build in (now, past))
    yield at_most("peak memory over the build before", peak_mb / past_mb, 1.0)
    sizes = sum(path.stat().st_size for path in (folder / "now" / "coach" / "passages").rglob("*.frames"))
    print(f"cache of passages: {sizes / 1e6:.1f} MB")


def _costs(routine_id: str, folder: Path, build: Path) -> Mapping[str, Cost]:
    cache = folder / ("now" if build == ROOT else "before")
    more = folder / "more.toml"
    more.write_text(_two_more_reps(ROOT / "coach" / "library" / "routines" / f"{routine_id}.toml"))
    target = ["-o", str(folder / "once.mp3")]
    runs = {
        "first": [routine_id],
        "again": [routine_id],
        "rest": [routine_id, "--rest", "75"],
        "reps": [str(more)],
    }
    return {name: _cost(["export", *runs[name], *target, *VOICE], build, cache) for name in RUNS}


def _cost(arguments: list[str], build: Path, cache: Path) -> Cost:
    own = {"XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(cache / "data"), "XDG_CONFIG_HOME": str(cache / "config")}
    environment = {**os.environ, **own, "PYTHONPATH": str(build), "PYTHONSAFEPATH": "1"}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", MEASURED, *arguments]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=build)
    after, wall_s = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - began
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu_s, wall_s, float(ended.stdout.splitlines()[-1]))


def _two_more_reps(routine: Path) -> str:
    """Return a routine's text with two more reps in its first exercise."""
    head, reps, tail = re.split(r"(?m)^reps = (\d+)$", routine.read_text("utf-8"), maxsplit=1)
    return f"{head}reps = {int(reps) + 2}{tail}"
