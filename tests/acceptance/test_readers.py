"""Twenty thousand mutated files, through every reader that a person's file goes through: COACH_TIMES of each."""

from pathlib import Path

import pytest

from tests.support.program import times
from tests.support.readers import all_readers, peak_mb, read_crafted_fingerprint, read_mutated

EACH = 1_700


@pytest.mark.slow
def test_thousands_of_mutated_files_are_taken_or_refused(tmp_path: Path) -> None:
    readers = all_readers(tmp_path)
    before_mb, each = peak_mb(), times(EACH)
    for name, reader in readers.items():
        for seed in range(10_000, 10_000 + each):
            read_mutated(name, reader, tmp_path, seed)
    for seed in range(10_000, 10_000 + each):
        read_crafted_fingerprint(seed)
    print(f"{each * (len(readers) + 1)} inputs, {peak_mb() - before_mb:.0f} MB more at the most")
    assert peak_mb() - before_mb < 500
