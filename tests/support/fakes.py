"""Second implementations of ports, for tests. Each passes the contract test of the real one."""

import hashlib
import threading
from collections.abc import Sequence

import numpy as np

from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.loudness import normalized
from coach.sound.pcm import as_pcm
from coach.speech.pace import USUAL_RATE
from coach.speech.voice import estimate


class ToneVoice:
    """A voice whose every text is a noise burst of its own, exactly as long as `estimate` says."""

    def __init__(self, name: str = "tone", rate: float = USUAL_RATE) -> None:
        self._name, self._rate = name, rate
        self.spoken: list[str] = []
        """Every text it was asked for, in order."""
        self.closed = False
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        return self._name

    @property
    def fingerprint(self) -> str:
        return f"tone {self._name}" if self._rate == USUAL_RATE else f"tone {self._name}, {self._rate:g}"

    def render(self, texts: Sequence[str]) -> list[Clip]:
        with self._lock:
            self.spoken += texts
        return [_burst(f"{self._name} {text}", estimate(text) * USUAL_RATE / self._rate) for text in texts]

    def at_rate(self, words_a_minute: float) -> "ToneVoice":
        return ToneVoice(self._name, words_a_minute)

    def close(self) -> None:
        self.closed = True


def _burst(seed: str, seconds: float) -> Clip:
    """Return noise over a few tones, all by the seed: two texts never sound alike, and start sharply."""
    random = np.random.default_rng(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))
    t = np.arange(frames_of(seconds)) / RATE_HZ
    tones = sum(np.sin(2 * np.pi * hz * t) for hz in random.uniform(200, 1_000, 3))
    sound = (0.1 * tones + random.uniform(-0.1, 0.1, len(t))).astype(np.float32)
    samples = as_pcm(normalized(sound)).astype(np.float32) / np.float32(32768)
    samples.setflags(write=False)
    return Clip(samples)
