"""Measure exports: how long they take, how much memory they need, whether what is in them is right.

Prints a table; exit 1 where a figure is out of its bound. Ratios are of one run: leave the machine alone meanwhile.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from scripts.benches.export import first, levels, memory, once, seams, timing, truth
from scripts.benches.export.row import BenchRow, told
from scripts.named import options

BESIDE_ANOTHER = ("first", "once", "peaks")
PARTS = ("timing", "truth", "memory", "seams", "levels", *BESIDE_ANOTHER)


def main(arguments: Sequence[str]) -> int:
    parser = options("bench export", __doc__)
    parser.add_argument("--routine", default="spine-strength", help="what is exported (spine-strength)")
    parser.add_argument("--routines", type=int, default=200, help="random ones, of which seams are measured (200)")
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit, for first, once and peaks")
    parser.add_argument("--only", choices=PARTS, help="one part of the table")
    chosen = parser.parse_args(arguments)
    parts: dict[str, Callable[[Path], Iterator[BenchRow]]] = {
        "timing": lambda folder: timing.rows(chosen.routine, folder),
        "truth": lambda folder: truth.rows(chosen.routine, folder),
        "memory": memory.rows,
        "levels": levels.rows,
        "seams": lambda folder: seams.rows(folder, chosen.routines),
    }
    if chosen.before is not None:
        before = chosen.before.resolve()
        parts["first"] = lambda folder: first.rows(chosen.routine, folder, before)
        parts["once"] = lambda folder: once.rows(chosen.routine, folder, before)
        parts["peaks"] = lambda folder: first.memory_rows(chosen.routine, folder, before)
    elif chosen.only in BESIDE_ANOTHER:
        parser.error(f"--only {chosen.only} compares with another build: --before CHECKOUT")
    found: list[BenchRow] = []
    for name, measure in parts.items():
        if chosen.only in (None, name):
            with tempfile.TemporaryDirectory() as folder:
                found += measure(Path(folder))
    return told(found)
