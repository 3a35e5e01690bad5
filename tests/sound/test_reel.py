"""The reel keeps the last seconds of a stream."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coach.sound.reel import Reel


@given(st.lists(st.integers(0, 40), min_size=1, max_size=20), st.integers(1, 30))
def test_the_last_frames_are_kept_whatever_the_blocks(sizes: list[int], keep: int) -> None:
    reel, stream = Reel(keep), np.arange(1, sum(sizes) + 1, dtype=np.float32)
    at = 0
    for size in sizes:
        reel.add(stream[at : at + size])
        at += size
        first = max(0, at - keep)
        assert reel.end == at
        assert np.array_equal(reel.piece(first, at), stream[first:at])


def test_there_is_silence_before_the_beginning_and_after_the_end() -> None:
    reel = Reel(4)
    reel.add(np.ones(2, np.float32))
    assert reel.piece(-2, 4).tolist() == [0, 0, 1, 1, 0, 0]
    assert reel.piece(10, 12).tolist() == [0, 0]
