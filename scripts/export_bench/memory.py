"""How much memory the exporting process takes, for ten minutes and for an hour: each in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .row import Row, at_most

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
SHORT = ["bands", "--reps", "14"]  # ten minutes
LONG = ["spine-strength", "--sets", "3"]  # an hour


def rows(folder: Path) -> Iterator[Row]:
    """Measure both, after a first run that speaks what is missing."""
    peaks = []
    for arguments in (SHORT, LONG):
        command = ["export", *arguments, "-o", str(folder / "memory.mp3")]
        said = [_run(command), _run(command)][-1]
        peaks.append(float(said[-1]))
        print(f"{said[0].split(': ', 1)[1]}: {peaks[-1]:.0f} MB")
    yield at_most("peak memory, an hour over ten minutes", peaks[1] / peaks[0], 1.1)
    yield at_most("peak memory of the hour", peaks[1], 150, " MB", digits=0)


def _run(arguments: list[str]) -> list[str]:
    command = [sys.executable, "-c", MEASURED, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().splitlines()
