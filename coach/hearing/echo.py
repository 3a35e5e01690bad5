"""Microphone and played sound in, the microphone without the coach out, twice: to detect by, and to listen to.

The canceller (WebRTC's AEC3) silences the coach best and eats her consonants: its output says whether somebody
speaks. The linear filter leaves her voice whole and a faint coach behind: its output says what was said.
"""

import importlib
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from coach.hearing.ears import HEARING_HZ, Pcm
from coach.hearing.linear_echo import FRAME, LinearEcho

CANCELLER_DELAY = 128
"""Frames by which the canceller's output comes later than its input (measured, 0.2.0, whole 10 ms blocks)."""

_FULL = 32_768.0


@dataclass(frozen=True, slots=True, eq=False)
class Removed:
    """Both outputs of one block, aligned with each other, as long as the microphone's block."""

    detect: Pcm
    """To decide whether somebody but the coach speaks."""
    listen: Pcm
    """To decide what was said."""


class Canceller(Protocol):
    """The part of the canceller that is used here."""

    def process(self, near: Pcm, far: Pcm) -> Pcm: ...


def open_canceller() -> Canceller | None:
    """Return WebRTC's echo canceller, or None where its wheel is absent.

    Noise suppression and gain control are off: both cost understood words (measured).
    """
    try:
        module = importlib.import_module("pywebrtc_audio")
    except ImportError:
        return None
    canceller: Canceller = module.AudioProcessor(sample_rate=HEARING_HZ, echo_cancellation=True, high_pass_filter=True)
    return canceller


class EchoRemover:
    """Removes the coach from the microphone. State is kept over pauses: feed it always, silence too."""

    def __init__(self, headphones: bool = False) -> None:
        self.headphones = headphones
        self._canceller = None if headphones else open_canceller()
        self.reliable = headphones or self._canceller is not None
        """False where `detect` is only the linear filter's: ordinary commands are then closed while the coach speaks."""
        self._linear = LinearEcho()
        self._waiting = np.zeros((2, 0), np.int16)
        self._done = np.zeros((2, 0), np.int16)
        self._late = np.zeros(CANCELLER_DELAY, np.float32)
        self.delay_frames = 0 if headphones else CANCELLER_DELAY
        """Frames by which both outputs come later than the microphone. Grows once, by less than 160, where blocks
        are no multiple of 160 frames."""

    def remove(self, mic: Pcm, played: Pcm) -> Removed:
        """Take the next block, as many 16 kHz frames of each; return both outputs of that length.

        Raises ValueError where the two differ in length.
        """
        if len(mic) != len(played):
            raise ValueError(f"microphone and played blocks differ in length: {len(mic)} and {len(played)}")
        near, far = _as_pcm(mic), _as_pcm(played)
        if self.headphones:
            return Removed(near, near)
        self._waiting = np.concatenate((self._waiting, np.stack((near, far))), axis=1)
        self._work()
        return self._take(len(near))

    def _work(self) -> None:
        whole = self._waiting.shape[1] // FRAME * FRAME
        parts = [self._block(self._waiting[:, i : i + FRAME]) for i in range(0, whole, FRAME)]
        self._waiting = self._waiting[:, whole:]
        self._done = np.concatenate((self._done, *parts), axis=1)

    def _take(self, frames: int) -> Removed:
        short = frames - self._done.shape[1]
        if short > 0:
            self._done = np.concatenate((np.zeros((2, short), np.int16), self._done), axis=1)
            self.delay_frames += short
        detect, listen = self._done[:, :frames]
        self._done = self._done[:, frames:]
        return Removed(detect, listen)

    def _block(self, pair: Pcm) -> Pcm:
        near, far = np.ascontiguousarray(pair[0]), np.ascontiguousarray(pair[1])
        rest = self._linear.remove((near / _FULL).astype(np.float32), (far / _FULL).astype(np.float32))
        line = np.concatenate((self._late, rest))
        self._late = line[FRAME:]
        listen = np.clip(np.rint(line[:FRAME] * _FULL), -32_768, 32_767).astype(np.int16)
        detect = listen if self._canceller is None else self._canceller.process(near, far)
        return np.stack((detect, listen))


def _as_pcm(block: Pcm) -> Pcm:
    """Return the block as finite int16, whatever a driver gave: NaN becomes silence, too loud becomes full scale."""
    if block.dtype == np.int16:
        return block
    return np.clip(np.nan_to_num(block, nan=0.0), -32_768, 32_767).astype(np.int16)
