"""A first export beside another build, with nothing cached: time and memory. Both take turns; ratios are of one run."""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import mutagen

from scripts.benches.export.other_build import ExportBuild, ExportCost, both, export
from scripts.benches.export.row import BenchRow, at_most

ROUNDS = 5
WARM_UP = ("bands", "--sets", "1", "--reps", "1")


@dataclass(frozen=True, slots=True)
class First:
    cost: ExportCost
    sound_s: float
    """Of its file: a routine may have grown from build to build."""

    def __str__(self) -> str:
        return f"{self.cost} for {self.sound_s:.0f} s of sound"


def rows(routine_id: str, folder: Path, before: Path) -> Iterator[BenchRow]:
    """Measure how long it takes; who comes first changes from round to round."""
    builds = both(before, folder)
    for build in builds:  # unmeasured: what both read is in memory, and compiled
        _first(build, WARM_UP, folder)
    pairs = []
    for number in range(ROUNDS):
        turn = builds if number % 2 == 0 else builds[::-1]
        found = {build: _first(build, (routine_id,), folder) for build in turn}
        past, now = (found[build] for build in builds)
        print(f"first: before {past}; now {now}", flush=True)
        pairs.append((past, now))
    longer = pairs[0][1].sound_s / pairs[0][0].sound_s
    cpu, wall = ([getattr(now.cost, name) / getattr(past.cost, name) for past, now in pairs]
                 for name in ("cpu_s", "wall_s"))  # fmt: skip
    print(f"first: over the build before, for {longer:.2f} of its sound: {_told(wall)} in time, {_told(cpu)} in CPU")
    middle = statistics.median(wall) / longer
    yield at_most(f"first export over the build before, time for as much sound, middle of {ROUNDS}", middle, 1.0)


def _told(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def _first(build: ExportBuild, routine: Sequence[str], folder: Path) -> First:
    """Export with no cache at all: no clips, no passages, nothing else that a build keeps."""
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        target = Path(empty, "first.mp3")
        cost = ExportBuild(build.checkout, Path(empty)).run(export(*routine, target=target))
        return First(cost, mutagen.File(target).info.length)


def memory_rows(routine_id: str, folder: Path, before: Path) -> Iterator[BenchRow]:
    """Measure what it holds in memory, and what the next export holds."""
    past, now = ([build.peaks(export(routine_id, target=folder / "peaks.mp3")) for _ in range(2)]
                 for build in both(before, folder))  # fmt: skip
    for name, was, is_ in zip(("nothing cached", "the same again"), past, now, strict=True):
        print(f"memory, {name}: before {was}, now {is_}")
        yield at_most(f"memory over the build before, largest process, {name}", is_.largest_mb / was.largest_mb, 1.0)
        yield at_most(f"memory over the build before, all processes, {name}", is_.together_mb / was.together_mb, 1.0)
