"""Cancel the coach's echo with WebRTC's AEC3. The only file that imports pywebrtc_audio."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm

if TYPE_CHECKING:
    from pywebrtc_audio import AudioProcessor

AEC3_DELAY = 128
"""Frames by which the output lags the input, for blocks of whole 10 ms (pywebrtc-audio 0.2.0)."""

_TEN_MS = HEARING_HZ // 100


class Aec3:
    """The echo canceller, for blocks of whole 10 ms. It keeps state: feed it every block, silent ones too."""

    def __init__(self, processor: AudioProcessor) -> None:
        self._processor = processor

    def cancel(self, mic: Pcm, played: Pcm) -> Pcm:
        """Take the next block of each, equally long; return the microphone's block without the echo."""
        far = played if played.any() else _almost_silent(len(played))
        return np.asarray(self._processor.process(np.ascontiguousarray(mic), np.ascontiguousarray(far)), np.int16)


def aec3_is_installed() -> bool:
    """Tell whether pywebrtc_audio is installed, without importing it."""
    return find_spec("pywebrtc_audio") is not None


def open_aec3() -> Aec3 | None:
    """Return the canceller, or None if pywebrtc_audio is missing.

    Noise suppression and gain control stay off: both cost understood words (`scripts/bench hearing`).
    """
    try:
        from pywebrtc_audio import AudioProcessor
    except ImportError:
        return None
    return Aec3(AudioProcessor(sample_rate=HEARING_HZ, echo_cancellation=True, high_pass_filter=True))


def _almost_silent(frames: int) -> Pcm:
    """Return silence with one quantization step every 10 ms.

    Zeros alone let AEC3's filters decay into denormal numbers, which makes it several times slower.
    """
    silence = np.zeros(frames, np.int16)
    silence[::_TEN_MS] = 1
    return silence
