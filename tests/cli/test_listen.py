"""`coach commands` and `coach listen`, as programs of their own."""

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.cli.machine.sayings import TOGETHER, commands_markdown
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.places import PLACES, context_in
from coach.session.events import Commanded
from coach.session.machine import advance, open_commands, start
from coach.session.state import Question
from coach.sound.clip import RATE_HZ
from coach.sound.resample import resample
from coach.sound.wav import read_wav
from coach.speech.system_voice import SystemVoice
from coach.timeline.cue import SegmentKind
from tests.support.program import in_process

COACH = [sys.executable, "-c", "import sys; from coach.cli.main import main; sys.exit(main())"]


def coach(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COACH, *arguments], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def recording(path: Path, *texts: str) -> Path:
    """Say texts with a second before each: mono at 44.1 kHz."""
    voice = SystemVoice("en-us", 140)
    silence = np.zeros(RATE_HZ, np.float32)
    parts = [part for clip in voice.render(list(texts)) for part in (silence, clip.samples)]
    voice.close()
    return write(path, np.concatenate(parts), RATE_HZ, 1)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recording(tmp_path_factory.mktemp("said") / "said.wav", "next", "seven", "it hurts")


@pytest.fixture(scope="module")
def next_said(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recording(tmp_path_factory.mktemp("said") / "next.wav", "next")


def write(path: Path, samples: np.ndarray, rate_hz: int, channels: int) -> Path:
    data = np.rint(np.clip(samples, -1, 1) * 32_000).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.repeat(data[:, None], channels, axis=1).tobytes())
    return path


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line, parse_constant=refuse) for line in done.stdout.splitlines()]


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def test_the_commands_are_listed_with_every_phrase() -> None:
    rows = json.loads(in_process("commands", "--json").stdout)
    assert [list(row) for row in rows] == [["command", "phrases", "key", "safety", "where"]] * len(Command)
    assert {row["command"] for row in rows} == set(Command)
    assert {row["command"] for row in rows if row["safety"]} == SAFETY


def test_the_commands_can_be_read() -> None:
    shown = coach("commands", COLUMNS="120")
    assert shown.returncode == 0
    for word in ("next", "repeat", "done", "pause", "stop", "it hurts"):
        assert word in shown.stdout


def test_a_listing_imports_no_numpy() -> None:
    code = (
        "import sys; from coach.cli.machine.hearing import commands; commands(True); "
        "sys.exit(bool({'numpy', 'vosk', 'onnxruntime'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_readme_table_names_every_command_once() -> None:
    table = load_table()
    text = commands_markdown(table)
    assert len(text.splitlines()) == 2 + len(Command) - len(TOGETHER) + 1
    for entry in table.entries:
        assert text.count(f" `{entry.key}` ") == 1
        assert entry.does


def test_a_recording_is_understood(said: Path) -> None:
    heard = lines(coach("listen", "--microphone", str(said), "--in", "everything", "--json"))
    assert [list(each) for each in heard] == [["t", "text", "command", "value", "confidence", "accepted", "reason"]] * 3
    assert [(each["command"], each["value"], each["accepted"], each["reason"]) for each in heard] == [
        ("next", None, True, "ok"),
        ("number", 7, True, "ok"),
        ("it_hurts", None, True, "ok"),
    ]
    ends = [each["t"] for each in heard]
    assert ends == sorted(ends, key=lambda end: float(str(end)))
    assert float(str(ends[0])) == pytest.approx(1.5, abs=0.4)


@pytest.mark.slow
def test_what_is_closed_in_a_segment_is_not_taken_there(said: Path) -> None:
    heard = lines(coach("listen", "--microphone", str(said), "--json"))
    assert [(each["command"], each["reason"]) for each in heard] == [
        ("next", "ok"),
        (None, "unknown"),  # in a set nobody asks for a number, so that none is listened for
        ("it_hurts", "ok"),
    ]
    asked = lines(coach("listen", "--microphone", str(said), "--in", "effort", "--json"))
    assert [each["accepted"] for each in asked] == [False, True, True]


def test_what_is_understood_can_be_read(tmp_path: Path) -> None:
    two = recording(tmp_path / "two.wav", "next", "seven")
    shown = coach("listen", "--microphone", str(two), "--in", "set").stdout.splitlines()
    assert "next" in shown[0]
    assert "not acted on (unknown)" in shown[1]


@pytest.mark.slow
@pytest.mark.parametrize(("rate_hz", "channels"), [(8_000, 1), (22_050, 2), (48_000, 6)])
def test_any_rate_and_channel_count_is_converted(next_said: Path, tmp_path: Path, rate_hz: int, channels: int) -> None:
    samples, from_hz = read_wav(next_said)
    converted = resample(samples, from_hz, rate_hz)
    other = write(tmp_path / "other.wav", converted, rate_hz, channels)
    heard = lines(coach("listen", "--microphone", str(other), "--json"))
    assert [each["command"] for each in heard if each["accepted"]] == ["next"]


def test_silence_is_nothing_and_that_is_said(tmp_path: Path) -> None:
    silent = write(tmp_path / "silent.wav", np.zeros(32_000), 16_000, 1)
    done = coach("listen", "--microphone", str(silent), "--json")
    assert lines(done) == []
    assert f"{silent}: nothing was heard; 2.0 s" in done.stderr
    assert f"{silent}: nothing was heard; 2.0 s" in coach("listen", "--microphone", str(silent)).stdout


def test_stereo_of_opposite_polarity_is_understood(next_said: Path, tmp_path: Path) -> None:
    samples, rate_hz = read_wav(next_said)
    data = np.rint(np.clip(samples, -1, 1) * 32_000).astype("<i2")
    with wave.open(str(tmp_path / "opposite.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.stack([data, -data], axis=1).tobytes())
    heard = lines(coach("listen", "--microphone", str(tmp_path / "opposite.wav"), "--json"))
    assert [each["command"] for each in heard if each["accepted"]] == ["next"]


def test_a_place_is_open_for_what_the_session_takes_there() -> None:
    session, _ = start(load_routine("bands"), has_microphone=True)
    assert context_in("welcome").open == open_commands(session)
    paused, _ = advance(session, Commanded(Command.PAUSE))
    assert context_in("paused").open - {Command.SWITCH_SIDES} == open_commands(paused)  # a welcome has no sides
    asked, _ = advance(session, Commanded(Command.END_WORKOUT))
    assert (context_in("end").open, context_in("end").question) == (open_commands(asked), asked.question)
    assert {*SegmentKind, *Question} <= set(PLACES)
    assert all(context_in(place).open >= SAFETY - {Command.FALSE_ALARM} for place in PLACES)


@pytest.mark.parametrize("content", [None, b"", b"not audio at all, but long enough to be read as a header of a file"])
def test_what_is_no_recording_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "odd.wav"
    if content is not None:
        path.write_bytes(content)
    done = in_process("listen", "--microphone", str(path), "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "odd.wav" in done.stderr


def test_a_recording_without_a_frame_is_one_line(tmp_path: Path) -> None:
    done = in_process("listen", "--microphone", str(write(tmp_path / "none.wav", np.zeros(0), 16_000, 1)))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_odd_options_are_one_line_each(said: Path) -> None:
    place = in_process("listen", "--microphone", str(said), "--in", "bath")
    ears = in_process("listen", "--microphone", str(said), "--ears", "cat")
    assert (place.returncode, len(place.stderr.splitlines())) == (2, 1)
    assert "way_out" in place.stderr
    assert "usable" in place.stderr
    assert (ears.returncode, len(ears.stderr.splitlines())) == (2, 1)


def test_vosk_without_its_model_is_one_line(said: Path, tmp_path: Path) -> None:
    done = coach(
        "listen", "--microphone", str(said), "--ears", "vosk", HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path)
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "coach setup" in done.stderr
