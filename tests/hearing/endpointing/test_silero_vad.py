"""The fine detector runs in the thread that calls it."""

import subprocess
import sys
from pathlib import Path

import pytest

COUNTING = """
import os
limit = os.environ.get("OMP_THREAD_LIMIT")
import numpy as np
from coach.hearing.endpointing.silero_vad import FINE_FRAMES, FineDetector
detector = FineDetector()
before = len(os.listdir("/proc/self/task"))
detector.probability(np.zeros(FINE_FRAMES, np.int16))
print(before, len(os.listdir("/proc/self/task")), limit == os.environ.get("OMP_THREAD_LIMIT"))
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads of a library are counted in /proc")
def test_it_starts_no_thread_and_leaves_the_environment_as_it_was() -> None:
    counted = subprocess.run([sys.executable, "-c", COUNTING], capture_output=True, text=True, check=True)
    before, after, as_before = counted.stdout.split()
    assert before == after
    assert as_before == "True"
