"""Samples and decibels: by value, and there and back."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coach.sound.pcm import (
    FLOOR_RMS,
    Pcm,
    as_float,
    as_pcm,
    db_of,
    db_of_power,
    finite,
    gain_of,
    gains_of,
    in_steps,
    mean_power,
    noise_floor,
    power_of,
    rms,
)

LEAST, MOST = -32_768, 32_767
PCM = arrays.arrays(np.int16, st.integers(0, 40))
STEPS = arrays.arrays(np.float64, st.integers(1, 40), elements=st.floats(-1e9, 1e9))
DECIBELS = st.floats(-120, 60)


def pcm(*steps: int) -> Pcm:
    return np.array(steps, np.int16)


def test_full_scale_is_one() -> None:
    assert as_float(pcm(LEAST, -16_384, 0, 16_384)).tolist() == [-1.0, -0.5, 0.0, 0.5]
    assert as_float(pcm(1)).dtype == np.float32
    assert as_pcm(np.array([-1.0, 0.0, 0.5], np.float32)).tolist() == [LEAST, 0, 16_384]


def test_what_is_too_loud_is_limited_and_never_wraps_around() -> None:
    assert as_pcm(np.array([1.0, 2.0, -3.0], np.float32)).tolist() == [MOST, MOST, LEAST]
    assert in_steps(np.array([40_000, -40_000], np.int32)).tolist() == [MOST, LEAST]


def test_steps_are_rounded_to_the_nearest_halves_to_the_even_one() -> None:
    assert in_steps(np.array([0.4, 0.6, -0.6, 0.5, 1.5, -0.5])).tolist() == [0, 1, -1, 0, 2, 0]


@given(PCM)
def test_float_and_back_loses_nothing(samples: Pcm) -> None:
    assert np.array_equal(as_pcm(as_float(samples)), samples)


@given(PCM)
def test_int16_stays_as_it_is(samples: Pcm) -> None:
    assert np.array_equal(as_pcm(samples), samples)
    assert np.array_equal(finite(samples), samples)


@given(STEPS)
def test_steps_are_off_by_half_a_step_at_most(steps: np.ndarray) -> None:
    limited = np.clip(steps, LEAST, MOST)
    assert float(np.abs(in_steps(steps) - limited).max()) <= 0.5


def test_a_driver_that_gives_no_numbers_gives_silence() -> None:
    assert finite(np.array([math.nan, math.inf, -math.inf, 7.0])).tolist() == [0, MOST, LEAST, 7]


@pytest.mark.parametrize(("db", "gain"), [(0, 1.0), (20, 10.0), (-20, 0.1), (6.0206, 2.0), (-6.0206, 0.5)])
def test_twenty_decibels_are_ten_times_the_amplitude(db: float, gain: float) -> None:
    assert gain_of(db) == pytest.approx(gain, rel=1e-5)
    assert db_of(gain) == pytest.approx(db, abs=1e-4)
    assert power_of(db) == pytest.approx(gain**2, rel=1e-5)


@given(DECIBELS)
def test_decibels_there_and_back_are_the_same(db: float) -> None:
    assert db_of(gain_of(db)) == pytest.approx(db, abs=1e-9)
    assert db_of_power(power_of(db)) == pytest.approx(db, abs=1e-9)


@given(st.lists(DECIBELS, min_size=1, max_size=8))
def test_many_gains_are_each_as_one(levels: list[float]) -> None:
    gains = gains_of(np.array(levels, np.float32))
    assert gains.dtype == np.float32
    assert gains.tolist() == pytest.approx([gain_of(db) for db in levels], rel=1e-4)


@pytest.mark.parametrize("nothing", [0.0, -1.0])
def test_nothing_has_no_level(nothing: float) -> None:
    assert db_of(nothing) == -math.inf
    assert db_of_power(nothing) == -math.inf


def test_level_is_measured_as_power_and_as_root_mean_square() -> None:
    square = pcm(LEAST, LEAST)
    assert mean_power(square) == 1.0
    assert rms(square) == 32_768.0
    assert rms(pcm(3, -4, 3, -4)) == pytest.approx(math.sqrt(12.5))
    assert mean_power(pcm()) == rms(pcm()) == 0.0


@given(PCM.filter(len))
def test_both_measures_agree(samples: Pcm) -> None:
    assert mean_power(samples) == pytest.approx((rms(samples) / 32_768) ** 2, rel=1e-4, abs=1e-12)


def test_the_noise_floor_is_as_loud_as_a_quiet_room() -> None:
    noise = noise_floor(20_000, np.random.default_rng(1))
    assert float(np.sqrt(np.mean(noise**2))) == pytest.approx(FLOOR_RMS, rel=0.02)
    assert in_steps(noise).any()
