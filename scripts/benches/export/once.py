"""What an export costs once its passages are encoded, beside another build: a checkout of an earlier commit.

Each has a cache of its own; ratios are of one run.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.benches.export.other_build import ExportBuild, ExportCost, both, export
from scripts.benches.export.row import BenchRow, at_most
from scripts.named import ROOT

BOUNDS = {"the same again": 0.08, "another rest": 0.2, "two more reps": 0.2}


def rows(routine_id: str, folder: Path, before: Path) -> Iterator[BenchRow]:
    """Measure both builds after a first export."""
    past, now = (_costs(routine_id, folder, build) for build in both(before, folder))
    for run, bound in BOUNDS.items():
        print(f"{run}: before {past[run]}, now {now[run]}")
        yield at_most(f"{run} over the build before, CPU", now[run].cpu_s / past[run].cpu_s, bound)
    sizes = sum(path.stat().st_size for path in (folder / "now" / "coach" / "passages").rglob("*.frames"))
    print(f"cache of passages: {sizes / 1e6:.1f} MB")


def _costs(routine_id: str, folder: Path, build: ExportBuild) -> Mapping[str, ExportCost]:
    more = folder / "more.toml"
    more.write_text(_two_more_reps(ROOT / "coach" / "library" / "routines" / f"{routine_id}.toml"))
    asked = {"first": [routine_id], "the same again": [routine_id], "another rest": [routine_id, "--rest", "75"],
             "two more reps": [str(more)]}  # fmt: skip
    return {name: build.run(export(*each, target=folder / "once.mp3")) for name, each in asked.items()}


def _two_more_reps(routine: Path) -> str:
    """Return a routine's text with two more reps in its first exercise."""
    head, reps, tail = re.split(r"(?m)^reps = (\d+)$", routine.read_text("utf-8"), maxsplit=1)
    return f"{head}reps = {int(reps) + 2}{tail}"
