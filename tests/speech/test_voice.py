"""The voice port: one contract for the system's voice and the tests' own; the rule that estimates its lengths."""

import os
import signal
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
from coach.speech.languages import is_foreign
from coach.speech.paced_voice import PacedVoice
from coach.speech.system_voice import WORDS_A_MINUTE, SystemVoice, available_voices
from coach.speech.voice import Voice, estimate
from coach.speech.worker import match
from tests.support.fakes import ToneVoice

TYPICAL = (
    "Welcome. Five exercises for your back, about twenty minutes.",
    "You need a dumbbell, a sturdy chair, a band, a mat and a small towel.",
    "Say ready when you want to begin. Say pause or stop at any time.",
    "If anything hurts, say it hurts, and we stop at once.",
    "This is information, not medical advice. It does not replace your doctor.",
    "Keep a telephone within reach.",
    "Put one dumbbell on a chair in front of you, never on the floor.",
    "Stand tall and take it in your right hand, palm facing in.",
    "Left foot forward, right foot back. Your free hand may rest on the chair.",
    "Bend at the hips, back straight, halfway down. Let the arm hang under your shoulder.",
    "Draw that shoulder blade in, toward your spine.",
    "Back long, neck long.",
    "Lower the arm, stand tall, and put the weight on the chair.",
    "One. Breathe out and pull.",
    "Breathe in, lower slowly.",
    "Two. Out, and pull.",
    "Stay, keep breathing.",
    "Take your time. We begin in fifteen seconds.",
    "Take hold of the band with palms down, arms a little wider than your shoulders.",
    "Keep your wrists flat, in line with your forearms.",
    "Let your shoulder blades sink, and put a little tension on the band.",
    "Pull from the backs of your shoulders.",
    "Come down on your hands and knees. Hands under your shoulders, knees under your hips.",
    "Once you are steady, reach your left arm forward.",
    "Lie face down on the mat, the folded towel under your forehead.",
    "Never hold your breath.",
    "Good. That was the last one. Lower slowly and let go.",
    "Rest now. Breathe easily, and shake out your arms.",
    "Thirty seconds left.",
    "Next is the bird dog, on your hands and knees. Take the mat and the chair.",
    "Sit back upright, or stand by the chair. Don't fold forward.",
    "About six minutes left.",
    "I can't hear you. I'll begin in fifteen seconds. Say pause for more time.",
    "Stay where you are and call for help. I can't call for you.",
    "New, sharp or lasting back pain: stop for today and call your doctor before you train again.",
    "Turn over as one piece, shoulders and hips together.",
    "The workout takes about 21 minutes.",
)


@pytest.fixture(scope="module", params=["system", "tone"])
def voice(request: pytest.FixtureRequest) -> Iterator[Voice]:
    opened: Voice = SystemVoice() if request.param == "system" else ToneVoice()
    yield opened
    opened.close()


def test_every_text_becomes_a_clip_in_its_place(voice: Voice) -> None:
    short, long = "Stay.", "Lie face down on the mat, the folded towel under your forehead."
    clips = voice.render([short, long, short])
    assert clips[1].length_s > 3 * clips[0].length_s
    assert clips[0].length_s == pytest.approx(clips[2].length_s, abs=0.1)
    assert voice.render([]) == []


def test_clips_are_trimmed_and_at_one_loudness(voice: Voice) -> None:
    for clip in voice.render(["In.", "Breathe out, and pull.", "Ten seconds left. Then we go on to the floor."]):
        assert clip.samples.dtype == np.float32
        assert not clip.samples.flags.writeable
        assert loudness(clip.samples) == pytest.approx(-19, abs=0.5)
        level = np.abs(clip.samples)
        assert level.max() <= CEILING + 1e-3
        heard = np.flatnonzero(level > level.max() / 100)
        assert heard[0] < 0.02 * 44_100
        assert len(level) - heard[-1] < 0.05 * 44_100


def test_a_voice_serves_several_threads(voice: Voice) -> None:
    lengths: dict[str, float] = {}

    def speak(text: str) -> None:
        lengths[text] = voice.render([text])[0].length_s

    texts = ["One.", "Breathe in, lower slowly.", "Two more, nice and slow, and then you rest for a minute."]
    threads = [threading.Thread(target=speak, args=(text,)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths[texts[0]] < lengths[texts[1]] < lengths[texts[2]]


def test_what_shapes_the_clips_is_in_the_fingerprint(voice: Voice) -> None:
    assert voice.name in voice.fingerprint
    assert SystemVoice("en-gb").fingerprint != SystemVoice("en-us").fingerprint
    assert SystemVoice(rate=150).fingerprint != SystemVoice(rate=160).fingerprint


def test_the_default_voice_keeps_to_the_estimate() -> None:
    voice = PacedVoice(SystemVoice(), WORDS_A_MINUTE)
    lengths = [clip.length_s for clip in voice.render(TYPICAL)]
    voice.close()
    guesses = [estimate(text) for text in TYPICAL]
    assert sum(guesses) == pytest.approx(sum(lengths), rel=0.05)
    for text, guess, length in zip(TYPICAL, guesses, lengths, strict=True):
        assert guess == pytest.approx(length, rel=0.15, abs=0.25), text


def test_the_rate_stands_before_the_first_clip() -> None:
    code = (
        "from coach.speech import worker; answers = worker._take_stdout(); engine = worker._open_engine();"
        "worker.settle(engine, 'gmw/en-US', 150); print(engine.getProperty('rate'), file=answers)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "150"


def test_the_estimate_needs_no_numpy() -> None:
    code = "import sys, coach.speech.voice; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_slower_rate_takes_longer_in_every_process() -> None:
    text = ["Breathe in, and lower your arm slowly."]
    for _ in range(4):
        slow, quick = SystemVoice(rate=120), SystemVoice(rate=200)
        assert slow.render(text)[0].length_s > 1.3 * quick.render(text)[0].length_s
        slow.close()
        quick.close()


def test_no_clip_is_lost_or_cut() -> None:
    voice = SystemVoice()
    for text, clip in zip(TYPICAL * 3, voice.render(TYPICAL * 3), strict=True):
        assert clip.length_s > 0.7 * estimate(text), text
    voice.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_worker_is_replaced() -> None:
    voice = SystemVoice()
    voice.render(["One."])
    assert voice._worker is not None
    os.kill(voice._worker._process.pid, signal.SIGKILL)
    assert voice.render(["Two more."])[0].frames > 0
    voice.close()
    assert voice.render(["Last one."])[0].frames > 0
    voice.close()


def test_an_unknown_voice_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(InputError, match=r"no voice named en-uss: did you mean .*en-us"):
        SystemVoice("en-uss").render(["One."])


def test_a_text_that_makes_no_sound_is_named() -> None:
    voice = SystemVoice()
    with pytest.raises(MachineError, match='could not say " "'):
        voice.render([" "])
    voice.close()


def test_no_voice_at_all_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyttsx3.py").write_text("raise OSError('libespeak-ng.so.1: no such file')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for attempt in (available_voices, lambda: SystemVoice().render(["One."])):
        with pytest.raises(MachineError, match=r"no voice \(OSError: libespeak.*pip install espeakng-loader"):
            attempt()


def test_a_worker_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyttsx3.py").write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("coach.speech.system_voice.START_S", 0.5)
    with pytest.raises(MachineError, match="no answer within 1 s"):
        SystemVoice().render(["One."])


def test_the_voices_of_this_machine_are_listed() -> None:
    voices = available_voices()
    assert {"id", "name", "language", "gender"} == set(voices[0])
    assert any(voice["id"].endswith("en-us") for voice in voices)


def test_a_voice_is_found_by_id_last_part_and_language() -> None:
    voices = [("gmw/en-us", "en-us"), ("com.apple.Samantha", "en_US"), ("com.apple.Daniel", "en_GB")]
    assert match("gmw/en-us", voices) == "gmw/en-us"
    assert match("en-us", voices) == "gmw/en-us"
    assert match("EN-GB", voices) == "com.apple.Daniel"
    assert match("en-us+f3", voices) == "gmw/en-us+f3"
    assert match("en-us", voices[1:]) == "com.apple.Samantha"
    assert match("xx", voices) is None


@pytest.mark.parametrize("voice", ["de", "gmw/de", "fr-fr+f3"])
def test_a_voice_of_another_language_is_refused_with_the_english_ones_named(voice: str) -> None:
    with pytest.raises(InputError, match=r"English voices: .*en-gb, .*en-us") as caught:
        SystemVoice(voice).render(["Breathe out."])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("language", "foreign"),
    [("en-gb", False), ("en_US", False), ("de", True), ("cmn-latn", True), ("", False), ("409", False)],
)
def test_only_a_language_that_is_known_is_foreign(language: str, foreign: bool) -> None:
    assert is_foreign(language) == foreign
