"""A process gives back what its large arrays took."""

import subprocess
import sys

import pytest

DROPS = """
import re, sys
from pathlib import Path
import numpy as np
from coach.memory import give_back_free_memory, give_back_large_arrays

def resident_mb():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) / 1_000

if "asked" in sys.argv:
    give_back_large_arrays()
np.ones(4_000_000, np.uint8)  # large enough for glibc to learn from
before = resident_mb()
arrays = [np.ones(1_000_000, np.uint8) for _ in range(50)]
del arrays[:-1]  # the last one lies above the others
if "afterwards" in sys.argv:
    give_back_free_memory()
print(resident_mb() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's")
def test_dropped_arrays_are_given_back_where_that_is_asked_for() -> None:
    kept_mb = {asked: _kept_mb(asked) for asked in ("asked", "afterwards", "")}
    assert kept_mb["asked"] < 5
    assert kept_mb["afterwards"] < 5
    assert kept_mb[""] > 40


def _kept_mb(asked: str) -> float:
    return float(subprocess.run([sys.executable, "-c", DROPS, asked], check=True, capture_output=True).stdout)
