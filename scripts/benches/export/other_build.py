"""Another build beside this one: both run as a user runs them, each in a folder and with a cache of its own."""

import contextlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.named import ROOT

VOICE = ("--voice", "en-us")
LOOK_S = 0.03
_CPU_FIELDS = slice(11, 15)  # of /proc/PID/stat behind the name: its own, and that of ended children


@dataclass(frozen=True, slots=True)
class ExportCost:
    cpu_s: float
    wall_s: float

    def __str__(self) -> str:
        return f"{self.cpu_s:.2f} s CPU, {self.wall_s:.1f} s"


@dataclass(frozen=True, slots=True)
class Peaks:
    """What a program's processes held in memory, each at its own worst moment and all at one moment."""

    largest_mb: float
    """Resident, with what it shares."""
    together_mb: float
    """Proportional: what is shared counts once."""

    def __str__(self) -> str:
        return f"{self.largest_mb:.0f} MB, {self.together_mb:.0f} MB together"


@dataclass(frozen=True, slots=True)
class ExportBuild:
    checkout: Path
    cache: Path

    def run(self, arguments: Sequence[str]) -> ExportCost:
        """Run a Python with these arguments; return what it and its children took."""
        began_cpu, began = children_cpu_s(), time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], check=True, capture_output=True, cwd=self.checkout, env=self._environment
        )
        return ExportCost(children_cpu_s() - began_cpu, time.perf_counter() - began)

    def peaks(self, arguments: Sequence[str]) -> Peaks:
        """Run it likewise; return what it held in memory. Linux."""
        largest, together, quiet = 0.0, 0.0, subprocess.DEVNULL
        with subprocess.Popen(
            [sys.executable, *arguments], stdout=quiet, stderr=quiet, cwd=self.checkout, env=self._environment
        ) as program:
            while program.poll() is None:
                found = [_held_mb(pid) for pid in _tree(program.pid)]
                largest = max(largest, *(peak for peak, _ in found))
                together = max(together, sum(share for _, share in found))
                time.sleep(LOOK_S)
        if program.returncode:
            raise subprocess.CalledProcessError(program.returncode, arguments)
        return Peaks(largest, together)

    @property
    def _environment(self) -> Mapping[str, str]:
        own = {f"XDG_{name}_HOME": str(self.cache / name.lower()) for name in ("DATA", "CONFIG", "STATE")}
        return {**os.environ, **own, "XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(self.checkout)}


def both(before: Path, folder: Path) -> tuple[ExportBuild, ExportBuild]:
    """Return the build before and this one, with empty caches in a folder."""
    return ExportBuild(before, folder / "before"), ExportBuild(ROOT, folder / "now")


def export(*arguments: str, target: Path) -> list[str]:
    """Return the arguments of Python for an export."""
    return ["-m", "coach", "export", *arguments, "-o", str(target), *VOICE]


def children_cpu_s() -> float:
    """Return the CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tree_cpu_s() -> float:
    """Return the CPU seconds of this process, and of all that it has started and that still run or have ended."""
    found = 0
    for pid in _tree(os.getpid()):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            found += sum(int(field) for field in fields[_CPU_FIELDS])
    return found / os.sysconf("SC_CLK_TCK")


def _tree(root: int) -> set[int]:
    """Return a process and all that it has started, directly or not."""
    parents = dict(_parents())
    found, more = set[int](), {root}
    while more:
        found |= more
        more = {pid for pid, parent in parents.items() if parent in found} - found
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            yield int(process.name), int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue


def _held_mb(pid: int) -> tuple[float, float]:
    """Return a process's peak and its share of all memory; nothing for one that is gone."""
    try:
        peak = _kilobytes(Path(f"/proc/{pid}/status"), "VmHWM:")
        return peak / 1_000, _kilobytes(Path(f"/proc/{pid}/smaps_rollup"), "Pss:") / 1_000
    except OSError:
        return 0.0, 0.0


def _kilobytes(file: Path, name: str) -> int:
    found = (line.split()[1] for line in file.read_text().splitlines() if line.startswith(name))
    return int(next(found, "0"))
