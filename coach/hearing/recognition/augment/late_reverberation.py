"""A word with the room's late sound behind it in, the same with that sound softened out: a view of it.

What a room adds some 50 ms later is expected to be what was said then, less by the room's decay (Lebart, Boucher and
Denbigh 2001). It helps a small recognizer with words from across a room and costs it others: both views are scored.
"""

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.stft import HOP, istft, smoothed_power, stft
from coach.sound.pcm import Pcm

_DECAY_S = 0.6
"""Until 60 dB: of a hard living room. Measured with the tuning voices: 0.4 s hears as many words, one of them wrong."""
_LATE_HOPS = round(0.05 * HEARING_HZ / HOP)
_KEPT = 0.3  # 10 dB down, no more: what is cut out whole leaves clicks that are heard as consonants
_SMOOTH = 0.6


def suppress_late_reverberation(samples: Pcm) -> Pcm:
    """Return the samples, as many, with the late sound softened (3 ms of work for a word)."""
    spectra = stft(samples)
    power = smoothed_power(spectra, _SMOOTH)
    late = np.zeros_like(power)
    late[_LATE_HOPS:] = power[:-_LATE_HOPS] * 10 ** (-6 * _LATE_HOPS * HOP / HEARING_HZ / _DECAY_S)
    gain = np.maximum(_KEPT, np.sqrt(np.maximum(0.0, 1 - late / (power + 1e-9))))
    return istft(spectra * gain, len(samples))
