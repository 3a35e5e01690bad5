"""A clip's beginning is known wherever it lies, on a sample or between two."""

import numpy as np
import pytest

from coach.export.correlation import correlation, shifted
from coach.sound.resample import resample

HZ = 8_000


def hiss(seed: int) -> np.ndarray:
    """Return 100 ms of noise over most of the band: what is least like itself half a sample later."""
    return np.random.default_rng(seed).standard_normal(800).astype(np.float32)


@pytest.mark.parametrize("by", [0.0, 0.1, 0.25, 0.5, 0.75, 0.99])
def test_a_shifted_sound_is_the_one_that_begins_between_two_samples(by: float) -> None:
    fine = resample(np.pad(hiss(1), 100), HZ, 100 * HZ)  # a hundred places between two samples
    late = np.pad(fine, (round(100 * by), 0))[::100][:1_000].astype(np.float32)
    moved = shifted(hiss(1), by)
    scores = correlation(late, moved)
    assert int(np.argmax(scores)) == 100
    assert scores.max() > 0.98


def test_without_it_a_beginning_half_a_sample_late_is_hardly_known() -> None:
    fine = resample(np.pad(hiss(1), 100), HZ, 100 * HZ)
    late = np.pad(fine, (50, 0))[::100][:1_000].astype(np.float32)
    assert correlation(late, hiss(1)).max() < 0.8
