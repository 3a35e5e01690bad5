"""A stand-in for sounddevice: a sound card of one rate, whose time passes only while somebody waits for it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from coach.devices.port import BLOCK_S

Callback = Callable[[Any, int, Any, Any], None]
Sound = Callable[[np.ndarray], np.ndarray]
"""A microphone's value at each time in seconds, in int16 steps."""


class PortAudioError(Exception):
    """What sounddevice raises for a rate that a card does not have."""


class Stream:
    """A raw stream of one channel: the card calls back for it."""

    def __init__(self, card: "Card", rate_hz: int, blocksize: int, callback: Callback) -> None:
        if rate_hz != card.rate_hz:
            raise PortAudioError(f"Invalid sample rate [PaErrorCode -9997]: {rate_hz}")
        self.active = False
        self.callback, self.blocksize = callback, blocksize

    def start(self) -> None:
        self.active = True

    def abort(self) -> None:
        self.active = False

    def close(self) -> None:
        self.active = False


class Card:
    """The module's part that `coach.devices.portaudio` uses, with a loudspeaker and a microphone of this rate."""

    PortAudioError = PortAudioError
    default = SimpleNamespace(device=(0, 0))

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self.hears: Sound = np.zeros_like
        self.frames = 0
        self.sounded: list[np.ndarray] = []
        """What the loudspeaker was given, callback by callback."""
        self._waited_s = 0.0
        self.speaker: Stream | None = None
        self.microphone: Stream | None = None

    def query_devices(self, name: str | int | None = None, kind: str | None = None) -> Any:  # noqa: ARG002 - its
        if kind is None:
            return ()
        return {"name": "card", f"max_{kind}_channels": 1, "default_samplerate": float(self.rate_hz)}

    def RawOutputStream(self, *, samplerate: int, blocksize: int, callback: Callback, **_: Any) -> Stream:  # noqa: N802 - sounddevice's
        self.speaker = Stream(self, samplerate, blocksize, callback)
        return self.speaker

    def RawInputStream(self, *, samplerate: int, blocksize: int, callback: Callback, **_: Any) -> Stream:  # noqa: N802 - sounddevice's
        self.microphone = Stream(self, samplerate, blocksize, callback)
        return self.microphone

    def wait(self, seconds: float) -> None:
        """Let time pass, in place of `coach.devices.portaudio.wait`: each 20 ms both streams are called back."""
        self._waited_s += seconds
        while self._waited_s >= BLOCK_S:
            self._waited_s -= BLOCK_S
            self._call_back(self.rate_hz // 50)

    def _call_back(self, frames: int) -> None:
        at_s = (self.frames + np.arange(frames)) / self.rate_hz
        heard = np.clip(np.rint(self.hears(at_s)), -32_768, 32_767).astype(np.int16)
        self.frames += frames
        if self.speaker:
            out = bytearray(2 * frames)
            self.speaker.callback(out, frames, None, None)
            self.sounded.append(np.frombuffer(bytes(out), np.int16))
        if self.microphone:
            self.microphone.callback(heard.tobytes(), frames, None, None)
