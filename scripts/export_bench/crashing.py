"""What a killed export leaves, and a full disk: at random moments, by a seed that is printed."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from coach.errors import CoachError
from coach.export.proof import prove

from .row import Row

TIMES = 20
ARGUMENTS = ["export", "bands", "--reps", "2"]


def rows(folder: Path, seed: int) -> Iterator[Row]:
    """Kill it and fill the disk; each time a second run must finish, and its file verify."""
    yield _row("kill -9 of the exporter", _killed, folder, seed)
    yield _row("a full disk", _filled, folder, seed)


def _row(what: str, spoil, folder: Path, seed: int) -> Row:
    chance, wrong, whole = random.Random(seed), [], 0
    target = folder / "crash.mp3"
    _start(target).wait()
    size, took_s = target.stat().st_size, _took_s(target)
    for number in range(TIMES):
        target.unlink(missing_ok=True)
        spoil(target, chance.random(), size, took_s)
        if target.exists():
            whole += 1
            wrong += _wrong(number, "the spoiled run", target)
        if _start(target).wait() != 0:
            wrong.append(f"{number}: the second run failed")
        wrong += _wrong(number, "the second run", target)
        wrong += [f"{number}: left {left.name}" for left in folder.glob(".crash*.part")]
    print(f"{what} at {TIMES} random moments (seed {seed}): {whole} had finished before", *wrong, sep="\n  ")
    return Row(f"{what} at {TIMES} random moments", f"{len(wrong)} half files, leftovers or failures", "0", not wrong)


def _wrong(number: int, which: str, target: Path) -> list[str]:
    try:
        return [] if prove(target).ok else [f"{number}: the file of {which} does not verify"]
    except CoachError as error:
        return [f"{number}: {which}: {error}"]


def _killed(target: Path, part: float, _size: int, took_s: float) -> None:
    running = _start(target)
    time.sleep(part * took_s)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()


def _filled(target: Path, part: float, size: int, _took_s: float) -> None:
    _start(target, limit=round(part * size)).wait()


def _took_s(target: Path) -> float:
    began = time.perf_counter()
    _start(target).wait()
    return time.perf_counter() - began


def _start(target: Path, limit: int | None = None) -> subprocess.Popen[bytes]:
    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-m", "coach", *ARGUMENTS, "-o", str(target)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limited)
