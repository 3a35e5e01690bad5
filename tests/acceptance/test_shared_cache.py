"""Exporters, a batch and a live session on one cache, one of them killed: no file is wrong, the cache mends itself."""

import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from coach.export.joined.cache import FrameCache
from coach.export.proof import prove
from tests.support.program import COACH, environment, seed, times

BARE = "warm_up = false\nbalance = false\nwind_down = false\n"
ROUTINE = 'name = "Tiny"\n' + BARE + '[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = {}\n'


@pytest.mark.slow
def test_whatever_is_killed_meanwhile_every_file_is_right(tmp_path: Path) -> None:
    chance, cache = random.Random(seed()), tmp_path / "cache"
    for reps in (1, 2):
        (tmp_path / f"{reps}.toml").write_text(ROUTINE.format(reps))
    rows = [f"{name},{tmp_path / f'{reps}.toml'}" for name, reps in (("Anna", 1), ("Bea", 2), ("Cleo", 1))]
    (tmp_path / "people.csv").write_text("\n".join(["name,routine", *rows]))
    for _ in range(times(4)):
        running = [_start(tmp_path, cache, command) for command in _commands(tmp_path)]
        time.sleep(chance.uniform(0.2, 6.0))
        killed = chance.choice(running)
        os.kill(killed.pid, signal.SIGKILL)
        assert [each.args for each in running if each.wait() != 0 and each is not killed] == []
    assert all(_start(tmp_path, cache, command).wait() == 0 for command in _commands(tmp_path))
    made = [*tmp_path.glob("*.mp3"), *(tmp_path / "out").glob("*.mp3")]
    assert len(made) == 5
    assert [path.name for path in made if not prove(path).ok] == []
    assert json.loads((tmp_path / "live.jsonl").read_text().splitlines()[-1])["reason"] == "completed"
    entries = list((cache / "coach" / "passages").rglob("*.frames"))
    kept = FrameCache(cache / "coach" / "passages")
    assert [path for path in entries if kept.frames(path.stem) is None or kept.prints(path.stem) is None] == []


def _commands(folder: Path) -> list[list[str]]:
    exports = [["export", str(folder / f"{reps}.toml"), "-o", str(folder / f"{reps}.mp3")] for reps in (1, 2)]
    batch = ["batch", str(folder / "people.csv"), "-o", str(folder / "out"), "--workers", "2"]
    log = folder / "live.jsonl"
    log.unlink(missing_ok=True)
    live = ["run", str(folder / "1.toml"), "--speaker", str(folder / "live.wav"), "--plain", "--log", str(log)]
    return [*exports, batch, live]


def _start(folder: Path, cache: Path, command: list[str]) -> subprocess.Popen[bytes]:
    own = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("DATA", "STATE", "CONFIG")}
    return subprocess.Popen(
        [*COACH, *command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(**own, XDG_CACHE_HOME=str(cache)),
        cwd=folder,
    )
