"""20 ms of sound in, "might that be speech?" out: the gate to webrtcvad.

It costs nearly nothing and lets a fifth of kitchen noise through, so it stands first and always runs.
"""

from coach.errors import MachineError
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm

COARSE_FRAMES = 320  # 20 ms, a length that it takes
STRICTEST = 3


class CoarseDetector:
    def __init__(self) -> None:
        """Load it. Raises MachineError where its wheel is missing."""
        try:
            import webrtcvad
        except ImportError as error:
            raise MachineError("the voice detector is missing: pip install webrtcvad-wheels") from error
        self._detector = webrtcvad.Vad(STRICTEST)

    def might_be_speech(self, frames: Pcm) -> bool:
        """Judge 320 frames."""
        return bool(self._detector.is_speech(frames.tobytes(), HEARING_HZ))
