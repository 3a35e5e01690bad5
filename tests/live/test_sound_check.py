"""The sound check: what it measures in a simulated room is what was put there, and its advice follows."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import load_table
from coach.live.sound_check import SPEECH_DB, SoundCheck, rush
from coach.live.sound_levels import Advice, SoundLevels
from coach.rehearsal.devices import RoomDevices
from coach.rehearsal.mouths import VoiceMouth
from coach.rehearsal.room import RoomSpec
from coach.sound.pcm import Pcm
from coach.sound.wav import write_wav
from coach.speech.choose import open_clips
from coach.timeline.phrases import phrase
from tests.support.hers import clips_of
from tests.support.pulse import Pulse, pulse

__all__ = ["pulse"]

GOOD = SoundLevels(floor_db=-64, echo_db=-42, delay_s=0.1, removed_db=20, voice_db=-30)


@pytest.mark.parametrize(
    ("levels", "advice"),
    [
        (GOOD, Advice.FINE),
        (replace(GOOD, echo_db=None, delay_s=None, removed_db=None), Advice.FINE),
        (replace(GOOD, voice_db=-52), Advice.COME_CLOSER),
        (replace(GOOD, floor_db=-40), Advice.COME_CLOSER),
        (replace(GOOD, echo_db=-22), Advice.TURN_ME_DOWN),
        (replace(GOOD, echo_db=-31, removed_db=4), Advice.TURN_ME_DOWN),
        (replace(GOOD, echo_db=-50, removed_db=4), Advice.FINE),
        (replace(GOOD, echo_clips=True), Advice.TURN_ME_DOWN),
        (replace(GOOD, voice_db=None), Advice.NOT_HEARD),
        (replace(GOOD, clips=True), Advice.TOO_LOUD),
        (replace(GOOD, muted=True, voice_db=None), Advice.MUTED),
    ],
)
def test_the_advice_is_what_matters_most(levels: SoundLevels, advice: Advice) -> None:
    assert levels.advice is advice


@pytest.mark.parametrize("advice", list(Advice))
def test_each_advice_is_short_without_a_command_at_its_ends(advice: Advice) -> None:
    text = phrase(f"sound_check.{advice}")
    assert text.count(".") <= 2
    said = normal(text)
    for each in load_table().phrases():
        assert not f"{said} ".startswith(f"{each.text} ")
        assert not f" {said}".endswith(f" {each.text}")


def test_the_figures_are_one_line() -> None:
    assert GOOD.figures == "echo -42 dB, 100 ms late, 20 dB of it removed; noise -64 dB; you -30 dB"
    nothing = SoundLevels(-64, None, None, None, None)
    assert nothing.figures == "I don't hear myself; noise -64 dB; you were not heard"


def check(spec: RoomSpec, hello: str = "hello", mute: bool = False) -> SoundLevels:
    coach, hers = open_clips("en-us"), clips_of("en-gb+f3", 140)
    mouth = VoiceMouth(hers)
    devices = Muted(spec, mouth, None) if mute else RoomDevices(spec, mouth, None)
    found = SoundCheck(devices, coach).run(lambda step: mouth.say(hello) if step == "hello" and hello else None)
    coach.close()
    hers.close()
    assert found is not None
    return found


class Muted(RoomDevices):
    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        heard, played = super().exchange(block)
        return np.zeros_like(heard), played


@pytest.mark.parametrize(
    ("spec", "advice"),
    [
        (RoomSpec(echo_db=-12.0), Advice.FINE),
        (RoomSpec(echo_db=0.0, echo_delay_s=0.15), Advice.FINE),
        (RoomSpec(echo_db=12.0), Advice.TURN_ME_DOWN),
        (RoomSpec(echo_db=-12.0, noise_rms=200.0), Advice.COME_CLOSER),
    ],
)
def test_it_measures_what_is_in_the_room(spec: RoomSpec, advice: Advice) -> None:
    found = check(spec)
    assert found.echo_db is not None
    assert found.voice_db is not None
    assert found.delay_s == pytest.approx(spec.echo_delay_s, abs=0.003)
    assert found.floor_db == pytest.approx(20 * np.log10(spec.noise_rms / 32_768), abs=1)
    assert found.echo_db == pytest.approx(SPEECH_DB - 10 + spec.echo_db, abs=2)
    assert found.voice_db == pytest.approx(SPEECH_DB - 10, abs=5)
    assert found.removed_db is not None
    assert found.removed_db > min(8, found.echo_db - found.floor_db)
    assert found.advice is advice


def test_without_her_it_says_so() -> None:
    assert check(RoomSpec(), hello="").advice is Advice.NOT_HEARD


def test_a_muted_microphone_is_named() -> None:
    assert check(RoomSpec(), mute=True).advice is Advice.MUTED


def test_it_can_be_left_at_once() -> None:
    clips = open_clips("en-us")
    devices = RoomDevices(RoomSpec(), VoiceMouth(clips), None)
    assert SoundCheck(devices, clips).run(skip=lambda: True) is None
    assert devices.clock_s == 0
    clips.close()


def test_the_rush_is_broadband_and_soft() -> None:
    samples = rush().samples
    spectrum = np.abs(np.fft.rfft(samples)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / 44_100)
    for low in (200, 500, 1_000, 2_000, 4_000):
        octave = spectrum[(hz >= low) & (hz < 2 * low)].sum() / spectrum.sum()
        assert octave > 0.08
    assert np.abs(samples).max() < 0.5


@pytest.mark.slow
def test_it_runs_on_real_streams_and_is_done_once(pulse: Pulse, tmp_path: Path) -> None:
    hello = tmp_path / "hello.wav"
    clips = clips_of("en-gb+f3", 140)
    write_wav(hello, clips.clip("hello").samples)
    clips.close()
    command = [str(Path(sys.executable).with_name("coach")), "doctor", "--sound"]
    with pulse.air(), subprocess.Popen(command, env=pulse.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "say hello" in line.lower():
                pulse.say(hello)
    assert process.returncode == 0
    assert re.search(r"echo -\d+ dB, \d+ ms late, \d+ dB of it removed; noise -\d+ dB; you -\d+ dB", lines[-1]), lines
    assert list(pulse.folder.rglob("sound-check.json"))


@pytest.mark.slow
def test_the_first_session_begins_with_it(pulse: Pulse, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    command = [str(Path(sys.executable).with_name("coach")), "run", "bands", "--plain", "--log", str(log)]
    environment = {**pulse.environment, "XDG_STATE_HOME": str(tmp_path / "state")}
    steps = []
    with pulse.air(), subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            steps.append(line.strip())
            if "check_in" in line:  # the session begins
                process.send_signal(2)
    assert process.returncode == 130
    asked = [step.removeprefix("Sound check: ") for step in steps if step.startswith("Sound check: ")]
    assert asked == ["Quiet, please", "Listen", "Say hello"]
    told = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert told[0]["event"] == "session"
    checked = next(n for n, entry in enumerate(told) if str(entry.get("what", "")).startswith("sound check:"))
    assert checked < next((n for n, entry in enumerate(told) if entry["event"] == "segment"), len(told))
    assert (tmp_path / "state" / "coach" / "sound-check.json").exists()


NO_SOUND = "import os, sys; from coach.cli.main import main; sys.exit(main(['doctor', '--sound']))"


def test_without_sound_it_says_so(tmp_path: Path) -> None:
    environment = {**os.environ, "PULSE_SERVER": f"unix:{tmp_path}/none", "XDG_STATE_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", NO_SOUND], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "no loudspeaker works on this computer" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("sound-check.json"))
