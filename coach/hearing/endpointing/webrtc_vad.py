"""WebRTC's voice activity detector: might these 20 ms be speech? The only file that imports webrtcvad.

It costs next to nothing and lets some kitchen noise through, so it is the first stage and always runs.
"""

from coach.errors import MachineError
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm

COARSE_FRAMES = 320  # 20 ms, a length that it takes
MOST_AGGRESSIVE = 3  # mode: lets the least noise through


class CoarseDetector:
    """The cheap first stage of voice activity detection."""

    def __init__(self) -> None:
        """Load the detector. Raises MachineError where its wheel is missing."""
        try:
            import webrtcvad
        except ImportError as error:
            raise MachineError("the voice detector is missing: pip install webrtcvad-wheels") from error
        self._detector = webrtcvad.Vad(MOST_AGGRESSIVE)

    def might_be_speech(self, frames: Pcm) -> bool:
        """Tell whether 320 frames may hold speech."""
        return bool(self._detector.is_speech(frames.tobytes(), HEARING_HZ))


class CoarseProbability:
    """The second stage where its own wheel is missing: it takes for speech what the first stage does."""

    def __init__(self) -> None:
        """Load the detector. Raises MachineError where its wheel is missing."""
        self._detector = CoarseDetector()

    def probability(self, frames: Pcm) -> float:
        """Return 1 or 0: whether the last 20 ms of these frames may hold speech."""
        return float(self._detector.might_be_speech(frames[-COARSE_FRAMES:]))

    def reset(self) -> None:
        """Remember nothing."""
