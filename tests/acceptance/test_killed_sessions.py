"""Sessions that are killed at random moments lose nothing, and `--resume` finishes them.

A short routine is trained on file devices and ended by kill -9. After every kill the history must open, pass SQLite's
integrity check and hold every rep that the session's log says was done; then `coach run --resume` goes on, until it is
killed too or the session is complete. No kill may cost more than the rep that was being done.
"""

import json
import random
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from coach.training.history import History
from coach.training.unfinished import unfinished
from tests.support.program import COACH, environment, seed, times

ROUTINE = """
name = "Short"

[[block]]
exercise = "one-arm-row"
sets = 2
reps = 4
rest = 60

[[block]]
exercise = "external-rotation"
sets = 1
reps = 5
"""
REPS = 2 * 2 * 4 + 5  # the row by both sides; the balance hold, which is no block, is not gone on with


@dataclass(slots=True)
class Bench:
    folder: Path
    chance: random.Random
    whole_s: float = 0.0
    """How long a session takes that nobody kills."""
    kills: int = 0
    resumed: int = 0
    complete: int = 0
    lost: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def history(self) -> Path:
        return self.folder / "data" / "coach" / "history.sqlite3"

    @property
    def log(self) -> Path:
        return self.folder / "log.jsonl"


@pytest.mark.slow
def test_killed_sessions_lose_nothing_and_are_finished_by_resume(tmp_path: Path) -> None:
    bench, kills = Bench(tmp_path, random.Random(seed())), times(4)
    (tmp_path / "short.toml").write_text(ROUTINE)
    live(bench, resumes=False, kill=False)  # speaks every sentence once; from now on they lie in the cache
    began = monotonic()
    live(bench, resumes=False, kill=False)
    bench.whole_s = monotonic() - began
    print(f"a session nobody kills: {REPS} reps, {bench.whole_s:.1f} s")
    while bench.kills < kills:
        session(bench, kills)
    print(f"{bench.kills} kills: {bench.resumed} times gone on with, {bench.complete} sessions complete")
    print(f"{len(bench.lost)} came after reps; done but not in the history: at most {max(bench.lost, default=0)}")
    assert bench.problems == []


def session(bench: Bench, kills: int) -> None:
    """Train one session to its end, killed again and again, but not for ever."""
    resumes, killed = False, True
    for life in range(4):
        before = kept(bench) if resumes else 0
        killed = live(bench, resumes=resumes, kill=life < 3 and bench.kills < kills)
        if not killed:
            break
        bench.kills += 1
        resumes = look(bench, before)
        bench.resumed += resumes
    if killed or reps(bench) != REPS or reason(bench) != "completed":
        bench.problems.append(f"kill {bench.kills}: {reps(bench)} of {REPS} reps at the end, {reason(bench)}")
    bench.complete += 1


def live(bench: Bench, *, resumes: bool, kill: bool) -> bool:
    """Run the program, to its end or to a random moment; return whether it was killed."""
    bench.log.unlink(missing_ok=True)
    after_s = bench.chance.uniform(0.2, 0.95) * bench.whole_s if kill else None
    arguments = ["run", "short.toml", "--speaker", "./coach.wav", "--plain", "--log", str(bench.log)]
    own = {f"XDG_{what}_HOME": str(bench.folder / what.lower()) for what in ("DATA", "STATE", "CONFIG")}
    with subprocess.Popen(
        [*COACH, *arguments, *(["--resume"] if resumes else [])],
        cwd=bench.folder,
        env=environment(**own, HOME=str(bench.folder)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        try:
            _, told = program.communicate(timeout=after_s)
        except subprocess.TimeoutExpired:
            program.kill()
            program.communicate()
            return True
    if program.returncode != 0:
        bench.problems.append(f"kill {bench.kills}: exit {program.returncode}: {told.strip()}")
    return False


def look(bench: Bench, before: int) -> bool:
    """Check the history after a kill; return whether there is something to resume."""
    if not bench.history.exists():
        return False
    with closing(sqlite3.connect(bench.history)) as db:
        if (found := db.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            bench.problems.append(f"kill {bench.kills}: integrity check: {found}")
    left = unfinished(History.open(bench.history), datetime.now(UTC), rehearsed=True)
    if done := logged(bench.log):
        lost = before + done - kept(bench)
        bench.lost.append(max(0, lost))
        if lost not in (0, -1):  # -1: it was on the disk before the log's line was
            bench.problems.append(f"kill {bench.kills}: {before} and {done} reps done, {kept(bench)} in the history")
    return left is not None


def logged(log: Path) -> int:
    """Return how many reps were done by the log; its last line may be half of one."""
    lines = log.read_text().splitlines() if log.exists() else []
    return sum(json.loads(line)["event"] == "rep" for line in lines if line.endswith("}"))


def reps(bench: Bench) -> int:
    """Return the reps of the latest session."""
    return int(latest(bench, "SELECT coalesce(sum(done), 0) FROM set_done WHERE session = ?") or 0)


def kept(bench: Bench) -> int:
    """Return the reps and balance holds of the latest session."""
    return reps(bench) + int(latest(bench, "SELECT coalesce(sum(done), 0) FROM hold WHERE session = ?") or 0)


def reason(bench: Bench) -> object:
    return latest(bench, "SELECT reason FROM session WHERE id = ?")


def latest(bench: Bench, query: str) -> Any:
    with closing(sqlite3.connect(bench.history)) as db:
        (number,) = db.execute("SELECT max(id) FROM session").fetchone()
        found = db.execute(query, (number,)).fetchone()
    return found[0] if found else None
