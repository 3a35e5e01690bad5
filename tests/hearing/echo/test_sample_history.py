"""The newest samples are kept, however long the blocks are."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coach.hearing.echo.sample_history import SampleHistory


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60))
def test_the_newest_samples_are_kept(lengths: list[int]) -> None:
    history, everything = SampleHistory(100), np.zeros(100, np.float32)
    for number, length in enumerate(lengths):
        block = np.random.default_rng(number).standard_normal(length).astype(np.float32)
        history.append(block)
        everything = np.concatenate((everything, block))
    assert np.array_equal(history.last(100), everything[-100:])
    assert np.array_equal(history.last(7), everything[-7:])
