"""How much memory the exporting process takes, for ten minutes and for an hour: each in a process of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.benches.export.row import BenchRow, at_most

MEASURED = """
import re, sys
from pathlib import Path
from coach.cli.main import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    assert not ended.code, ended.code
status = Path("/proc/self/status")
if status.exists():
    peak_mb = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text()).group(1)) / 1024
else:
    import resource
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
print(peak_mb)
"""
SHORT = ["bands", "--voice", "en-us", "--reps", "14"]  # ten minutes
LONG = ["spine-strength", "--voice", "en-us", "--sets", "3"]  # an hour


def rows(folder: Path) -> Iterator[BenchRow]:
    """Measure both, with nothing cached and again with all of it."""
    peaks = [_peaks(arguments, folder) for arguments in (SHORT, LONG)]
    for (cold_mb, warm_mb), arguments in zip(peaks, (SHORT, LONG), strict=True):
        print(f"{' '.join(arguments)}: {cold_mb:.0f} MB with nothing cached, {warm_mb:.0f} MB cached")
    yield at_most("peak memory, an hour over ten minutes", peaks[1][1] / peaks[0][1], 1.1)
    yield at_most("peak memory of the hour, nothing cached", max(peaks[1]), 150, " MB", digits=0)


def _peaks(arguments: list[str], folder: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(dir=folder) as cache:
        command = [sys.executable, "-c", MEASURED, "export", *arguments, "-o", str(folder / "memory.mp3")]
        return _run_mb(command, cache), _run_mb(command, cache)


def _run_mb(command: list[str], cache: str) -> float:
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    ended = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(ended.stdout.splitlines()[-1])
