"""The delay is found to a frame wherever it is, a jump within a second, two clocks are told from one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.hearing.echo.clock_drift import DriftEstimator
from coach.hearing.echo.delay_estimation import WINDOW, DelayEstimator
from coach.hearing.echo.fractional_delay import MARGIN, interpolate
from coach.hearing.echo.sample_history import SampleHistory

HZ = 16_000
BLOCK = 320


def noise(frames: int, seed: int = 1) -> np.ndarray:
    return (np.random.default_rng(seed).standard_normal(frames) * 0.1).astype(np.float32)


def late(signal: np.ndarray, frames: int) -> np.ndarray:
    return np.concatenate((np.zeros(frames, np.float32), signal))[: len(signal)]


def looks(mic: np.ndarray, played: np.ndarray) -> list[float | None]:
    """Return what every look found; looks that are not due are left out."""
    finder, mics, plays = DelayEstimator(), SampleHistory(WINDOW), SampleHistory(2 * WINDOW)
    found = []
    for i in range(0, len(mic), BLOCK):
        mics.append(mic[i : i + BLOCK])
        plays.append(played[i : i + BLOCK])
        found.append(finder.estimate(mics, plays, BLOCK))
    return found


@pytest.mark.parametrize("delay", [1, 320, 3_200, 4_800, 8_000])
def test_delay_is_found_to_the_frame_with_somebody_talking_over_it(delay: int) -> None:
    played = noise(2 * HZ)
    mic = 0.3 * late(played, delay) + noise(2 * HZ, 2)
    found = [each for each in looks(mic, played) if each is not None]
    assert found[-1] == pytest.approx(delay, abs=0.2)


def test_jump_is_found_within_a_second() -> None:
    played = noise(4 * HZ)
    mic = np.concatenate((late(played, 640)[: 2 * HZ], late(played, 1_920)[2 * HZ :]))
    at_three_s = [each for each in looks(mic, played)[: 3 * HZ // BLOCK] if each is not None]
    assert at_three_s[-1] == pytest.approx(1_920, abs=0.2)


def test_nothing_is_found_where_nothing_is_played_or_nothing_comes_back() -> None:
    silence = np.zeros(2 * HZ, np.float32)
    assert not any(looks(noise(2 * HZ), silence))
    assert not any(looks(noise(2 * HZ), noise(2 * HZ, 2)))


def test_a_tone_gives_no_delay() -> None:
    tone = (0.1 * np.sin(2 * np.pi * 440 * np.arange(2 * HZ) / HZ)).astype(np.float32)
    assert not any(looks(late(tone, 640) + 0.001 * noise(2 * HZ), tone))


@pytest.mark.parametrize("ppm", [-300.0, -100.0, -20.0, 20.0, 100.0, 300.0])
def test_drift_is_estimated(ppm: float) -> None:
    drift, jitter = DriftEstimator(), np.random.default_rng(1)
    for at in range(0, 20 * HZ, HZ // 4):
        drift.add(at, 640 + at * ppm * 1e-6 + jitter.normal(scale=0.3))
    assert drift.rate * 1e6 == pytest.approx(ppm, abs=3.0)


def test_one_clock_does_not_drift() -> None:
    drift, jitter = DriftEstimator(), np.random.default_rng(1)
    for at in range(0, 30 * HZ, HZ // 4):
        drift.add(at, 640 + jitter.normal(scale=0.05))
        assert drift.rate == 0.0


def test_drift_survives_a_jump_and_an_outlier() -> None:
    drift = DriftEstimator()
    for at in range(0, 20 * HZ, HZ // 4):
        drift.add(at, 640 + at * 1e-4 + (9.0 if at == 5 * HZ else 0.0))
    drift.jumped()
    for at in range(20 * HZ, 30 * HZ, HZ // 4):
        drift.add(at, 1_920 + at * 1e-4)
    assert drift.rate * 1e6 == pytest.approx(100.0, abs=2.0)


@given(at=st.floats(100.0, 900.0), hz=st.floats(50.0, 5_000.0))
@settings(max_examples=50)
def test_signal_is_read_between_its_frames(at: float, hz: float) -> None:
    signal = np.sin(2 * np.pi * hz * np.arange(1_000) / HZ).astype(np.float32)
    assert interpolate(signal, np.array([at]))[0] == pytest.approx(np.sin(2 * np.pi * hz * at / HZ), abs=0.01)


def test_signal_is_read_up_to_its_margins() -> None:
    signal = noise(100)
    whole = np.arange(MARGIN, 100 - MARGIN, dtype=np.float64)
    assert np.allclose(interpolate(signal, whole), signal[MARGIN : 100 - MARGIN], atol=1e-6)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60))
def test_tape_keeps_the_newest(lengths: list[int]) -> None:
    tape, everything = SampleHistory(100), np.zeros(100, np.float32)
    for number, length in enumerate(lengths):
        block = noise(length, number)
        tape.append(block)
        everything = np.concatenate((everything, block))
    assert np.array_equal(tape.last(100), everything[-100:])
    assert np.array_equal(tape.last(7), everything[-7:])
