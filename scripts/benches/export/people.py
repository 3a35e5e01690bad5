"""What `coach batch` costs beside another build: forty people over eight routines, cold and again from the cache.

The build before encodes every file as a whole, so one file of each routine is measured and the figure multiplied.
"""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from coach.library.files import routine_ids
from scripts.benches.export.row import Row, at_most
from scripts.named import ROOT

RESTS_S = ("", "75")
SPEAK = """
import sys
from functools import partial
from coach.export.order import spoken_timeline
from coach.library.files import load_routine
from coach.speech.choose import open_clips
from coach.timeline.step import Shape
clips = open_clips("en-us")
for argument in sys.argv[1:]:
    name, rest = argument.split(",")
    shape = Shape(rest_s=float(rest) if rest else None)
    spoken_timeline(load_routine(name), shape, clips, partial(open_clips, "en-us"), lambda _done, _of: None)
clips.close()
"""


@dataclass(frozen=True, slots=True)
class Spent:
    cpu_s: float
    wall_s: float

    def __str__(self) -> str:
        return f"{self.cpu_s:.1f} s CPU, {self.wall_s:.1f} s"


def rows(folder: Path, people: int, before: Path) -> Iterator[Row]:
    """Measure both builds on two processes; every sentence is spoken before."""
    routines = [f"{name},{rest}" for name in routine_ids() for rest in RESTS_S]
    for build in (before, ROOT):
        _run(build, folder, ["-c", SPEAK, *routines])
    times = people / len(routines)
    past = _batch(before, folder, "before", routines, by_hand=True)
    cold = _batch(ROOT, folder, "cold", [routines[number % len(routines)] for number in range(people)])
    warm = _batch(ROOT, folder, "warm", [routines[number % len(routines)] for number in range(people)])
    print(f"batch: {people} people over {len(routines)}: before {past} for one of each; cold {cold}; warm {warm}")
    sizes = [path.stat().st_size for path in (folder / "now" / "coach" / "passages").rglob("*.frames")]
    print(f"batch: cache of passages: {sum(sizes) / 1e6:.0f} MB in {len(sizes)} entries")
    yield at_most("batch: cold over the build before, CPU", cold.cpu_s / (times * past.cpu_s), 0.2)
    yield at_most("batch: warm over the build before, CPU", warm.cpu_s / (times * past.cpu_s), 0.02, digits=3)
    yield at_most("batch: cold over the build before, time", cold.wall_s / (times * past.wall_s), 0.2)
    yield at_most("batch: warm over the build before, time", warm.wall_s / (times * past.wall_s), 0.02, digits=3)


def _batch(build: Path, folder: Path, name: str, routines: Sequence[str], *, by_hand: bool = False) -> Spent:
    """Make a file for everybody. `by_hand`: the build's lists know no column for the rest, so its export is run."""
    began_cpu, began = _cpu_s(), time.perf_counter()
    if by_hand:
        with ThreadPoolExecutor(2) as two:
            list(two.map(lambda each: _run(build, folder, ["-m", "coach", *_export(each, folder)]), routines))
    else:
        people = folder / "people.csv"
        lines = [f"P{number},{each},en-us" for number, each in enumerate(routines)]
        people.write_text("\n".join(["name,routine,rest,voice", *lines]) + "\n")
        _run(build, folder, ["-m", "coach", "batch", str(people), "-o", str(folder / name), "--workers", "2"])
    return Spent(_cpu_s() - began_cpu, time.perf_counter() - began)


def _export(each: str, folder: Path) -> list[str]:
    routine, rest = each.split(",")
    target = folder / f"{routine}{rest}.mp3"
    return ["export", routine, "-o", str(target), "--voice", "en-us", *(["--rest", rest] if rest else [])]


def _run(build: Path, folder: Path, arguments: list[str]) -> None:
    cache = folder / ("now" if build == ROOT else "before")
    own = {"XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(cache / "data"), "XDG_CONFIG_HOME": str(cache / "config")}
    environment = {**os.environ, **own, "PYTHONPATH": str(build), "PYTHONSAFEPATH": "1"}
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment, cwd=build)


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
