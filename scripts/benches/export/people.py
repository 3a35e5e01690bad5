"""What `coach batch` costs beside another build: forty people over eight routines, cold and again from the cache.

The build before encodes every file as a whole, so one file of each routine is measured and the figure multiplied.
"""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from coach.library.files import routine_ids
from scripts.benches.export.other_build import ExportBuild, ExportCost, both, children_cpu_s, export
from scripts.benches.export.row import BenchRow, at_most

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


def rows(folder: Path, people: int, before: Path) -> Iterator[BenchRow]:
    """Measure both builds on two processes; every sentence is spoken before."""
    routines, builds = shaped_routines(), both(before, folder)
    for build in builds:
        build.run(["-c", SPEAK, *routines])
    times, (old, new) = people / len(routines), builds
    past = _by_hand(old, folder, routines)
    cold = new.run(batch(folder, "cold", people, "--workers", "2"))
    warm = new.run(batch(folder, "warm", people, "--workers", "2"))
    print(f"batch: {people} people over {len(routines)}: before {past} for one of each; cold {cold}; warm {warm}")
    sizes = [path.stat().st_size for path in (folder / "now" / "coach" / "passages").rglob("*.frames")]
    print(f"batch: cache of passages: {sum(sizes) / 1e6:.0f} MB in {len(sizes)} entries")
    yield at_most("batch: cold over the build before, CPU", cold.cpu_s / (times * past.cpu_s), 0.2)
    yield at_most("batch: warm over the build before, CPU", warm.cpu_s / (times * past.cpu_s), 0.02, digits=3)
    yield at_most("batch: cold over the build before, time", cold.wall_s / (times * past.wall_s), 0.2)
    yield at_most("batch: warm over the build before, time", warm.wall_s / (times * past.wall_s), 0.02, digits=3)


def shaped_routines() -> list[str]:
    """Return the routines, each with its rests and with another one, as a list names them."""
    return [f"{name},{rest}" for name in routine_ids() for rest in RESTS_S]


def batch(folder: Path, name: str, people: int, *options: str) -> list[str]:
    """Return the arguments of Python that make a file for everybody, over these routines, in a folder of that name."""
    routines, listed = shaped_routines(), folder / "people.csv"
    lines = [f"P{number},{routines[number % len(routines)]},en-us" for number in range(people)]
    listed.write_text("\n".join(["name,routine,rest,voice", *lines]) + "\n")
    return ["-m", "coach", "batch", str(listed), "-o", str(folder / name), *options]


def _by_hand(build: ExportBuild, folder: Path, routines: Sequence[str]) -> ExportCost:
    """Make a file of each routine, two at a time: that build's lists know no column for the rest."""
    began_cpu, began = children_cpu_s(), time.perf_counter()
    with ThreadPoolExecutor(2) as two:
        list(two.map(lambda each: build.run(_export(each, folder)), routines))
    return ExportCost(children_cpu_s() - began_cpu, time.perf_counter() - began)


def _export(each: str, folder: Path) -> list[str]:
    routine, rest = each.split(",")
    return export(routine, *(["--rest", rest] if rest else []), target=folder / f"{routine}{rest}.mp3")
