"""Late reverberation is suppressed, the direct sound is kept."""

import numpy as np
import pytest

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.late_reverberation import suppress_late_reverberation


def burst(seconds: float, tail_s: float) -> np.ndarray:
    """Return a burst of noise, and a room's tail behind it that fades by 60 dB in 0.6 s."""
    generator = np.random.default_rng(3)
    loud = generator.normal(0, 6_000, round(seconds * HEARING_HZ))
    at_s = np.arange(round(tail_s * HEARING_HZ)) / HEARING_HZ
    tail = generator.normal(0, 4_000, len(at_s)) * 10 ** (-3 * at_s / 0.6)
    return np.concatenate((loud, tail)).astype(np.int16)


def level(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


def test_late_reverberation_is_attenuated() -> None:
    sound = burst(0.2, 0.5)
    tail = slice(round(0.35 * HEARING_HZ), round(0.6 * HEARING_HZ))
    assert level(suppress_late_reverberation(sound)[tail]) < 0.6 * level(sound[tail])


def test_the_direct_sound_is_kept() -> None:
    sound = burst(0.2, 0.5)
    first = slice(0, round(0.03 * HEARING_HZ))
    assert level(suppress_late_reverberation(sound)[first]) == pytest.approx(level(sound[first]), rel=0.05)


@pytest.mark.parametrize("frames", [1, 100, 511, 512, 5_000])
def test_as_many_samples_come_out_as_went_in(frames: int) -> None:
    sound = np.random.default_rng(1).integers(-32_768, 32_767, frames).astype(np.int16)
    assert suppress_late_reverberation(sound).shape == sound.shape
    assert suppress_late_reverberation(sound).dtype == np.int16


def test_silence_stays_silence() -> None:
    assert not suppress_late_reverberation(np.zeros(8_000, np.int16)).any()
