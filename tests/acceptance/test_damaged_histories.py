"""250 damaged histories (COACH_TIMES for more): no traceback, nothing lost that can be read, and she always trains."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.support.damage import damaged, lost, rows_of
from tests.support.past import write_years
from tests.support.program import times
from tests.support.training import whole
from tests.training.storage.test_recovery import WEEKS, ask_everything, trains


@pytest.mark.slow
def test_every_damaged_history_goes_on(tmp_path: Path) -> None:
    past = tmp_path / "past.sqlite3"
    write_years(past, WEEKS)
    before, kinds, kept_rows = rows_of(past), Counter[str](), 0
    for seed in range(1_000, 1_000 + times(250)):
        path = tmp_path / str(seed) / "history.sqlite3"
        path.parent.mkdir()
        shutil.copy(past, path)
        kinds[damaged(path, seed)] += 1
        readable = rows_of(path)
        ask_everything(path)
        trains(path)
        assert whole(path)
        assert lost(before, readable, path) == set(), seed
        kept_rows += len(rows_of(path))
        shutil.rmtree(path.parent)
    print(f"{kinds.total()} histories: {dict(kinds)}; {kept_rows / kinds.total() / len(before):.1%} of the rows kept")
