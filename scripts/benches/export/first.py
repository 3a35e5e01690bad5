"""A first export beside another build, with nothing cached: time and memory. Both take turns; ratios are of one run."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.benches.export.other_build import Build, Cost, both, export
from scripts.benches.export.row import Row, at_most

ROUNDS = 3


def rows(routine_id: str, folder: Path, before: Path) -> Iterator[Row]:
    """Measure how long it takes."""
    costs = [[_first(build, routine_id, folder) for build in both(before, folder)] for _ in range(ROUNDS)]
    for past, now in costs:
        print(f"first: before {past}, now {now}", flush=True)
    wall, cpu = (
        statistics.median(getattr(now, name) / getattr(past, name) for past, now in costs)
        for name in ("wall_s", "cpu_s")
    )
    yield at_most(f"first export over the build before, CPU, middle of {ROUNDS}", cpu, 1.0)
    yield at_most(f"first export over the build before, time, middle of {ROUNDS}", wall, 1.0)


def _first(build: Build, routine_id: str, folder: Path) -> Cost:
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        return Build(build.checkout, Path(empty)).run(export(routine_id, target=Path(empty, "first.mp3")))


def memory_rows(routine_id: str, folder: Path, before: Path) -> Iterator[Row]:
    """Measure what it holds in memory, and what the next export holds."""
    past, now = ([build.peaks(export(routine_id, target=folder / "peaks.mp3")) for _ in range(2)]
                 for build in both(before, folder))  # fmt: skip
    for name, was, is_ in zip(("nothing cached", "the same again"), past, now, strict=True):
        print(f"memory, {name}: before {was}, now {is_}")
        yield at_most(f"memory over the build before, largest process, {name}", is_.largest_mb / was.largest_mb, 1.0)
        yield at_most(f"memory over the build before, all processes, {name}", is_.together_mb / was.together_mb, 1.0)
