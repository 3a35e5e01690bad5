"""Suppress late reverberation in a word (Lebart, Boucher and Denbigh 2001).

Late reverberation is predicted from the sound 50 ms earlier, by the decay of an assumed room. The result helps a small
recognizer with some words from across a room and harms others, so it is one more view of the word.
"""

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.stft import HOP, istft, smoothed_power, stft
from coach.sound.pcm import Pcm

# `scripts/bench hearing --voices tuning` measures these constants: words from across a room.
_RT60_S = 0.6
"""Time of the room's decay by 60 dB, of a living room with hard walls."""
_LATE_HOPS = round(0.05 * HEARING_HZ / HOP)
_SPECTRAL_FLOOR = 0.3  # 10 dB down; without it clicks remain that sound like consonants
_SMOOTHING = 0.6


def suppress_late_reverberation(samples: Pcm) -> Pcm:
    """Return the samples, as many, with the late reverberation attenuated."""
    spectra = stft(samples)
    power = smoothed_power(spectra, _SMOOTHING)
    late = np.zeros_like(power)
    late[_LATE_HOPS:] = power[:-_LATE_HOPS] * 10 ** (-6 * _LATE_HOPS * HOP / HEARING_HZ / _RT60_S)
    gain = np.maximum(_SPECTRAL_FLOOR, np.sqrt(np.maximum(0.0, 1 - late / (power + 1e-9))))
    return istft(spectra * gain, len(samples))
