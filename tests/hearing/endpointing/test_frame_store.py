"""What was appended last can be read by its place, however long the blocks are and whatever was forgotten."""

import numpy as np
import pytest

from coach.hearing.endpointing.frame_store import FrameStore


@pytest.mark.parametrize("block", [1_000, 20_000, 120_000])
def test_frames_are_read_by_their_place(block: int) -> None:
    begins = 7_000
    frames = np.random.default_rng(1).integers(-1_000, 1_000, (2, 12 * block), np.int16)
    store = FrameStore(begins)
    for at in range(0, 12 * block, block):
        store.append(*frames[:, at : at + block])
        assert store.ends == begins + at + block
        store.forget(max(begins, store.ends - 2 * block))
        start, end = store.begins - begins, store.ends - begins
        assert np.array_equal(store.detect(store.begins, store.ends), frames[0, start:end])
        assert np.array_equal(store.listen(store.ends - 500, store.ends), frames[1, end - 500 : end])


def test_what_is_not_there_yet_is_left_out() -> None:
    store = FrameStore(0)
    store.append(np.ones(100, np.int16), np.ones(100, np.int16))
    assert len(store.detect(50, 400)) == 50
