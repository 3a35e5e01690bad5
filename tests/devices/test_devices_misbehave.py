"""Devices that come and go, on PulseAudio: noticed, told, held, reopened, and the session's clock with it.

Each part runs in a process of its own (PortAudio reads its environment once) and prints what it saw and when.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.support.pulse import Pulse, pulse, samples_of

__all__ = ["pulse"]

WATCH = """
import json, sys, time
import numpy as np
from coach.session.events import Remarked
from coach.live.log_entries import device_entry
from coach.devices.port import BLOCK_FRAMES
from coach.devices.real import SoundDevices
from coach.devices.watched import WatchedDevices
devices = WatchedDevices(SoundDevices())
t = np.arange(BLOCK_FRAMES)
noise = np.random.default_rng(1).normal(0, 1500, BLOCK_FRAMES).astype(np.int16)
began, told = time.monotonic(), 0.0
while time.monotonic() - began < float(sys.argv[1]):
    mic, played = devices.exchange(noise)
    assert len(mic) == len(played)
    now = time.monotonic()
    for change in devices.changes():
        print(json.dumps({"at": now - began, "what": device_entry(0.0, change).what}), flush=True)
    if now - told > 0.2:
        told = now
        level = float(np.abs(mic).mean()) if len(mic) else 0.0
        print(json.dumps({"at": now - began, "clock": devices.clock_s, "level": level}), flush=True)
devices.close()
print(json.dumps({"at": time.monotonic() - began, "what": "closed"}), flush=True)
"""


class Watcher:
    """A process that plays noise and hears it, and tells what happens to its devices."""

    def __init__(self, pulse: Pulse, seconds: float) -> None:
        command = [sys.executable, "-c", WATCH, str(seconds)]
        self.process = subprocess.Popen(command, env=pulse.environment, stdout=subprocess.PIPE, text=True)
        self.lines: list[dict[str, float | str]] = []
        self.began = 0.0

    def until(self, true: Callable[[dict[str, float | str]], bool]) -> dict[str, float | str]:
        """Read lines up to one of which something is true."""
        assert self.process.stdout is not None
        for text in self.process.stdout:
            self.lines.append(json.loads(text))
            if len(self.lines) == 1:
                self.began = time.monotonic() - float(self.lines[0]["at"])
            if true(self.lines[-1]):
                return self.lines[-1]
        pytest.fail(f"it never came about: {self.lines[-5:]}")

    def told(self, what: str) -> dict[str, float | str]:
        """Read up to a line that says so."""
        return self.until(lambda line: line.get("what") == what)

    def hears(self) -> dict[str, float | str]:
        """Read up to a line, from now on, in which something is heard."""
        now = time.monotonic() - self.began if self.lines else 0.0
        return self.until(lambda line: float(line.get("level", 0)) > 100 and float(line["at"]) >= now)

    @property
    def whats(self) -> list[str]:
        return [str(line["what"]) for line in self.lines if "what" in line]


@contextlib.contextmanager
def watching(pulse: Pulse, seconds: float = 25, *, hears: bool = True) -> Iterator[Watcher]:
    watcher = Watcher(pulse, seconds)
    try:
        if hears:
            watcher.hears()
        yield watcher
    finally:
        watcher.process.kill()
        watcher.process.communicate()


def seconds_since(began: float) -> float:
    return time.monotonic() - began


def test_a_muted_microphone_is_told_after_three_seconds_and_its_return_at_once(pulse: Pulse) -> None:
    with watching(pulse) as watcher:
        began = time.monotonic()
        pulse.run("pactl", "set-source-mute", "mic", "1")
        watcher.told("microphone muted")
        assert seconds_since(began) < 3 + 2
        pulse.run("pactl", "set-source-mute", "mic", "0")
        watcher.told("microphone back")
        watcher.hears()


def test_another_default_speaker_is_followed(pulse: Pulse) -> None:
    module = pulse.run("pactl", "load-module", "module-null-sink", "sink_name=other", "rate=48000", "channels=2")
    try:
        with watching(pulse) as watcher:
            with pulse.recording("other.monitor") as recording:
                pulse.run("pactl", "set-default-sink", "other")
                end = time.monotonic() + 5
                while time.monotonic() < end and not (abs(samples_of(recording)) > 500).any():
                    time.sleep(0.1)
                assert (abs(samples_of(recording)) > 500).any()
            pulse.run("pactl", "set-default-sink", "speaker")
            watcher.hears()
            assert watcher.whats.count("speaker lost") == watcher.whats.count("speaker back")
    finally:
        pulse.run("pactl", "unload-module", module.strip())


def test_a_speaker_that_is_unplugged_is_replaced_by_another(pulse: Pulse) -> None:
    module = pulse.run("pactl", "load-module", "module-null-sink", "sink_name=headset", "rate=48000", "channels=2")
    pulse.run("pactl", "set-default-sink", "headset")
    with watching(pulse, hears=False) as watcher:
        watcher.until(lambda line: float(line.get("clock", 0)) > 1)
        pulse.run("pactl", "set-default-sink", "speaker")
        pulse.run("pactl", "unload-module", module.strip())
        watcher.hears()


def test_a_killed_server_is_noticed_within_two_seconds_and_the_devices_come_back(pulse: Pulse) -> None:
    with watching(pulse) as watcher:
        began = time.monotonic()
        pulse.stop()
        watcher.told("speaker lost")
        assert seconds_since(began) < 2 + 2  # the server itself takes a second or two to go
        pulse.start()
        watcher.told("speaker back")
        watcher.told("microphone back")
        watcher.hears()
        clocks = [float(line["clock"]) for line in watcher.lines if "clock" in line]
        assert clocks == sorted(clocks)


@pytest.mark.slow
def test_a_server_that_hangs_is_noticed_and_keeps_nobody_from_leaving(pulse: Pulse) -> None:
    server = int((pulse.folder / "run" / "pulse" / "pid").read_text())
    with watching(pulse, 7) as watcher:
        os.kill(server, signal.SIGSTOP)
        try:
            began = time.monotonic()
            watcher.told("speaker lost")
            assert seconds_since(began) < 2 + 0.5
            watcher.told("closed")
            assert watcher.process.wait(8) == 0
        finally:
            os.kill(server, signal.SIGCONT)
