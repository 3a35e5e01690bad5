"""Real devices at every rate a card may have: what is wrong with a microphone is told within three seconds."""

import sys
from collections.abc import Iterator

import numpy as np
import pytest

from coach.devices.port import BLOCK_FRAMES, BLOCK_S, HEARING_FRAMES, DeviceChange
from coach.devices.portaudio import HUSH_S
from coach.devices.real import SoundDevices
from coach.devices.watched import WatchedDevices
from coach.hearing.echo.linear_stage import LinearStage
from coach.hearing.ports.ears import HEARING_HZ
from coach.session.events import DeviceBack, DeviceKind, DeviceLost, LossReason, Remark, Remarked
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.room_tone import table
from tests.support.card import Card, Sound
from tests.support.spoken import blocks

RATES_HZ = (8_000, 16_000, 44_100, 48_000, 96_000)
TOLD_WITHIN_S = 3.0
MUTED = DeviceLost(DeviceKind.MICROPHONE, why=LossReason.MUTED)
_random = np.random.default_rng(1)
_coach = (3_000 * _random.standard_normal(BLOCK_FRAMES)).astype(np.int16)


class Training:
    """The coach's devices on a card, and what they tell, each with its time on the session's clock."""

    def __init__(self, card: Card) -> None:
        self.card, self.devices = card, WatchedDevices(SoundDevices())
        self.told: list[tuple[float, DeviceChange]] = []

    def hears(self, sound: Sound, seconds: float, coach: Pcm = _coach) -> list[tuple[Pcm, Pcm]]:
        """Go on for so long; return what the session got of the microphone and the loudspeaker, block by block."""
        self.card.hears, got, until_s = sound, [], self.devices.clock_s + seconds
        while self.devices.clock_s < until_s:
            got.append(self.devices.exchange(coach))
            self.told += [(self.devices.clock_s, change) for change in self.devices.changes()]
        return got


@pytest.fixture(params=RATES_HZ)
def training(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Training]:
    card = Card(request.param)
    monkeypatch.setitem(sys.modules, "sounddevice", card)
    monkeypatch.setattr("coach.devices.real.wait", card.wait)
    on_it = Training(card)
    yield on_it
    on_it.devices.close()


def room(t: np.ndarray) -> np.ndarray:
    return 20 * _random.standard_normal(len(t))


def tone(level: float, offset: float = 0.0) -> Sound:
    return lambda t: offset + level * np.sin(2 * np.pi * 200 * t)


@pytest.mark.parametrize(
    ("sound", "told"),
    [
        (tone(0), MUTED),
        (tone(0, offset=-700), MUTED),
        (tone(0, offset=32_767), MUTED),
        (tone(2), Remarked(Remark.QUIET)),
        (tone(2, offset=6_500), Remarked(Remark.QUIET)),
        (tone(150_000), Remarked(Remark.CLIPPING)),
    ],
    ids=["zeros", "a constant", "full scale", "too quiet", "too quiet beside zero", "clipped"],
)
def test_a_bad_microphone_is_told_within_three_seconds(training: Training, sound: Sound, told: DeviceChange) -> None:
    training.hears(room, 4)
    assert training.told == []
    began_s = training.devices.clock_s
    training.hears(sound, 4)
    assert [change for _, change in training.told] == [told]
    assert training.told[0][0] - began_s <= TOLD_WITHIN_S


def test_a_muted_microphone_is_back_with_its_first_sound(training: Training) -> None:
    training.hears(room, 1)
    training.hears(tone(0), 4)
    training.hears(room, 0.2)
    assert [change for _, change in training.told] == [MUTED, DeviceBack(DeviceKind.MICROPHONE)]


def test_a_good_microphone_is_no_complaint(training: Training) -> None:
    training.hears(room, 8)
    assert training.told == []


def test_a_pause_of_the_coach_is_silence_to_its_echo_canceller(training: Training) -> None:
    heard = [*training.hears(room, 2), *training.hears(room, 2, np.zeros(BLOCK_FRAMES, np.int16))]
    mic, played = (np.concatenate(stream) for stream in zip(*heard, strict=True))
    stage = LinearStage()
    rested = [stage.remove(*each).at_rest for each in zip(blocks(mic), blocks(played), strict=True)]
    assert not any(rested[len(rested) // 4 : len(rested) // 2])
    assert rested[-1]


ROOM_TONE_PEAK = int(np.abs(as_pcm(table())).max())


def test_what_waits_before_the_speaker_is_silent_at_once_and_costs_no_time(training: Training) -> None:
    card, devices = training.card, training.devices
    training.hears(room, 1)
    before_s, held = devices.clock_s, len(card.sounded)
    silent_s = devices.hush()
    assert silent_s > BLOCK_S / 2
    training.hears(room, 0.3, coach=np.zeros(BLOCK_FRAMES, np.int16))
    sounded = np.concatenate(card.sounded[held:])
    assert np.abs(sounded[: round(HUSH_S * card.rate_hz)]).max() > ROOM_TONE_PEAK
    assert np.abs(sounded[round(HUSH_S * card.rate_hz) :]).max() <= ROOM_TONE_PEAK
    late_s = devices.late_s
    training.hears(room, 1)
    assert np.any(card.sounded[-1])
    assert devices.late_s == late_s
    assert devices.clock_s >= before_s + 1.3


def test_what_was_played_and_heard_stays_together(training: Training) -> None:
    lengths = [(len(mic), len(played)) for mic, played in training.hears(room, 4)]
    assert all(heard == played and heard % HEARING_FRAMES == 0 for heard, played in lengths)
    assert sum(heard for heard, _ in lengths) > 3.8 * HEARING_HZ
