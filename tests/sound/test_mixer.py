"""The mixer: clips sound where they are placed, whatever the blocks, and never over the ceiling."""

import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.limiter import CEILING, limit
from coach.sound.mixer import FADE_FRAMES, Mixer


def noise(frames: int, level: float = 0.2, seed: int = 0) -> Clip:
    samples = np.random.default_rng(seed).normal(0, level, frames).astype(np.float32)
    return Clip(np.clip(samples, -1, 1))


def steady(frames: int, level: float = 0.5) -> Clip:
    return Clip(np.full(frames, level, np.float32))


def mixed(placements: list[tuple[Clip, int]], frames: int, blocks: list[int]) -> np.ndarray:
    """Mix in blocks of the given sizes, over and over, until so many frames are done."""
    mixer = Mixer()
    for clip, at in placements:
        mixer.place(clip, at)
    out: list[np.ndarray] = []
    while mixer.position < frames:
        out.append(mixer.block(min(blocks[len(out) % len(blocks)], frames - mixer.position)))
    return np.concatenate(out)


@given(at=st.integers(0, 3_000), block=st.integers(1, 5_000), seed=st.integers(0, 99))
@settings(max_examples=30)
def test_a_clip_begins_at_its_frame(at: int, block: int, seed: int) -> None:
    clip = noise(1_000, 0.05, seed)
    out = mixed([(clip, at)], 4_000, [block]).astype(np.float32)
    found = np.argmax(np.correlate(out, clip.samples, "valid"))
    assert found == at


@given(
    starts=st.lists(st.integers(0, 4_000), min_size=1, max_size=6),
    level=st.sampled_from([0.05, 0.4, 1.0]),
    blocks=st.lists(st.integers(1, 3_000), min_size=1, max_size=4),
)
@settings(max_examples=60)
def test_the_size_of_the_blocks_changes_no_bit(starts: list[int], level: float, blocks: list[int]) -> None:
    placements = [(noise(1_500 + 300 * n, level, n), start) for n, start in enumerate(starts)]
    whole = mixed(placements, 6_000, [6_000])
    assert np.array_equal(mixed(placements, 6_000, blocks), whole)


@given(starts=st.lists(st.integers(0, 5_000), min_size=1, max_size=8), level=st.floats(0.1, 1.0))
@settings(max_examples=40)
def test_nothing_sounds_over_the_ceiling(starts: list[int], level: float) -> None:
    out = mixed([(noise(4_000, level, n), start) for n, start in enumerate(starts)], 12_000, [882])
    assert np.abs(out).max() <= round(CEILING * 32768)


def test_the_limiter_leaves_what_is_soft_enough_alone() -> None:
    soft = noise(10_000, 0.1).samples.copy()
    before = soft.copy()
    assert not limit(soft)
    assert np.array_equal(soft, before)


def test_the_limiter_turns_down_before_the_peak_and_up_after_it() -> None:
    samples = np.full(20_000, 0.5, np.float32)
    samples[10_000] = 1.0
    limited = samples.copy()
    assert limit(limited)
    assert limited[10_000] == pytest.approx(CEILING, abs=1e-4)
    assert np.abs(np.diff(limited[9_000:9_999])).max() < 0.004  # a slope, not a step
    assert limited[9_000] == limited[19_000] == 0.5


def test_changes_of_gain_and_cuts_do_not_depend_on_the_blocks() -> None:
    def session(block: int) -> np.ndarray:
        mixer, out = Mixer(), []
        mixer.place(noise(9_000, 0.5), 100)
        mixer.place(noise(9_000, 0.5, 1), 700, track="earcon")
        changes: dict[int, Callable[[], object]] = {
            2_000: lambda: mixer.gain("speech", 6),
            4_000: lambda: mixer.lower(-12),
            6_000: lambda: mixer.cut("speech"),
            9_000: lambda: None,
        }
        for at, change in changes.items():
            while mixer.position < at:
                out.append(mixer.block(min(block, at - mixer.position)))
            change()
        return np.concatenate(out)

    assert np.array_equal(session(20), session(1_000))


def test_a_cut_is_silent_after_its_fade_and_spares_other_tracks() -> None:
    mixer = Mixer()
    mixer.place(steady(30_000, 0.25), 0)
    mixer.place(steady(30_000, 0.25), 0, track="earcon")
    mixer.place(steady(1_000), 12_000)
    mixer.block(5_000)
    mixer.cut("speech")
    out = mixer.block(20_000) / 32768
    assert out[0] == pytest.approx(0.5, abs=1e-3)
    assert np.allclose(out[FADE_FRAMES:], 0.25, atol=1e-3)
    assert np.abs(np.diff(out)).max() < 0.001


def test_a_clip_placed_after_a_cut_sounds_whole() -> None:
    mixer = Mixer()
    mixer.place(steady(30_000, 0.25), 0)
    mixer.block(1_000)
    mixer.cut(None)
    mixer.place(steady(2_000, 0.25), 3_000)
    out = mixer.block(6_000) / 32768
    assert np.allclose(out[2_000:4_000], 0.25, atol=1e-3)
    assert not out[4_000:].any()


def test_a_clip_placed_too_late_begins_now_and_whole() -> None:
    mixer = Mixer()
    mixer.block(5_000)
    assert mixer.place(steady(100), 10) == 5_000
    assert np.count_nonzero(mixer.block(1_000)) == 100


def test_a_clip_may_be_placed_at_the_very_next_frame() -> None:
    mixer = Mixer()
    mixer.block(882)
    mixer.place(steady(50, 0.9), 882)
    out = mixer.block(882)
    assert out[0] > 0
    assert out[:50].max() <= round(CEILING * 32768)


def test_ducking_lowers_everything_and_comes_back() -> None:
    mixer = Mixer()
    mixer.place(steady(60_000, 0.5), 0)
    mixer.lower(-20, 1_000)
    low = mixer.block(5_000) / 32768
    mixer.lower(0, 1_000)
    back = mixer.block(5_000) / 32768
    assert low[0] == pytest.approx(0.5, abs=1e-3)
    assert low[-1] == pytest.approx(0.05, abs=1e-3)
    assert back[-1] == pytest.approx(0.5, abs=1e-3)


def test_the_twentieth_minute_is_mixed_as_fast_as_the_first() -> None:
    clips = [noise(frames_of(2.0), 0.2, n) for n in range(10)]
    tick = noise(frames_of(0.1), 0.2)
    mixer, minutes_s = Mixer(), [0.0] * 20
    for second in range(20 * 60):
        started = time.process_time()
        if second % 6 == 0:
            mixer.place(clips[second % 10], second * RATE_HZ)
        mixer.place(tick, second * RATE_HZ + 77, track="earcon")
        mixer.block(RATE_HZ)
        minutes_s[second // 60] += time.process_time() - started
    assert min(minutes_s[10:]) < 2 * min(minutes_s[:10])
