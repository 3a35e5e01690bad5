"""The bench of seams: a joined file of a random routine is everywhere what one encoding of the whole is."""

from pathlib import Path

import pytest

from scripts.benches.export import seams


@pytest.mark.slow
def test_at_the_seams_of_random_routines_no_figure_is_out_of_its_bound(tmp_path: Path) -> None:
    found = list(seams.rows(tmp_path, routines=3))
    assert [row for row in found if not row.ok] == []
