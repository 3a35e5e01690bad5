"""Sound cards that want it their way: one rate only, two channels only, taken by another program. Without hardware."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import coach.devices.portaudio as devices
from coach.devices.port import BLOCK_FRAMES
from coach.devices.portaudio import Microphone, Speaker
from coach.devices.real import SoundDevices
from coach.errors import MachineError
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm

NO_TIME = NO_STATUS = None


class RefusedError(Exception):
    """What the card's library raises."""


class Card:
    """A sound card's library: what `coach.devices.portaudio` asks of PortAudio's."""

    PortAudioError = RefusedError

    def __init__(self, rate_hz: int = 48_000, channels: int = 2, taken: tuple[str, ...] = ()) -> None:
        self.rate_hz, self.channels, self.taken = rate_hz, channels, taken
        self.streams: list[Stream] = []

    def query_devices(self, name: str | int | None = None, kind: str | None = None) -> Any:
        if kind is None:
            return ()
        return {"name": name or "card", "default_samplerate": self.rate_hz, f"max_{kind}_channels": self.channels}

    def RawOutputStream(self, **wanted: Any) -> "Stream":  # noqa: N802 - the library's
        return self._open("output", **wanted)

    def RawInputStream(self, **wanted: Any) -> "Stream":  # noqa: N802 - the library's
        return self._open("input", **wanted)

    def _open(self, kind: str, samplerate: int, channels: int, callback: Callable[..., None], **_: Any) -> "Stream":
        if kind in self.taken:
            raise RefusedError("Device unavailable [PaErrorCode -9985]")
        if (samplerate, channels) != (self.rate_hz, self.channels):
            raise RefusedError("Invalid sample rate or number of channels")
        self.streams.append(Stream(callback, channels))
        return self.streams[-1]


class Stream:
    active = True

    def __init__(self, callback: Callable[..., None], channels: int) -> None:
        self.callback, self.channels = callback, channels

    def start(self) -> None: ...
    def abort(self) -> None: ...
    def close(self) -> None: ...

    def take(self, frames: int) -> Pcm:
        """Let the card take what it plays."""
        out = bytearray(2 * frames * self.channels)
        self.callback(out, frames, NO_TIME, NO_STATUS)
        return np.frombuffer(out, np.int16).reshape(frames, self.channels)

    def give(self, sound: Pcm) -> None:
        """Let the card give what it hears."""
        self.callback(sound.tobytes(), len(sound), NO_TIME, NO_STATUS)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Card:
    card = Card(**getattr(request, "param", {}))
    monkeypatch.setattr(devices, "portaudio", lambda: card)
    return card


def tone(hz: float, rate_hz: int, seconds: float) -> Pcm:
    wave = np.sin(2 * np.pi * hz * np.arange(round(seconds * rate_hz)) / rate_hz)
    return np.asarray(np.rint(8_000 * wave), np.int16)


def pitch(sound: np.ndarray, rate_hz: int) -> float:
    middle = sound[len(sound) // 4 : -len(sound) // 4].astype(float)
    return float(np.argmax(np.abs(np.fft.rfft(middle * np.hanning(len(middle))))) * rate_hz / len(middle))


@pytest.mark.parametrize(
    "card", [{"rate_hz": 48_000, "channels": 2}, {"rate_hz": 48_000, "channels": 1}], indirect=True
)
def test_a_card_of_one_rate_plays_and_hears_all_the_same(card: Card) -> None:
    speaker, microphone = Speaker(None), Microphone(None)
    out, into = card.streams
    for at in range(0, RATE_HZ, BLOCK_FRAMES):
        speaker.play(tone(440, RATE_HZ, 1)[at : at + BLOCK_FRAMES])
    played = out.take(47_000)
    assert pitch(played[:, 0], 48_000) == pytest.approx(440, abs=5)
    assert (played == played[:, :1]).all(), "both sides the same"
    assert pitch(speaker.played(), HEARING_HZ) == pytest.approx(440, abs=5)
    heard = np.repeat(tone(600, 48_000, 1)[:, None], card.channels, axis=1)
    into.give(heard)
    assert pitch(microphone.heard(), HEARING_HZ) == pytest.approx(600, abs=5)


@pytest.mark.parametrize("silent", [0, 1])
def test_a_microphone_with_one_dead_side_is_heard(card: Card, silent: int) -> None:
    microphone = Microphone(None)
    sound = np.repeat(tone(600, 48_000, 1)[:, None], 2, axis=1)
    sound[:, silent] = 0
    card.streams[0].give(sound)
    heard = microphone.heard()
    assert pitch(heard, HEARING_HZ) == pytest.approx(600, abs=5)
    assert np.abs(heard).max() > 3_000


@pytest.mark.parametrize("card", [{"taken": ("output",)}], indirect=True)
@pytest.mark.usefixtures("card")
def test_a_speaker_that_another_program_has_is_one_clear_line() -> None:
    with pytest.raises(MachineError, match="no loudspeaker works on this computer") as error:
        SoundDevices()
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("card", [{"taken": ("input",)}], indirect=True)
@pytest.mark.usefixtures("card")
def test_a_microphone_that_another_program_has_leaves_the_keys() -> None:
    sound = SoundDevices()
    assert not sound.has_microphone
    sound.close()
    with pytest.raises(MachineError, match="no microphone works on this computer"):
        SoundDevices(microphone="headset")


@pytest.mark.parametrize("card", [{"rate_hz": HEARING_HZ, "channels": 1}], indirect=True)
def test_a_microphone_that_opens_later_is_put_beside_what_is_played_then(card: Card) -> None:
    """Else the echo would come before its own sound, and nothing could take it out."""
    sound = SoundDevices()
    out, into = card.streams
    out.take(HEARING_HZ // 5)
    into.give(tone(600, HEARING_HZ, 0.04))
    heard, played = sound.exchange(np.zeros(BLOCK_FRAMES, np.int16))
    assert len(heard) == len(played) > HEARING_HZ // 10
    assert np.abs(heard[:-700]).max() < 200
    assert np.abs(heard[-500:]).max() > 4_000
    sound.close()
