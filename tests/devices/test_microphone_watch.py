"""A microphone that gives nothing, too little or too much is noticed, and odd values go no further."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.devices.microphone_watch import MUTED_S, MicrophoneWatch
from coach.devices.port import BLOCK_FRAMES, BLOCK_S, HEARING_FRAMES, DeviceChange
from coach.devices.watched import MOST_MUTES, WatchedDevices
from coach.session.events import DeviceBack, DeviceKind, DeviceLost, LossReason, Remark, Remarked
from coach.sound.pcm import Pcm

SILENCE: Pcm = np.zeros(BLOCK_FRAMES, np.int16)
ZERO: Pcm = np.zeros(HEARING_FRAMES, np.int16)
COACH: Pcm = np.full(HEARING_FRAMES, 3_000, np.int16)
_noise = np.random.default_rng(1)


class Scripted:
    """Devices whose microphone gives what it is told to."""

    has_microphone = True
    late_s = 0.0

    def __init__(self) -> None:
        self.blocks = 0
        self.heard: np.ndarray = ZERO
        self.coming: list[DeviceChange] = []

    @property
    def clock_s(self) -> float:
        return self.blocks * BLOCK_S

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:  # noqa: ARG002 - the port's
        self.blocks += 1
        return self.heard, COACH

    def hush(self) -> float:
        return 0.0

    def changes(self) -> tuple[DeviceChange, ...]:
        coming, self.coming = self.coming, []
        return tuple(coming)

    def close(self) -> None:
        """Have nothing to close."""


class Stage:
    def __init__(self) -> None:
        self.scripted = Scripted()
        self.devices = WatchedDevices(self.scripted)
        self.told: list[tuple[float, DeviceChange]] = []

    def give(self, block: np.ndarray, seconds: float) -> list[Pcm]:
        """Let the microphone give this for so long; return what comes through."""
        self.scripted.heard = block
        through = []
        for _ in range(round(seconds / BLOCK_S)):
            through.append(self.devices.exchange(SILENCE)[0])
            self.told += [(self.devices.clock_s, change) for change in self.devices.changes()]
        return through

    @property
    def changes(self) -> list[DeviceChange]:
        return [change for _, change in self.told]


def noise(rms: float) -> Pcm:
    return np.rint(_noise.standard_normal(HEARING_FRAMES) * rms).astype(np.int16)


def shout() -> Pcm:
    return np.clip(noise(30_000).astype(np.int32) * 2, -32_768, 32_767).astype(np.int16)


@pytest.mark.parametrize("value", [0, -7, 32_767])
def test_a_microphone_that_gives_one_value_is_lost_within_three_seconds(value: int) -> None:
    stage = Stage()
    stage.give(noise(20), 1)
    through = stage.give(np.full(HEARING_FRAMES, value, np.int16), 3.5)
    assert DeviceLost(DeviceKind.MICROPHONE, why=LossReason.MUTED) in stage.changes
    assert next(t for t, change in stage.told if isinstance(change, DeviceLost)) == pytest.approx(1 + MUTED_S, abs=0.05)
    assert through[-1].any(), "recognizers fail on digital silence"
    stage.give(noise(20), 0.1)
    assert stage.changes[-1] == DeviceBack(DeviceKind.MICROPHONE)


def test_shorter_stillness_means_nothing() -> None:
    stage = Stage()
    for _ in range(5):
        stage.give(ZERO, MUTED_S - 0.1)
        stage.give(noise(20), 0.1)
    assert stage.told == []


def test_a_microphone_that_goes_still_in_every_pause_is_not_held_against_her() -> None:
    stage = Stage()
    for _ in range(MOST_MUTES + 3):
        stage.give(ZERO, 4)
        stage.give(noise(500), 1)
    assert sum(isinstance(change, DeviceLost) for change in stage.changes) == MOST_MUTES
    assert sum(isinstance(change, DeviceBack) for change in stage.changes) == MOST_MUTES


def test_clipping_that_lasts_is_told_once_within_two_seconds() -> None:
    stage = Stage()
    stage.give(noise(20), 3)
    stage.give(shout(), 10)
    assert stage.changes == [Remarked(Remark.CLIPPING)]
    assert stage.told[0][0] <= 3 + 2


def test_one_shout_is_no_complaint() -> None:
    stage = Stage()
    for _ in range(4):
        stage.give(noise(20), 3)
        stage.give(shout(), 0.6)
    assert stage.told == []


def test_a_coach_that_is_hardly_heard_is_told_once() -> None:
    stage = Stage()
    stage.give(np.tile(np.array([0, 1, -1, 1], np.int16), HEARING_FRAMES // 4), 10)
    assert stage.changes == [Remarked(Remark.QUIET)]
    assert stage.told[0][0] <= 2.1


def test_a_quiet_room_is_no_complaint() -> None:
    stage = Stage()
    stage.give(noise(5), 60)
    assert stage.told == []


def test_what_is_lost_and_back_starts_anew() -> None:
    stage = Stage()
    stage.give(ZERO, 3.1)
    stage.scripted.coming = [DeviceLost(DeviceKind.MICROPHONE), DeviceBack(DeviceKind.MICROPHONE)]
    stage.give(noise(20), 0.1)
    assert [type(change) for change in stage.changes] == [DeviceLost, DeviceLost, DeviceBack]


@given(st.lists(st.sampled_from([float("nan"), float("inf"), -float("inf"), 1e30, -3.7, 0.0]), min_size=1, max_size=8))
def test_what_is_no_number_comes_through_as_sound(values: list[float]) -> None:
    stage = Stage()
    (block,) = stage.give(np.resize(np.array(values), HEARING_FRAMES), BLOCK_S)
    assert block.dtype == np.int16
    assert len(block) == HEARING_FRAMES


def loud(rms: float) -> np.ndarray:
    return (_noise.standard_normal(HEARING_FRAMES) * rms).astype(np.int16)


@pytest.mark.parametrize(("rms", "played", "said"), [(600.0, ZERO, 1), (60.0, ZERO, 0), (600.0, COACH, 0)])
def test_a_loud_room_is_told_once_and_only_by_the_coachs_silence(rms: float, played: Pcm, said: int) -> None:
    watch, told = MicrophoneWatch(), 0
    for _ in range(round(3 / BLOCK_S)):
        watch.feed(loud(rms), played)
        told += watch.complaint is Remark.LOUD
    assert bool(told) is bool(said)
