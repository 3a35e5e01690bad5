"""The Bluetooth trap: a headset's sound never goes with the headset's own microphone, unless there is no other."""

import json
import subprocess
import sys

import pytest

from coach.devices.headset import trap_in
from coach.devices.portaudio import DeviceName
from tests.support.program import COACH, environment
from tests.support.pulse import Pulse, pulse

__all__ = ["pulse"]

DESK = DeviceName("MacBook Microphone", 1, 0, 48_000, False)
AIRPODS = (DeviceName("AirPods", 1, 0, 24_000, True), DeviceName("AirPods", 0, 2, 48_000, True))
WINDOWS = (
    DeviceName("Headset (WH-1000XM4 Hands-Free AG Audio)", 1, 0, 16_000, True),
    DeviceName("Headphones (WH-1000XM4 Stereo)", 0, 2, 44_100, True),
)


@pytest.mark.parametrize("headset", [AIRPODS, WINDOWS])
def test_the_computers_own_microphone_is_taken_and_both_are_named(headset: tuple[DeviceName, ...]) -> None:
    found = trap_in([*headset, DESK])
    assert found is not None
    assert (found.microphone, found.index) == (DESK.name, 2)
    assert headset[1].name in found.words
    assert DESK.name in found.words


def test_where_there_is_no_other_the_headset_is_taken_and_that_is_said() -> None:
    found = trap_in(AIRPODS)
    assert found is not None
    assert found.microphone is None
    assert "telephone quality" in found.words


@pytest.mark.parametrize(
    "devices",
    [
        (),
        (DESK,),
        (DeviceName("USB headset", 1, 2, 48_000, True), DESK),
        (DeviceName("Webcam", 1, 0, 16_000, True), DeviceName("Speakers", 0, 2, 48_000, True), DESK),
        (DeviceName("AirPods", 1, 0, 24_000, True), DeviceName("Speakers", 0, 2, 48_000, True), DESK),
        (DeviceName("Microphone", 1, 0, 48_000, True), AIRPODS[1]),
    ],
)
def test_other_devices_are_no_trap(devices: tuple[DeviceName, ...]) -> None:
    assert trap_in(devices) is None


OPEN = """
import json, os, subprocess, sys
from coach.devices.real import SoundDevices
devices = SoundDevices(None, sys.argv[1] or None)
short = lambda what: [line.split("\\t") for line in subprocess.run(["pactl", "list", "short", what],
                      capture_output=True, text=True).stdout.splitlines()]
sources = {row[0]: row[1] for row in short("sources")}
print(json.dumps([sources[row[1]] for row in short("source-outputs")]))
devices.close()
"""


def opened(pulse: Pulse, microphone: str = "") -> list[str]:
    """Return the sources that are recorded from while the usual devices are open."""
    env = environment(**pulse.environment)
    done = subprocess.run([sys.executable, "-c", OPEN, microphone], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout.splitlines()[-1]))


def test_on_a_sound_server_a_headset_is_heard_and_the_desk_listens(pulse: Pulse) -> None:
    assert "mic" in opened(pulse)
    pulse.run("pactl", "load-module", "module-null-sink", "sink_name=bluez_sink.headset")
    pulse.run("pactl", "load-module", "module-remap-source", "source_name=bluez_source.headset", "master=room.monitor")
    pulse.run("pactl", "set-default-sink", "bluez_sink.headset")
    pulse.run("pactl", "set-default-source", "bluez_source.headset")
    assert "bluez_source.headset" not in opened(pulse)
    assert "mic" in opened(pulse)
    env = environment(**pulse.environment)
    for command in ("doctor", "devices"):
        told = subprocess.run([*COACH, command], env=env, capture_output=True, text=True, timeout=60).stdout
        assert "bluez_sink.headset for sound, mic to hear you" in told
