"""What a killed batch leaves, at random moments: its own process killed, or one of its workers."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from coach.errors import CoachError
from coach.export.proof import prove

from .batch import jobs
from .row import Row

TIMES, FILES = 20, 3


def rows(folder: Path, seed: int, times: int = TIMES) -> Iterator[Row]:
    """Kill; a batch goes on without a worker, and a second run must finish; every file verifies, once."""
    if not Path("/proc/self").exists():
        print("batch: workers are found by /proc, which this system lacks")
        return
    targets = [job.target for job in jobs(folder, folder / "out", FILES)]
    took_s = _finished_s(folder)
    for what, of_worker in (("kill -9 of a worker", True), ("kill -9 of a batch", False)):
        chance, wrong, early = random.Random(seed), list[str](), 0
        for number in range(times):
            for target in targets:
                target.unlink(missing_ok=True)
            wrong += [f"{number}: {problem}" for problem in _spoiled(folder, chance.random() * took_s, of_worker)]
            early += all(target.exists() for target in targets)
            if _start(folder).wait() != 0:
                wrong.append(f"{number}: the second run failed")
            wrong += [f"{number}: {problem}" for problem in _left(folder / "out", targets)]
        print(f"batch: {what} at {times} random moments (seed {seed}): {early} whole before", *wrong, sep="\n  ")
        found = f"{len(wrong)} half or doubled files, leftovers or failures"
        yield Row(f"batch: {what} at {times} random moments", found, "0", not wrong)


def _spoiled(folder: Path, after_s: float, of_worker: bool) -> list[str]:
    """Kill at its moment; return what is wrong: a batch that lost a worker has to finish all the same."""
    running = _start(folder)
    time.sleep(after_s)
    if not of_worker:
        running.kill()
        running.wait()
        return []
    for pid in _workers(running.pid)[:1]:
        os.kill(pid, signal.SIGKILL)
    return [] if running.wait() == 0 else ["the batch gave up"]


def _workers(parent: int) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            of = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            if of == parent and b"spawn_main" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except (OSError, ValueError):
            continue
    return found


def _left(out: Path, targets: list[Path]) -> list[str]:
    names = sorted(path.name for path in out.iterdir() if path.is_file())
    wrong = [] if names == sorted(target.name for target in targets) else [f"there is {', '.join(names)}"]
    for target in targets:
        try:
            wrong += [] if prove(target).ok else [f"{target.name} does not verify"]
        except CoachError as error:
            wrong.append(str(error))
    return wrong


def _finished_s(folder: Path) -> float:
    """Return how long a batch takes when everything has been spoken."""
    _start(folder).wait()
    for path in (folder / "out").glob("*.mp3"):
        path.unlink()
    began = time.perf_counter()
    _start(folder).wait()
    return time.perf_counter() - began


def _start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "coach", "batch", str(folder / "people.csv"), "-o", str(folder / "out")]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
