"""`coach voices`: who can speak, and how one of them sounds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from coach.sound.wav import read_wav
from coach.speech.choose import usual_voice
from coach.speech.origins import ESPEAK, NATURAL, SYSTEM, Origin, origin_of
from tests.architecture.tree import ROOT
from tests.support.program import in_process

RUN = "import sys; from coach.cli.main import main; raise SystemExit(main(sys.argv[1:]))"


def coach(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **env})


def test_the_usual_voice_is_marked_and_stands_in_the_json() -> None:
    marked = [line for line in in_process("voices").stdout.splitlines() if line.endswith("(the usual one)")]
    known = json.loads(in_process("voices", "--json").stdout)
    assert [line.split()[0].rpartition("/")[2] for line in marked] == [usual_voice()]
    assert all(list(voice) == ["id", "name", "language", "gender", "licence", "origin"] for voice in known)
    assert all(voice["licence"] and voice["origin"] for voice in known)
    assert any(voice["id"].rpartition("/")[2] == usual_voice() for voice in known)


def test_the_english_voices_are_listed_and_with_all_the_rest() -> None:
    english, every = (json.loads(in_process("voices", "--json", *more).stdout) for more in ((), ("--all",)))
    assert {voice["language"].partition("-")[0] for voice in english} == {"en"}
    assert [voice for voice in every if voice["language"].startswith("en")] == english
    assert len(every) > len(english) > 3


def test_each_voice_s_licence_and_origin_stand_below_it() -> None:
    lines = in_process("voices").stdout.splitlines()
    joe = next((at for at, line in enumerate(lines) if line.startswith("joe ")), None)
    assert joe is None or "fine-tuned from lessac" in lines[joe + 1]
    espeak = next(at for at, line in enumerate(lines) if line.startswith("gmw/en-us "))
    assert "GPL-3.0; eSpeak NG" in lines[espeak + 1]


@pytest.mark.parametrize(
    ("voice", "origin"),
    [("joe", NATURAL), ("gmw/en-us", ESPEAK), ("com.apple.voice.compact.en-US.Samantha", SYSTEM), ("HKEY_X", SYSTEM)],
)
def test_an_origin_is_known_by_a_voice_s_id(voice: str, origin: Origin) -> None:
    assert origin_of(voice) == origin


def test_readme_and_licence_name_the_natural_voice_with_its_caution() -> None:
    for name in ("README.md", "LICENSE"):
        text = " ".join((ROOT / name).read_text("utf-8").split())
        assert all(word in text for word in ("joe", "piper-tts", "GPL-3.0", "CC0", "lessac")), name


def test_a_voice_can_be_tried_into_a_file(tmp_path: Path) -> None:
    target = tmp_path / "voice.wav"
    done = coach("voices", "--try", "en-gb", "--speaker", str(target), XDG_CACHE_HOME=str(tmp_path))
    samples, _ = read_wav(target)
    assert done.returncode == 0, done.stderr
    assert np.abs(samples).max() > 0.1


def test_an_unknown_voice_is_one_line(tmp_path: Path) -> None:
    done = coach("voices", "--try", "en-uk", XDG_CACHE_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "no voice named en-uk" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
