"""An export that is killed or meets a full disk, at random moments, leaves no half file."""

import os
import random
import resource
import signal
import subprocess
import time
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.export.proof import prove
from tests.support.program import COACH, environment, seed, times

ARGUMENTS = ["export", "bands", "--reps", "2"]


@pytest.mark.slow
@pytest.mark.parametrize("what", ["kill -9", "a full disk"])
def test_a_spoiled_export_leaves_no_half_file_and_can_be_made_again(what: str, tmp_path: Path) -> None:
    spoil = {"kill -9": _killed, "a full disk": _filled}[what]
    chance, wrong, whole = random.Random(seed()), list[str](), 0
    target = tmp_path / "crash.mp3"
    _start(target).wait()
    size, took_s = target.stat().st_size, _took_s(target)
    for number in range(times(4)):
        target.unlink(missing_ok=True)
        spoil(target, chance.random(), size, took_s)
        if target.exists():
            whole += 1
            wrong += _wrong(number, "the spoiled run", target)
        if _start(target).wait() != 0:
            wrong.append(f"{number}: the second run failed")
        wrong += _wrong(number, "the second run", target)
        wrong += [f"{number}: left {left.name}" for left in tmp_path.glob(".crash*.part")]
    print(f"{what} at random moments: {whole} had finished before")
    assert wrong == []


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

    command = [*COACH, *ARGUMENTS, "-o", str(target)]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limited, env=environment()
    )
