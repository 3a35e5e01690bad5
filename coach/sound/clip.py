"""Define a clip: the samples of one sentence or one earcon, ready to be mixed."""

from dataclasses import dataclass

from coach.sound.pcm import Samples

RATE_HZ = 44_100  # output, everywhere; hearing has its own 16 kHz


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    samples: Samples
    """Mono float32 at 44.1 kHz, full scale 1.0, read-only."""

    @property
    def frames(self) -> int:
        """Return the length in frames at 44.1 kHz."""
        return len(self.samples)

    @property
    def length_s(self) -> float:
        """Return the length in seconds."""
        return len(self.samples) / RATE_HZ


def frames_of(seconds: float) -> int:
    """Turn seconds into the nearest whole number of frames at 44.1 kHz."""
    return round(seconds * RATE_HZ)
