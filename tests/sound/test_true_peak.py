"""True peak: what a player's converter makes of the samples, between them too."""

import numpy as np
import pytest

from coach.sound.clip import RATE_HZ
from coach.sound.true_peak import TruePeak


def peak_db(sound: np.ndarray, block: int = RATE_HZ) -> float:
    measured = TruePeak()
    for at in range(0, len(sound), block):
        measured.feed(sound[at : at + block])
    return measured.db


@pytest.mark.parametrize("hz", [441, 1_000, 5_000, 11_025, 15_000])
@pytest.mark.parametrize("phase", [0.0, 0.7, np.pi / 4])
def test_a_tones_peak_is_its_level_wherever_the_samples_fall(hz: float, phase: float) -> None:
    tone = 0.5 * np.sin(2 * np.pi * hz * np.arange(RATE_HZ) / RATE_HZ + phase)
    fade = np.minimum(1, np.minimum(np.arange(RATE_HZ), np.arange(RATE_HZ)[::-1]) / 2_000)
    assert peak_db((tone * fade).astype(np.float32)) == pytest.approx(-6.02, abs=0.1)


def test_it_is_never_under_the_samples_and_the_blocks_do_not_matter() -> None:
    sound = np.random.default_rng(3).uniform(-0.9, 0.9, 20_000).astype(np.float32)
    whole = peak_db(sound)
    assert whole >= 20 * np.log10(np.abs(sound).max())
    assert [peak_db(sound, block) for block in (7, 64, 1_000)] == pytest.approx([whole] * 3, abs=0.02)


def test_silence_has_none() -> None:
    assert peak_db(np.zeros(100, np.float32)) == -np.inf
