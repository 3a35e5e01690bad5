"""Real sounddevice streams on PulseAudio's null sinks: the coach is heard on the monitor and hears the room.

Each part runs in a process of its own: PortAudio reads its environment once.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.sound.wav import write_wav
from tests.support.hers import clips_of
from tests.support.pulse import Pulse, pulse, samples_of, started

__all__ = ["pulse"]

ECHO = """
import numpy as np
from coach.devices.real import SoundDevices
from coach.devices.port import BLOCK_FRAMES
devices = SoundDevices()
t = np.arange(BLOCK_FRAMES * 150)
tone = (6000 * np.sin(2 * np.pi * 500 * t / 44100)).astype(np.int16)
heard, played = [], []
for at in range(0, len(tone), BLOCK_FRAMES):
    mic, out = devices.exchange(tone[at : at + BLOCK_FRAMES])
    assert len(mic) == len(out) and len(mic) % 320 == 0
    heard.append(mic)
    played.append(out)
clock, late, has = devices.clock_s, devices.late_s, devices.has_microphone
devices.close()
def at_500(x):
    x = x[-16000:].astype(float)
    spectrum = np.abs(np.fft.rfft(x * np.hanning(len(x))))
    return bool(abs(int(np.argmax(spectrum)) - 500) <= 2)
heard, played = np.concatenate(heard), np.concatenate(played)
import json
print(json.dumps({"heard": at_500(heard), "played": at_500(played), "clock": clock, "late": late, "has": has,
                  "paired_s": len(played) / 16000}))
"""


def in_pulse(pulse: Pulse, code: str) -> dict[str, object]:
    """Run a program on the server's devices; return the object it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], env=pulse.environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def test_what_is_played_is_heard_and_is_the_reference(pulse: Pulse) -> None:
    with pulse.recording() as monitor:
        result = in_pulse(pulse, ECHO)
    assert result["has"] is True
    assert result["played"] is True
    assert result["heard"] is True
    recorded = samples_of(monitor).astype(float)
    loud = recorded[np.abs(recorded) > 1000]
    assert len(loud) > 16_000


def test_the_clock_counts_what_left_the_speaker_silence_included(pulse: Pulse) -> None:
    result = in_pulse(pulse, ECHO)
    clock, late, paired = (float(str(result[key])) for key in ("clock", "late", "paired_s"))
    assert clock - late <= 3.0 + 0.02
    assert clock >= 2.5
    assert abs(clock - paired) < 0.5


def test_no_device_of_that_name_is_one_clear_line(pulse: Pulse) -> None:
    done = coach(pulse, "run", "bands", "--speaker", "no such thing", "--plain")
    _, errors = done.communicate(timeout=30)
    assert done.returncode == 2
    assert "no such thing" in errors
    assert "Traceback" not in errors


def coach(pulse: Pulse, *arguments: str) -> "subprocess.Popen[str]":
    command = [str(Path(sys.executable).with_name("coach")), *arguments]
    return subprocess.Popen(command, env=pulse.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(true: Callable[[], bool], patience_s: float = 25.0) -> bool:
    """Wait for something to become true."""
    end = time.monotonic() + patience_s
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def entries(log: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []


def commands(log: Path) -> list[object]:
    return [entry["name"] for entry in entries(log) if entry["event"] == "command"]


@pytest.mark.slow
def test_a_session_is_heard_and_obeys_what_is_said_in_the_room(pulse: Pulse, tmp_path: Path) -> None:
    words = spoken(tmp_path, "pause", "continue", "next")
    log = tmp_path / "log.jsonl"
    with pulse.air(), pulse.recording() as monitor:
        session = coach(pulse, "run", "bands", "--plain", "--no-sound-check", "--ears", "moonshine", "--log", str(log))
        try:
            assert until(lambda: bool(np.any(np.abs(samples_of(monitor)) > 1000))), "the coach was never heard"
            time.sleep(4)  # the ears load while the coach welcomes her
            for word, command in (("pause", "pause"), ("continue", "resume"), ("next", "next")):
                taken = any(said_and_taken(pulse, words[word], log, command) for _ in range(4))
                assert taken, f"{word}: {entries(log)}"
            session.send_signal(2)
            session.wait(timeout=15)
        finally:
            session.kill()
            _, errors = session.communicate()
    assert session.returncode == 130, errors
    assert "Traceback" not in errors
    assert entries(log)[-1]["event"] == "finish"
    assert entries(log)[-1]["reason"] == "interrupted"
    assert any(entry["event"] == "silent" and entry["after"] == "pause" for entry in entries(log))


def said_and_taken(pulse: Pulse, wav: Path, log: Path, command: str) -> bool:
    """Say it once more, as a person would, and see whether it was taken."""
    pulse.say(wav)
    return until(lambda: command in commands(log), 3.0)


def spoken(folder: Path, *texts: str) -> dict[str, Path]:
    clips = clips_of("en-gb+f3", 140)
    paths = {}
    for text in texts:
        paths[text] = folder / f"{text}.wav"
        write_wav(paths[text], clips.clip(text).samples)
    clips.close()
    return paths


SERVER_GONE = """
import json, sys, time
import numpy as np
from coach.devices.real import SoundDevices
from coach.devices.port import BLOCK_FRAMES
devices = SoundDevices()
silence = np.zeros(BLOCK_FRAMES, np.int16)
end, clock = time.monotonic() + 30, 0.0
gone, back, told = set(), set(), False
print("playing", flush=True)
while time.monotonic() < end and not (told and not gone and len(back) == 2):
    devices.exchange(silence)
    assert devices.clock_s >= clock
    clock = devices.clock_s
    for change in devices.changes():
        name = type(change).__name__
        if name == "DeviceLost":
            gone.add(change.what)
        else:
            gone.discard(change.what)
            back.add(change.what)
    if gone and not told:
        print("lost", flush=True)
        told = True
devices.close()
print(json.dumps({"gone": sorted(gone), "back": sorted(back), "has": devices.has_microphone}))
"""


@pytest.mark.slow
def test_devices_that_are_lost_come_back(tmp_path: Path) -> None:
    server = started(tmp_path)
    command = [sys.executable, "-c", SERVER_GONE]
    with subprocess.Popen(command, env=server.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "playing\n"
        time.sleep(1)
        server.stop()
        assert process.stdout.readline() == "lost\n"
        server.start()
        result = json.loads(process.stdout.readline())
    server.stop()
    assert process.returncode == 0
    assert result["gone"] == []
    assert result["back"] == ["microphone", "speaker"]
    assert result["has"] is True
