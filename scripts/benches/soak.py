"""Let a session with sound run for hours of its own time: does its memory grow, do threads or open files pile up?

A rehearsal with voice, room, echo cancelling and recognition runs at full speed, and /proc is read beside it. Exit 1
where memory grows by more than 5% after the first quarter hour of the session, or threads or files by any.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.named import ROOT, options
from tests.support.program import COACH, environment

MOST_GROWTH = 0.05
SETTLED_S = 15 * 60.0
WINDOW_S = 10 * 60.0  # at both ends, of which the median counts
EVERY_S = 1.0
BLOCK = '[[block]]\nexercise = "one-arm-row"\nsets = 3\nreps = 15\nrest = 60\n'
BLOCK_S = 2 * 3 * (15 * 6 + 60)


@dataclass(frozen=True, slots=True)
class Reading:
    t: float
    """On the session's clock."""
    memory_kb: int
    """Proportional set size of the coach and its voices."""
    threads: int
    files: int


def main(arguments: Sequence[str]) -> int:
    """Run it and print; exit 1 where a bound is missed."""
    parser = options("bench soak", __doc__)
    parser.add_argument("--hours", type=float, default=3.0, help="of the session's own time (3)")
    hours = parser.parse_args(arguments).hours
    if sys.platform != "linux":
        print("this bench reads /proc, which is on Linux only")
        return 2
    with tempfile.TemporaryDirectory(prefix="coach-soak-") as name:
        readings = list(soaked(Path(name), hours * 3600))
    return judged(readings, hours)


def soaked(folder: Path, length_s: float) -> Iterator[Reading]:
    """Run a session of that length; yield what is read as it goes on."""
    blocks = BLOCK * (1 + round(length_s / BLOCK_S))
    (folder / "long.toml").write_text(f'name = "Long"\n{blocks}')
    (folder / "silent.toml").write_text("say = []\n")
    own = {f"XDG_{what}_HOME": str(folder / what.lower()) for what in ("DATA", "STATE", "CONFIG")}
    arguments = ("rehearse", "long.toml", "--script", "silent.toml", "--ears", "moonshine", "--plain")
    log = folder / "log.jsonl"
    with subprocess.Popen(
        [*COACH, *arguments, "--room", "room.wav", "--log", str(log)],
        cwd=folder, env=environment(**own, PYTHONPATH=str(ROOT)), stdout=subprocess.DEVNULL,
    ) as program:  # fmt: skip
        try:
            while program.poll() is None and (t := last_t(log)) < length_s:
                time.sleep(EVERY_S)
                if t > 0 and (reading := read(program.pid, t)):
                    yield reading
        finally:
            program.terminate()


def last_t(log: Path) -> float:
    """Return the time of the last whole line of a log."""
    if not log.exists():
        return 0.0
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        lines = [line for line in file.read().split(b"\n")[1:] if line.endswith(b"}")]
    return float(json.loads(lines[-1])["t"]) if lines else 0.0


def read(pid: int, t: float) -> Reading | None:
    """Read memory, threads and files of a process and its children; None where one of them just ended."""
    try:
        pids = [pid, *children(pid)]
        memory_kb = sum(proportional_kb(each) for each in pids)
        return Reading(t, memory_kb, *(len(list(Path(f"/proc/{pid}/{what}").iterdir())) for what in ("task", "fd")))
    except OSError:
        return None


def children(pid: int) -> list[int]:
    found = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(number) for numbers in found for number in numbers]


def proportional_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def judged(readings: Sequence[Reading], hours: float) -> int:
    """Print what came of it; return the exit code."""
    last_s = readings[-1].t if readings else 0.0
    first = [each for each in readings if SETTLED_S <= each.t < SETTLED_S + WINDOW_S]
    last = [each for each in readings if each.t >= max(SETTLED_S + WINDOW_S, last_s - WINDOW_S)]
    if not first or not last:
        print(f"the session lasted {last_s / 60:.0f} minutes: too short to judge")
        return 2
    grown = False
    for number in range(int(last_s // SETTLED_S)):
        within = [each.memory_kb for each in readings if number * SETTLED_S <= each.t < (number + 1) * SETTLED_S]
        print(f"quarter hour {number + 1:2}: {statistics.median(within) / 1024 if within else 0:6.0f} MB")
    for what, bound in (("memory_kb", MOST_GROWTH), ("threads", 0.0), ("files", 0.0)):
        before, after = (statistics.median(getattr(each, what) for each in window) for window in (first, last))
        growth = after / before - 1
        grown = grown or growth > bound
        print(f"{what:10} {before:9.0f} settled, {after:9.0f} at the end: {growth:+.1%} (at most {bound:+.0%})")
    print(f"{last_s / 3600:.2f} of {hours:g} hours of session, {len(readings)} readings")
    return int(grown)
