"""Room tone: under everything, the same at every seam of a file, and never heard."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.sound.clip import RATE_HZ, Clip
from coach.sound.limiter import CELL
from coach.sound.loudness import loudness
from coach.sound.mixer import Mixer
from coach.sound.pcm import as_pcm, db_of
from coach.sound.room_tone import CROSS_FADE, LEVEL_DB, PERIOD, PRE_ROLL, RoomTone, last, table
from coach.timeline.whole_frames import MP3_FRAME
from tests.support.silence import longest_silence_s

ENDS = (3 * MP3_FRAME, 500 * MP3_FRAME, 501 * MP3_FRAME)


def level_db(samples: np.ndarray) -> float:
    return db_of(float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))))


def test_the_table_is_whole_mp3_frames_and_whole_cells_of_the_limiter() -> None:
    assert len(table()) == PERIOD
    assert PERIOD % MP3_FRAME == 0
    assert PERIOD % CELL == 0


def test_its_level_is_70_db_under_full_scale_all_along() -> None:
    assert level_db(table()) == pytest.approx(LEVEL_DB, abs=0.01)
    tenths = table()[: PERIOD // 4_410 * 4_410].reshape(-1, 4_410)
    assert all(abs(level_db(each) - LEVEL_DB) < 3 for each in tenths)


def test_no_loudness_meter_counts_it() -> None:
    """The gate of BS.1770 leaves all of it out, so that speech measures the same with it and without."""
    assert loudness(table()) == -math.inf


def test_it_holds_no_20_ms_of_zeros() -> None:
    assert longest_silence_s(as_pcm(table())) < 0.002


def test_it_goes_round_without_a_seam() -> None:
    twice = np.concatenate((table(), table()))
    assert np.array_equal(RoomTone().over(PERIOD - 500, PERIOD + 500), twice[PERIOD - 500 : PERIOD + 500])
    assert abs(table()[0] - table()[-1]) < 4 * np.abs(np.diff(table())).std()


def test_every_segment_ends_with_what_an_encoder_sees_before_the_next() -> None:
    long_ones = [end for begins, end in pairwise((0, *ENDS)) if end - begins > PRE_ROLL + CROSS_FADE]
    assert long_ones
    for end in long_ones:
        assert np.array_equal(as_pcm(RoomTone(ENDS).over(end - PRE_ROLL, end)), last(PRE_ROLL))


def test_every_segment_begins_as_the_table_begins_after_its_end() -> None:
    for begins in (0, *ENDS):
        assert np.allclose(RoomTone(ENDS).over(begins, begins + 5), table()[:5], atol=2e-5)


def test_a_segment_sounds_the_same_alone_as_in_the_whole() -> None:
    for begins, ends in pairwise((0, *ENDS)):
        alone = RoomTone((ends - begins,)).over(0, ends - begins)
        assert np.array_equal(RoomTone(ENDS).over(begins, ends), alone)


def test_its_level_holds_at_every_seam() -> None:
    for end in ENDS:
        assert abs(level_db(RoomTone(ENDS).over(end - CROSS_FADE, end + CROSS_FADE)) - LEVEL_DB) < 4


@given(cuts=st.lists(st.integers(0, 600 * MP3_FRAME), min_size=1, max_size=5))
@settings(max_examples=20)
def test_the_size_of_the_blocks_changes_no_sample(cuts: list[int]) -> None:
    borders = sorted({0, *cuts, 600 * MP3_FRAME})
    whole = RoomTone(ENDS).over(0, 600 * MP3_FRAME)
    pieces = [RoomTone(ENDS).over(start, end) for start, end in pairwise(borders)]
    assert np.array_equal(np.concatenate(pieces), whole)


def test_nothing_that_a_mixer_does_changes_it() -> None:
    mixer = Mixer(tone=RoomTone())
    mixer.place(Clip(np.full(RATE_HZ, 0.1, np.float32)), 0)
    mixer.gain("speech", 6.0)
    mixer.lower(-12.0)
    mixer.block(4_410)
    mixer.cut()
    mixer.block(4_410)
    assert np.array_equal(mixer.block(4_410), as_pcm(RoomTone().over(8_820, 13_230)))
