"""Devices that go one after the other are all opened again, whenever each of them goes. Without hardware."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from coach.devices import real
from coach.devices.port import BLOCK_FRAMES, DeviceChange
from coach.devices.real import SoundDevices
from coach.errors import MachineError
from coach.session.events import DeviceBack, DeviceKind, DeviceLost
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm

SILENCE = np.zeros(BLOCK_FRAMES, np.int16)


class Device:
    """A speaker or a microphone that runs until it is broken."""

    rate_hz, late, latency_s, waiting_s = RATE_HZ, 0, 0.0, 0.0

    def __init__(self) -> None:
        self.active, self.closed, self._frames = True, False, 0

    @property
    def frames(self) -> int:
        self._frames += self.active
        return self._frames

    def play(self, block: Pcm) -> None: ...

    def played(self) -> Pcm:
        return np.zeros(320, np.int16)

    heard = played

    def close(self) -> None:
        self.closed = True


class Machine:
    """A machine's devices: each that was opened, and what stood open when PortAudio looked again."""

    def __init__(self) -> None:
        self.speakers: list[Device] = []
        self.microphones: list[Device] = []
        self.left_open: list[Device] = []
        self.opening, self.may_open = threading.Event(), threading.Event()
        self.may_open.set()
        self.refusals = 0

    def speaker(self, _name: object) -> Device:
        self.speakers.append(Device())
        return self.speakers[-1]

    def microphone(self, _name: object) -> Device:
        self.opening.set()
        assert self.may_open.wait(10)
        if self.refusals:
            self.refusals -= 1
            raise MachineError("no microphone")
        self.microphones.append(Device())
        return self.microphones[-1]

    def restart(self) -> None:
        self.left_open += [device for device in self.speakers + self.microphones if not device.closed]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(real, "Speaker", machine.speaker)
    monkeypatch.setattr(real, "Microphone", machine.microphone)
    monkeypatch.setattr(real, "restart_portaudio", machine.restart)
    monkeypatch.setattr(real, "microphone_beside_headset", lambda: None)
    monkeypatch.setattr(real, "_RETRY_S", (0.02,))
    monkeypatch.setattr(real, "_DEAD_S", 0.1)
    return machine


@pytest.fixture
def sound(machine: Machine) -> Iterator[SoundDevices]:
    sound = SoundDevices()
    sound.exchange(SILENCE)
    machine.opening.clear()
    yield sound
    machine.may_open.set()
    sound.close()


def until(sound: SoundDevices, true: Callable[[list[DeviceChange]], Any]) -> list[DeviceChange]:
    """Play on until something is true of what was told."""
    told: list[DeviceChange] = []
    end = time.monotonic() + 5
    while not true(told):
        assert time.monotonic() < end, told
        sound.exchange(SILENCE)
        told += sound.changes()
    return told


def works(sound: SoundDevices, machine: Machine) -> bool:
    """Tell whether the devices that were opened last play and hear, and every other one is closed."""
    now = [machine.speakers[-1], machine.microphones[-1]]
    others = machine.speakers[:-1] + machine.microphones[:-1]
    used = sound._speaker is machine.speakers[-1] and sound._microphone is machine.microphones[-1]
    return used and not any(device.closed for device in now) and all(device.closed for device in others)


def test_a_speaker_that_goes_while_a_microphone_is_opened_comes_back(machine: Machine, sound: SoundDevices) -> None:
    machine.may_open.clear()
    machine.microphones[0].active = False
    until(sound, lambda _: machine.opening.is_set())
    machine.speakers[0].active = False
    until(sound, lambda told: DeviceLost(DeviceKind.SPEAKER) in told)
    machine.may_open.set()
    told = until(sound, lambda told: DeviceBack(DeviceKind.MICROPHONE) in told)
    assert told == [DeviceBack(DeviceKind.SPEAKER), DeviceBack(DeviceKind.MICROPHONE)]
    assert works(sound, machine)
    assert machine.left_open == []


def test_a_speaker_that_goes_as_the_search_ends_is_looked_for(
    machine: Machine, sound: SoundDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending, reopen = threading.Event(), sound._reopen
    monkeypatch.setattr(sound, "_reopen", lambda *lost: (reopen(*lost), ending.wait(10)))
    machine.microphones[0].active = False
    until(sound, lambda told: DeviceBack(DeviceKind.MICROPHONE) in told)
    machine.speakers[0].active = False
    until(sound, lambda told: DeviceLost(DeviceKind.SPEAKER) in told)
    ending.set()
    until(sound, lambda told: DeviceBack(DeviceKind.MICROPHONE) in told)
    assert works(sound, machine)
    assert machine.left_open == []


def test_both_that_go_at_once_come_back(machine: Machine, sound: SoundDevices) -> None:
    machine.microphones[0].active = machine.speakers[0].active = False
    told = until(sound, lambda told: DeviceBack(DeviceKind.MICROPHONE) in told)
    assert told[0] == DeviceLost(DeviceKind.SPEAKER)
    assert works(sound, machine)
    assert machine.left_open == []


def test_a_microphone_that_stays_away_has_the_speaker_opened_anew(machine: Machine, sound: SoundDevices) -> None:
    machine.refusals = 2
    machine.microphones[0].active = False
    told = until(sound, lambda told: DeviceBack(DeviceKind.MICROPHONE) in told)
    assert told.count(DeviceLost(DeviceKind.SPEAKER)) == told.count(DeviceBack(DeviceKind.SPEAKER)) == 1
    assert works(sound, machine)
    assert machine.left_open == []


def test_a_busy_loop_keeps_its_speaker(machine: Machine, sound: SoundDevices) -> None:
    machine.refusals = 2
    machine.microphones[0].active = False
    until(sound, lambda _: machine.opening.is_set())
    end = time.monotonic() + 5
    while not sound.has_microphone:
        assert time.monotonic() < end
        time.sleep(0.01)
    until(sound, lambda told: DeviceBack(DeviceKind.MICROPHONE) in told)
    until(sound, lambda _: not sound._recovering or not sound._recovering.is_alive())
    sound.exchange(SILENCE)
    assert len(machine.speakers) == 1
    assert works(sound, machine)


def test_a_device_that_was_just_lost_is_closed_at_the_end(machine: Machine, sound: SoundDevices) -> None:
    machine.speakers[0].active = False
    until(sound, lambda told: DeviceLost(DeviceKind.SPEAKER) in told)
    sound.close()
    assert all(device.closed for device in machine.speakers + machine.microphones)
