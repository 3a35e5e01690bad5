"""`coach voices`: who can speak, and how one of them sounds."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from coach.sound.wav import read_wav
from coach.speech.choose import usual_voice

RUN = "import sys; from coach.cli.main import main; raise SystemExit(main(sys.argv[1:]))"


def coach(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **env})


def test_the_usual_voice_is_marked_and_stands_in_the_json() -> None:
    marked = [line for line in coach("voices").stdout.splitlines() if line.endswith("(the usual one)")]
    known = json.loads(coach("voices", "--json").stdout)
    assert [line.split()[0].rpartition("/")[2] for line in marked] == [usual_voice()]
    assert all(set(voice) == {"id", "name", "language", "gender"} for voice in known)
    assert any(voice["id"].rpartition("/")[2] == usual_voice() for voice in known)


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
