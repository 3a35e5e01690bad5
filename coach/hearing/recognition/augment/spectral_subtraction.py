"""Subtract steady background noise from a word (spectral subtraction, Boll 1979).

The noise is estimated from the quarter of a second before the speech. A spectral floor stays: it masks the musical
noise of the subtraction, which recognizers take for consonants.
"""

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.stft import HOP, WINDOW, istft, smoothed_power, stft
from coach.sound.pcm import Pcm

_NOISE_S = 0.25  # of a segment's pre-roll of 0.3 s
_MEAN_OVER_MEDIAN = 1.4  # of a noise's power, which is distributed exponentially
# `scripts/bench hearing` measures these constants: words in kitchens.
_OVERSUBTRACTION = 1.5
_SPECTRAL_FLOOR = 0.2  # 14 dB down
_SMOOTHING = 0.5


def subtract_noise(samples: Pcm) -> Pcm:
    """Return a segment's samples, as many, without the noise of its beginning."""
    spectra = stft(samples)
    before = np.abs(spectra[WINDOW // HOP : WINDOW // HOP + round(_NOISE_S * HEARING_HZ / HOP)]) ** 2
    noise = _MEAN_OVER_MEDIAN * np.median(before, axis=0)
    power = smoothed_power(spectra, _SMOOTHING)
    gain = np.maximum(_SPECTRAL_FLOOR, np.sqrt(np.maximum(0.0, 1 - _OVERSUBTRACTION * noise / (power + 1e-9))))
    return istft(spectra * gain, len(samples))
