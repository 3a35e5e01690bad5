"""Measure what ten years of history cost: `progress` and `plan` over 2,000 sessions, against an empty history.

Every command is run whole, as a program. Prints the medians; exit 1 where one takes 0.3 s more than over an empty one.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from coach.library.files import load_exercises, load_routine
from coach.training.dose import Dose
from coach.training.shape import sides_of
from coach.training.writer import HistoryWriter, PlannedBlock
from scripts.named import options

LIMIT_S = 0.3
FIRST = date(2017, 1, 2)
PROGRAM = "import sys; from coach.cli.main import main; sys.exit(main())"


def main(arguments: Sequence[str]) -> int:
    parser = options("bench history", __doc__)
    parser.add_argument("--sessions", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        full, empty = Path(folder) / "full.sqlite3", Path(folder) / "empty.sqlite3"
        HistoryWriter(empty).close()
        took = perf_counter()
        last = fill(full, wanted.sessions)
        print(f"wrote {wanted.sessions} sessions, {full.stat().st_size / 1e6:.1f} MB, in {perf_counter() - took:.1f} s")
        return max([measured(command, full, empty, last, wanted.runs, folder) for command in ("progress", "plan")])


def fill(path: Path, sessions: int) -> date:
    """Write sessions of the whole programme, two in a week nearly; return the last day."""
    chance = random.Random(10)
    blocks = [
        PlannedBlock(
            Dose(block.exercise.id, 3, 12), sides_of(block.exercise), "reps", "The last two times it was easy."
        )
        for block in load_routine("spine-strength").blocks
    ]
    assert all(block.dose.exercise in load_exercises() for block in blocks)
    writer = HistoryWriter(path)
    day = FIRST
    for number in range(sessions):
        day = FIRST + timedelta(days=number * 3650 // sessions)
        writer.begin("spine-strength", blocks, datetime(day.year, day.month, day.day, 9, tzinfo=UTC), day, False)
        for at, block in enumerate(blocks):
            for set_no in range(1, 4):
                for side in ("right", "left") if block.sides == 2 else (None,):
                    writer.set_done(at, block.dose, set_no, side, 12, "completed", chance.random() < 0.005, 0)
            writer.effort(at, chance.randint(4, 8))
        writer.finish("completed")
    writer.close()
    assert writer.problem is None, writer.problem
    return day


def measured(command: str, full: Path, empty: Path, today: date, runs: int, home: str) -> int:
    """Run a command over both in turn; return 0 where the difference of the medians is small enough."""
    times: dict[Path, list[float]] = {full: [], empty: []}
    for _ in range(runs):
        for path, found in times.items():
            found.append(timed(command, path, today, home))
    over_full, over_empty = (statistics.median(times[path]) for path in (full, empty))
    more = over_full - over_empty
    print(f"{command:<9} empty {over_empty:.2f} s, full {over_full:.2f} s: {more:+.2f} s (at most {LIMIT_S})")
    return int(more > LIMIT_S)


def timed(command: str, path: Path, today: date, home: str) -> float:
    arguments = [sys.executable, "-c", PROGRAM, command, "--history", str(path), "--today", today.isoformat()]
    own = {"XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "HOME": home}
    began = perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **own})
    return perf_counter() - began
