"""`coach run` and `coach rehearse` from outside: exit codes, one clear line, files whole, the log kept."""

import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.clip import RATE_HZ
from coach.sound.resample import resample
from coach.sound.wav import write_wav
from tests.support.hers import clips_of
from tests.support.program import in_process

BRIEF = str(Path(__file__).parents[1] / "data" / "brief.toml")
COACH = str(Path(sys.executable).with_name("coach"))

Log = list[dict[str, Any]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    # No sound server is found there: as on a machine without sound.
    return {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "PULSE_SERVER": f"unix:{tmp_path}/none"}


def coach(environment: dict[str, str], folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([COACH, *arguments], env=environment, cwd=folder, capture_output=True, text=True, timeout=300)


def entries(log: Path) -> Log:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def commands(log: Log) -> list[str]:
    return [entry["name"] for entry in log if entry["event"] == "command"]


def microphone_file(path: Path, rate_hz: int, *said: tuple[float, str]) -> Path:
    """Write a recording in which words are said at their times."""
    clips = clips_of("en-gb+f3", 140)
    sound = np.zeros(rate_hz * (3 + round(max(t for t, _ in said))), np.float32)
    for t, text in said:
        words = resample(clips.clip(text).samples, RATE_HZ, rate_hz) * 0.4
        sound[round(t * rate_hz) : round(t * rate_hz) + len(words)] += words
    clips.close()
    write_wav(path, sound, rate_hz)
    return path


WRONG = [
    (("run", "band", "--speaker", "out.wav"), "did you mean bands"),
    (("run", "--speaker", "out.wav"), "name the routine"),
    (("run", "bands", "--microphone", "in.wav"), "--speaker"),
    (("run", "bands", "--microphone", "in.wav", "--speaker", "./in.wav"), "same file"),
    (("run", "bands", "--microphone", "in.wav", "--speaker", "nowhere/out.wav"), "nowhere"),
    (("run", "bands", "--microphone", "absent.wav", "--speaker", "out.wav"), "absent.wav"),
    (("run", "bands", "--microphone", "empty.wav", "--speaker", "out.wav"), "empty.wav"),
    (("run", "bands", "--microphone", "text.wav", "--speaker", "out.wav"), "text.wav"),
    (("run", "bands", "--speaker", "out.wav", "--reps", "-1"), "--reps"),
    (("run", "bands", "--speaker", "out.wav", "--sets", "9"), "--sets"),
    (("run", "bands", "--speaker", "out.wav", "--pace", "3"), "--pace"),
    (
        ("run", "bands", "--speaker", "out.wav", "--speech-rate", "10"),
        "--speech-rate 10: must be 80 to 200 words a minute",
    ),
    (
        ("rehearse", "bands", "--by-text", "--speech-rate", "1000"),
        "--speech-rate 1000: must be 80 to 200 words a minute",
    ),
    (("export", "bands", "-o", "out.mp3", "--speech-rate", "79"), "--speech-rate 79: must be 80 to 200 words a minute"),
    (("run", "bands", "--microphone", "in.wav", "--speaker", "out.wav", "--ears", "big"), "--ears"),
    (("run", "bands", "--speaker", "out.wav", "--voice", "no-such-voice"), "no-such-voice"),
    (("run", "bands", "--speaker", "out.wav", "--log", "text.wav/log.jsonl"), "log"),
    (("rehearse", "bands", "--by-text", "--script", "absent.toml"), "absent.toml"),
    (("rehearse", "bands", "--noise", "absent.wav"), "absent.wav"),
    (("rehearse", "nothing", "--by-text"), "nothing"),
]


@pytest.mark.parametrize(
    ("arguments", "told"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_wrong_input_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_wav(tmp_path / "in.wav", np.zeros(16_000, np.int16), HEARING_HZ)
    (tmp_path / "empty.wav").write_bytes(b"")
    (tmp_path / "text.wav").write_text("no sound")
    done = in_process(*arguments)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out.wav").exists() or (tmp_path / "out.wav").stat().st_size <= 44


def test_without_a_sound_card_one_line_names_the_rehearsal(environment: dict[str, str], tmp_path: Path) -> None:
    done = coach(environment, tmp_path, "run", "bands")
    assert done.returncode == 3, done.stderr
    assert "coach rehearse" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_speaker_file_alone_goes_through_without_a_microphone(environment: dict[str, str], tmp_path: Path) -> None:
    done = coach(environment, tmp_path, "run", BRIEF, "--speaker", "out.wav", "--log", "log.jsonl", "--plain")
    log = entries(tmp_path / "log.jsonl")
    assert done.returncode == 0, done.stderr
    assert log[0]["ears"] is None
    assert log[-1]["reason"] == "completed"
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44_100)
        assert abs(file.getnframes() / 44_100 - log[-1]["t"]) < 0.05


def test_a_microphone_file_is_obeyed_and_its_end_is_silence(environment: dict[str, str], tmp_path: Path) -> None:
    microphone_file(tmp_path / "in.wav", 22_050, (9.0, "next"), (13.0, "next"), (17.0, "next"))
    done = coach(
        environment, tmp_path, "run", BRIEF, "--microphone", "in.wav", "--speaker", "out.wav",
        "--ears", "moonshine", "--log", "log.jsonl", "--plain",
    )  # fmt: skip
    log = entries(tmp_path / "log.jsonl")
    assert done.returncode == 0, done.stderr
    assert commands(log) == ["next"] * 3
    heard = next(entry for entry in log if entry["event"] == "heard")
    assert 9.0 < heard["word_end_t"] < 10.5
    assert log[-1]["reason"] == "completed"


@pytest.mark.slow
def test_a_pause_in_a_microphone_file_ends_as_unanswered(environment: dict[str, str], tmp_path: Path) -> None:
    microphone_file(tmp_path / "in.wav", 16_000, (9.0, "pause"))
    done = coach(
        environment, tmp_path, "run", "bands", "--microphone", "in.wav", "--speaker", "out.wav",
        "--ears", "moonshine", "--log", "log.jsonl", "--plain",
    )  # fmt: skip
    log = entries(tmp_path / "log.jsonl")
    assert done.returncode == 0, done.stderr
    assert commands(log) == ["pause"]
    assert log[-1]["reason"] == "unanswered"
    assert 305 < log[-1]["t"] < 345


def test_the_log_is_always_kept(environment: dict[str, str], tmp_path: Path) -> None:
    coach(environment, tmp_path, "rehearse", BRIEF, "--by-text", "--plain")
    kept = list((tmp_path / "state" / "coach" / "sessions").glob("*.jsonl"))
    assert len(kept) == 1
    log = entries(kept[0])
    assert (log[0]["event"], log[0]["rehearsed"], log[-1]["event"]) == ("session", True, "finish")


def test_an_interruption_keeps_the_log_and_says_130(environment: dict[str, str], tmp_path: Path) -> None:
    command = [COACH, "run", "spine-strength-2", "--speaker", "out.wav", "--log", "log.jsonl", "--plain"]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        wait_for_lines(tmp_path / "log.jsonl", 5)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors == b""
    assert entries(tmp_path / "log.jsonl")[-1]["reason"] == "interrupted"
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert file.getnframes() > 0


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of this kind there")
def test_control_c_in_a_terminal_puts_the_terminal_back(environment: dict[str, str], tmp_path: Path) -> None:
    import pty
    import termios

    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    command = [COACH, "run", "spine-strength-2", "--speaker", "out.wav", "--log", "log.jsonl"]
    with subprocess.Popen(
        ["setsid", "--ctty", *command], env={**environment, "TERM": "xterm"}, cwd=tmp_path,
        stdin=theirs, stdout=theirs, stderr=theirs,
    ) as process:  # fmt: skip
        wait_for_lines(tmp_path / "log.jsonl", 5)
        assert not termios.tcgetattr(theirs)[3] & termios.ICANON
        os.write(ours, b"\x03")
        os.set_blocking(ours, False)
        drained_until_over(process, ours)
    assert process.returncode == 130
    assert termios.tcgetattr(theirs) == before
    assert entries(tmp_path / "log.jsonl")[-1]["reason"] == "interrupted"


def wait_for_lines(log: Path, count: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if log.exists() and len(log.read_bytes().splitlines()) >= count:
            return
        time.sleep(0.02)
    pytest.fail("the session did not begin")


def drained_until_over(process: "subprocess.Popen[bytes]", terminal: int) -> None:
    """Read what is drawn, or the program would wait for somebody to read it."""
    end = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < end:
        try:
            os.read(terminal, 65_536)
        except BlockingIOError:
            time.sleep(0.02)
    process.wait(timeout=5)
