"""Let espeak speak into memory, by its library: thousands of words in many voices within a minute."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import espeakng_loader
import numpy as np

from coach.errors import MachineError
from coach.sound.pcm import Pcm

_SYNCHRONOUS, _UTF8, _RATE, _PITCH = 2, 1, 1, 3  # of speak_lib.h
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak:
    """One synthesizer: the library has room for one."""

    def __init__(self) -> None:
        """Load the library. Raises MachineError where it can't."""
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate_hz = self._library.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
        if self.rate_hz <= 0:
            raise MachineError("espeak can't be loaded: pip install espeakng-loader")
        self._parts: list[Pcm] = []
        self._callback = _CALLBACK(self._take)  # kept: the library calls it
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, text: str, voice: str, words_a_minute: int, pitch: int) -> Pcm:
        """Return a text as said by a voice, at `rate_hz`. Raises MachineError for a voice that there is not."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise MachineError(f"espeak has no voice {voice}")
        self._library.espeak_SetParameter(_RATE, words_a_minute, 0)
        self._library.espeak_SetParameter(_PITCH, pitch, 0)
        self._parts = []
        encoded = text.encode() + b"\0"
        self._library.espeak_Synth(encoded, len(encoded), 0, 0, 0, _UTF8, None, None)
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.int16)

    def _take(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: object) -> int:
        if samples and count > 0:
            self._parts.append(np.ctypeslib.as_array(samples, (count,)).astype(np.int16))
        return 0

    def close(self) -> None:
        """End the library."""
        self._library.espeak_Terminate()


@contextmanager
def espeak() -> Iterator[Espeak]:
    """Open the synthesizer and close it afterwards."""
    speaker = Espeak()
    try:
        yield speaker
    finally:
        speaker.close()
