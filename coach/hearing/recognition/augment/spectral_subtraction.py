"""A word in a kitchen in, the same with the kitchen's steady noise softened out: a view of it.

The noise is what sounds in the quarter of a second before anybody speaks. Nothing is cut out whole: what is left of
the noise hides the holes that cutting tears, which a recognizer takes for consonants.
"""

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.stft import HOP, WINDOW, istft, smoothed_power, stft
from coach.sound.pcm import Pcm

_BEFORE_S = 0.25  # of a segment's 0.3 s before the first speech
_MEAN_OF_MEDIAN = 1.4  # of a noise's power, which is spread exponentially
_OVER = 1.5
_KEPT = 0.2  # 14 dB down
_SMOOTH = 0.5


def subtract_noise(samples: Pcm) -> Pcm:
    """Return a segment's samples, as many, with the noise that is in its beginning softened."""
    spectra = stft(samples)
    before = np.abs(spectra[WINDOW // HOP : WINDOW // HOP + round(_BEFORE_S * HEARING_HZ / HOP)]) ** 2
    noise = _MEAN_OF_MEDIAN * np.median(before, axis=0)
    power = smoothed_power(spectra, _SMOOTH)
    gain = np.maximum(_KEPT, np.sqrt(np.maximum(0.0, 1 - _OVER * noise / (power + 1e-9))))
    return istft(spectra * gain, len(samples))
