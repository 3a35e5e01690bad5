"""A batch that is killed at random moments, or one of its workers, is finished by a second run."""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.export.proof import prove
from scripts.benches.batch import jobs
from tests.support.program import COACH, environment, seed, times

FILES = 3


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="workers are found by /proc")
@pytest.mark.parametrize("of_worker", [True, False], ids=["a worker", "the batch"])
def test_a_killed_batch_is_finished_and_leaves_every_file_once(of_worker: bool, tmp_path: Path) -> None:
    targets = [job.target for job in jobs(tmp_path, tmp_path / "out", FILES)]
    took_s = _finished_s(tmp_path)
    chance, wrong, early = random.Random(seed()), list[str](), 0
    for number in range(times(4)):
        for target in targets:
            target.unlink(missing_ok=True)
        wrong += [f"{number}: {problem}" for problem in _spoiled(tmp_path, chance.random() * took_s, of_worker)]
        early += all(target.exists() for target in targets)
        if _start(tmp_path).wait() != 0:
            wrong.append(f"{number}: the second run failed")
        wrong += [f"{number}: {problem}" for problem in _left(tmp_path / "out", targets)]
    print(f"killed at random moments: {early} whole before")
    assert wrong == []


def _spoiled(folder: Path, after_s: float, of_worker: bool) -> list[str]:
    """Kill at its moment; return what is wrong: a batch that lost a worker has to finish all the same."""
    running = _start(folder)
    time.sleep(after_s)
    if not of_worker:
        workers = _workers(running.pid)
        running.kill()
        running.wait()
        while any(Path(f"/proc/{pid}").exists() for pid in workers):  # they end with the file that they are at
            time.sleep(0.05)
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
    command = [*COACH, "batch", str(folder / "people.csv"), "-o", str(folder / "out")]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
