"""Microphone and played sound in, silence where only the coach was out: the gate to WebRTC's echo canceller, AEC3."""

from importlib.util import find_spec
from typing import Any

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm

AEC3_DELAY = 128
"""Frames by which the output comes later than the input (measured, 0.2.0, whole 10 ms blocks)."""

_TEN_MS = HEARING_HZ // 100


class Aec3:
    """Cancels the echo in blocks of whole 10 ms. State is kept: feed it always, silence too."""

    def __init__(self, processor: Any) -> None:  # the wheel ships no types
        self._processor = processor

    def cancel(self, mic: Pcm, played: Pcm) -> Pcm:
        """Take the next block of each, equally long; return the microphone's without the coach."""
        far = played if played.any() else _almost_silent(len(played))
        return np.asarray(self._processor.process(np.ascontiguousarray(mic), np.ascontiguousarray(far)), np.int16)


def aec3_is_installed() -> bool:
    """Tell whether the canceller's wheel is installed, without loading it."""
    return find_spec("pywebrtc_audio") is not None


def open_aec3() -> Aec3 | None:
    """Return the canceller, or None where its wheel is absent.

    Noise suppression and gain control are off: both cost understood words (measured).
    """
    try:
        from pywebrtc_audio import AudioProcessor
    except ImportError:
        return None
    return Aec3(AudioProcessor(sample_rate=HEARING_HZ, echo_cancellation=True, high_pass_filter=True))


def _almost_silent(frames: int) -> Pcm:
    """Return digital silence but for a step each 10 ms.

    Fed with zeros alone the canceller's filters decay into denormal numbers, and it takes three times as long
    (measured: 22 ms a second against 6.5).
    """
    silence = np.zeros(frames, np.int16)
    silence[::_TEN_MS] = 1
    return silence
