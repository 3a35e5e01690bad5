"""Steady sounds as music: tones and noises. 662 Hz is the tone of a hold, which such music hides best."""

import numpy as np

from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.pcm import Samples


def noise(power: float) -> Samples:
    """Return 20 s of noise whose power falls with the frequency: white (0), pink (1), brown (2)."""
    white = np.fft.rfft(np.random.default_rng(1).normal(0, 1, frames_of(20)))
    sound = np.fft.irfft(white / np.maximum(np.arange(len(white)), 1) ** (power / 2))
    return np.asarray(0.5 * sound / np.abs(sound).max(), np.float32)


def tone(hz: float) -> Samples:
    return np.asarray(0.3 * np.sin(2 * np.pi * hz * np.arange(frames_of(20)) / RATE_HZ), np.float32)


STEADY = {
    **{f"{hz} Hz": tone(hz) for hz in (60, 220, 330, 662, 1_000, 2_500)},
    **{name: noise(power) for name, power in (("white", 0.0), ("pink", 1.0), ("brown", 2.0))},
}
