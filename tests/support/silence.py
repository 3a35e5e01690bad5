"""How long the digital silence in a sound lasts."""

import numpy as np

from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm


def longest_silence_s(sound: Pcm) -> float:
    """Return the length of the longest run of zeros in samples at 44.1 kHz."""
    sounding = np.flatnonzero(np.concatenate(([1], sound, [1])))
    return float(np.diff(sounding).max() - 1) / RATE_HZ
