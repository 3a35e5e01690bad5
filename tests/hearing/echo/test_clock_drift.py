"""The drift of two clocks is estimated; one clock has none."""

import numpy as np
import pytest

from coach.hearing.echo.clock_drift import DriftEstimator

HZ = 16_000


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
