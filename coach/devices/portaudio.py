"""Open real sound streams with PortAudio. The only file that imports sounddevice.

Two separate 16-bit raw streams, because a duplex stream falls into a busy loop under PulseAudio. The callbacks only
copy; blocks are 20 ms; at least 60 ms lie between the loop and the speaker. What the output callback really wrote,
silence included, is the echo reference and the clock. `tests/devices/test_devices_pulse.py` holds it to real streams.
"""

import atexit
import contextlib
import ctypes
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from coach.devices.ring_buffer import RingBuffer
from coach.errors import InputError, MachineError
from coach.hearing.ports.ears import HEARING_HZ
from coach.session.events import DeviceKind
from coach.sound.clip import RATE_HZ
from coach.sound.downmix import Downmixer
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import Resampler
from coach.sound.room_tone import table

LATENCY_S = 0.06  # asked of PortAudio; with the two blocks that wait here, 100 ms between the loop and the air
HUSH_S = 0.01  # the fade of what waits here when a session holds: as short as it may be without a click
_CAPACITY_S = 2.0  # of a ring buffer: longer than the loop is ever away


@dataclass(frozen=True, slots=True)
class DeviceName:
    """A device as PortAudio names it."""

    name: str
    inputs: int
    outputs: int
    rate_hz: int
    default: bool


def list_devices() -> tuple[DeviceName, ...]:
    """Return the machine's devices. Raises MachineError without PortAudio."""
    sounddevice = portaudio()
    return tuple(
        DeviceName(
            found["name"],
            found["max_input_channels"],
            found["max_output_channels"],
            int(found["default_samplerate"]),
            index in tuple(sounddevice.default.device),
        )
        for index, found in enumerate(sounddevice.query_devices())
    )


def portaudio() -> Any:
    """Return the sounddevice module. Raises MachineError where PortAudio is missing."""
    try:
        with silent_stderr():  # ALSA tells the terminal about every card it does not find
            import sounddevice

            _quiet_alsa()
    except (OSError, ImportError) as error:
        raise MachineError(
            "PortAudio is missing, so there is no sound on this computer. On Debian or Ubuntu: "
            "sudo apt-get install libportaudio2. Until then, use coach rehearse or coach export."
        ) from error
    return sounddevice


@cache
def _quiet_alsa() -> None:
    """Keep ALSA from writing to the terminal whenever a block is late, over whatever is shown there."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        # Its handler may be any C function: one that does nothing needs no lock of Python's in the audio thread.
        nothing = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(nothing)


class Speaker:
    """An output stream with a ring buffer before it. `played` is what it really wrote."""

    def __init__(self, name: str | None) -> None:
        """Open and start it, at 44.1 kHz or else at its own rate. Raises InputError or MachineError."""
        self.frames = 0
        """Frames the callback has written."""
        self.late = 0
        """Of these, room tone alone because nothing was waiting."""
        self._tone = as_pcm(table())
        self._stream, self.rate_hz, self._channels = _open(DeviceKind.SPEAKER, name, RATE_HZ, self._write)
        self._ring = RingBuffer(round(_CAPACITY_S * self.rate_hz))
        self._played = RingBuffer(round(_CAPACITY_S * self.rate_hz))
        self._to_device = Resampler(RATE_HZ, self.rate_hz)
        self._due = 0.0
        """Frames that were handed over and that the resampler still keeps, at the device's rate."""
        self._to_hearing = Resampler(self.rate_hz, HEARING_HZ)
        _start(DeviceKind.SPEAKER, self._stream)

    @property
    def waiting_s(self) -> float:
        """Return how much waits to be played."""
        return self._ring.waiting / self.rate_hz

    @property
    def latency_s(self) -> float:
        """Return how long after the callback a frame is heard, as PortAudio says."""
        return float(self._stream.latency)

    @property
    def active(self) -> bool:
        """Tell whether the stream still runs."""
        return bool(self._stream.active)

    def play(self, block: Pcm) -> None:
        """Hand over a 44.1 kHz block."""
        out = self._to_device.feed(block)
        self._due += len(block) * self.rate_hz / RATE_HZ - len(out)
        self._ring.write(out)

    def hush(self) -> float:
        """Fade out what waits to be played; return how many seconds are silent now, 0.0: too little waits."""
        hushed = self._ring.fade_out(round(HUSH_S * self.rate_hz), self._tone)
        if not hushed:
            return 0.0
        self._to_device = Resampler(RATE_HZ, self.rate_hz)  # what the old one keeps is silent, too
        self._ring.write(self._tone[: round(self._due)])
        self._due = 0.0
        return hushed / self.rate_hz - HUSH_S

    def played(self) -> Pcm:
        """Return what was written since the last call, at 16 kHz."""
        return self._to_hearing.feed(self._played.read_all())

    def close(self) -> None:
        """Fall silent at once."""
        _close(self._stream)

    def _write(self, out: Any, frames: int, _time: Any, _status: Any) -> None:
        block = np.zeros(frames, np.int16)
        found = self._ring.read_into(block)
        if found < frames:  # the room tone in its place: earphones fall asleep in digital silence
            block[found:] = self._tone.take(np.arange(self.frames + found, self.frames + frames), mode="wrap")
        np.frombuffer(out, np.int16).reshape(frames, self._channels)[:] = block[:, None]
        self._played.write(block)
        self.late += frames - found
        self.frames += frames


class Microphone:
    """An input stream with a ring buffer behind it."""

    def __init__(self, name: str | int | None) -> None:
        """Open and start it, at 16 kHz or else at its own rate. Raises InputError or MachineError."""
        self.frames = 0
        """Frames the callback has copied."""
        self._stream, self.rate_hz, self._channels = _open(DeviceKind.MICROPHONE, name, HEARING_HZ, self._read)
        self._ring = RingBuffer(round(_CAPACITY_S * self.rate_hz))
        self._downmixer = Downmixer(self._channels)  # of two channels one may be dead, or turned against the other
        self._to_hearing = Resampler(self.rate_hz, HEARING_HZ)
        _start(DeviceKind.MICROPHONE, self._stream)

    @property
    def active(self) -> bool:
        """Tell whether the stream still runs."""
        return bool(self._stream.active)

    def heard(self) -> Pcm:
        """Return what came in since the last call, at 16 kHz."""
        return self._to_hearing.feed(self._ring.read_all())

    def close(self) -> None:
        """Stop listening."""
        _close(self._stream)

    def _read(self, data: Any, frames: int, _time: Any, _status: Any) -> None:
        sound = np.frombuffer(data, np.int16).reshape(frames, self._channels)
        self._ring.write(self._downmixer.feed(sound))
        self.frames += frames


def restart_portaudio() -> None:
    """Let PortAudio look for devices again; every stream must be closed. Its list is frozen otherwise."""
    sounddevice = portaudio()
    with silent_stderr(), contextlib.suppress(sounddevice.PortAudioError):
        sounddevice._terminate()
        sounddevice._initialize()


def leave_portaudio() -> None:
    """Let the program end without tidying up PortAudio: a call into a sound server that hangs would never return."""
    atexit.unregister(portaudio()._exit_handler)


@contextlib.contextmanager
def silent_stderr() -> Iterator[None]:
    """Keep what C libraries write to the terminal's error stream from being seen."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _open(
    what: DeviceKind, name: str | int | None, wanted_hz: int, callback: Callable[..., None]
) -> tuple[Any, int, int]:
    """Open a stream at the wanted rate, else at the device's own; return it, its rate and its channels."""
    sounddevice = portaudio()
    out = what is DeviceKind.SPEAKER
    kind, make = ("output", sounddevice.RawOutputStream) if out else ("input", sounddevice.RawInputStream)
    try:
        found = sounddevice.query_devices(name, kind)
    except (ValueError, sounddevice.PortAudioError) as error:
        if name is not None:
            raise InputError(f"there is no {what} called {name!r}; coach devices lists them.") from error
        raise MachineError(_none(what)) from error
    most = found[f"max_{kind}_channels"]
    reason: Exception | None = None
    # One channel first for a microphone; a speaker with two gets the same on both, or only the left one would sound.
    for channels in (min(2, most), 1) if out else (1, min(2, most)):
        for rate_hz in (wanted_hz, int(found["default_samplerate"])):
            try:
                with silent_stderr():
                    stream = make(
                        samplerate=rate_hz,
                        blocksize=rate_hz // 50,
                        device=name,
                        channels=channels,
                        dtype="int16",
                        latency=LATENCY_S,
                        callback=callback,
                    )
            except sounddevice.PortAudioError as error:
                reason = error
            else:
                return stream, rate_hz, channels
    raise MachineError(f"{_none(what)} ({found['name']}: {reason})")


def _none(what: DeviceKind) -> str:
    if what is DeviceKind.SPEAKER:
        return (
            "no loudspeaker works on this computer. coach rehearse shows a session without one; "
            "coach export makes a file to play."
        )
    return "no microphone works on this computer."


def _start(what: DeviceKind, stream: Any) -> None:
    try:
        with silent_stderr():
            stream.start()
    except portaudio().PortAudioError as error:
        stream.close()
        raise MachineError(f"{_none(what)} ({error})") from error


def _close(stream: Any) -> None:
    with silent_stderr(), contextlib.suppress(portaudio().PortAudioError):
        stream.abort()
        stream.close()


def wait(seconds: float) -> None:
    """Wait for the devices: paces the loop, decides nothing that is heard."""
    time.sleep(seconds)


def main() -> int:
    """Exit 0 where there is a loudspeaker to play on, else 3: how `scripts/run` chooses between run and rehearse."""
    try:
        Speaker(None).close()
    except MachineError:
        return 3
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
