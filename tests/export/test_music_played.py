"""Music in a session and in a file: there while it runs, gone when it must be, and no proof suffers from it."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from coach.cli.files.shaping import shaped
from coach.cli.main import main
from coach.devices.port import BLOCK_FRAMES
from coach.export.export import export
from coach.export.fingerprint import fingerprint, packed
from coach.export.order import spoken_timeline
from coach.export.proof import prove
from coach.export.render import Speak, blocks
from coach.export.riff import append_chunks
from coach.export.tags import Tags, marks
from coach.hearing.vocabulary.commands import Command
from coach.library.files import load_routine
from coach.playback.player import Player
from coach.playback.workshop import SilentClips, Workshop
from coach.session.effects import Continue, Finish, Hold, Play, Say, Volume
from coach.session.record import EndReason
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.ducking import RISE, STAY
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.mixer import Mixer
from coach.sound.music import open_bed
from coach.sound.pcm import Samples
from coach.sound.wav import write_wav
from coach.speech.choose import open_clips
from coach.speech.clips import Clips
from coach.timeline.cue import CueKind, Timeline
from coach.timeline.plan import plan
from coach.timeline.step import Shape
from tests.support.fakes import ToneVoice
from tests.support.steady import STEADY
from tests.support.timelines import short

LEVEL = 0.05


class Stage:
    """A player with music, and a voice that is silent: all that sounds is music."""

    def __init__(self) -> None:
        self.routine = load_routine("bands")
        piece: Samples = np.full(RATE_HZ, LEVEL, np.float32)
        self.player = Player(Mixer(itertools.repeat(piece)), Workshop(SilentClips(), Shape(live=True), threaded=False))
        self.player.set_routine(self.routine)

    def hear(self, seconds: float) -> np.ndarray:
        found = []
        for _ in range(round(seconds * RATE_HZ / BLOCK_FRAMES)):
            self.player.due()
            found.append(self.player.block(BLOCK_FRAMES))
        return np.abs(np.concatenate(found)) / 32_768


def test_music_begins_with_the_session_and_stays_under_the_words() -> None:
    stage = Stage()
    stage.player.carry_out(Play(plan(stage.routine)[0]))
    heard = stage.hear(8)
    assert 0 < heard[RATE_HZ:].max() <= LEVEL
    assert heard[-RATE_HZ:].min() > 0


def test_a_hold_silences_the_music_too_and_it_comes_back_when_she_goes_on() -> None:
    stage = Stage()
    stage.player.carry_out(Play(plan(stage.routine)[0]))
    stage.hear(5)
    stage.player.carry_out(Hold(Command.STOP))
    assert not stage.hear(3)[frames_of(0.03) :].any()
    stage.player.carry_out(Say(("Say resume to go on with me.",), keep_ticks=False))
    assert not stage.hear(4).any()
    stage.player.carry_out(Continue())
    assert stage.hear(6)[-RATE_HZ:].min() > 0


def test_a_softer_coach_has_softer_music_and_a_louder_one_no_louder() -> None:
    levels = {}
    for gain_db in (-12.0, 0.0, 9.0):
        stage = Stage()
        stage.player.carry_out(Play(plan(stage.routine)[0]))
        stage.player.carry_out(Volume(gain_db))
        levels[gain_db] = stage.hear(8)[-RATE_HZ:].mean()
    assert levels[-12.0] == pytest.approx(levels[0.0] / 4, rel=0.1)
    assert levels[9.0] == pytest.approx(levels[0.0], rel=0.01)


def test_music_is_over_when_the_session_is() -> None:
    stage = Stage()
    stage.player.carry_out(Play(plan(stage.routine)[-1]))
    length_s = 0.0
    while not length_s:
        stage.hear(0.5)
        length_s = stage.player.left_s or 0.0
    stage.hear(length_s)
    stage.player.carry_out(Finish(EndReason.COMPLETED))
    assert stage.hear(0.2).max() < 0.1 * LEVEL


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    t = np.arange(frames_of(20)) / RATE_HZ
    write_wav(tmp_path / "tune.wav", np.asarray(0.3 * np.sin(2 * np.pi * 330 * t), np.float32))
    return tmp_path / "tune.wav"


def test_a_file_with_music_is_as_long_as_without_and_proven(tmp_path: Path, tune: Path) -> None:
    clips, target = Clips(ToneVoice()), tmp_path / "short.mp3"
    with open_bed(tune, ffmpeg_path()) as bed:
        export(short(), clips.clip, target, Tags("Short"), bed=bed.pieces())
    proof = prove(target)
    assert proof.ok, proof.problems
    assert proof.length_s == pytest.approx(short().length_s, abs=0.03)


@pytest.fixture(scope="module")
def bands() -> Iterator[tuple[Timeline, Speak]]:
    """Give a set of bands in the real voice: its soft beginnings are what music hides.

    Without what stands around the exercises; `tests/acceptance/test_music.py` proves the whole routine.
    """
    clips = open_clips("en-gb")
    routine = replace(shaped(load_routine("bands"), None, 3), warm_up=False, balance=None, wind_down=False)
    yield spoken_timeline(routine, Shape(), clips, partial(open_clips, "en-gb"), lambda _done, _of: None), clips.clip
    clips.close()


@pytest.mark.slow
@pytest.mark.parametrize("music", STEADY.values(), ids=list(STEADY))
def test_a_steady_tone_or_noise_under_the_voice_raises_no_false_alarm(
    music: Samples, bands: tuple[Timeline, Speak], tmp_path: Path
) -> None:
    timeline, speak = bands
    write_wav(tmp_path / "music.wav", music)
    with open_bed(tmp_path / "music.wav", ffmpeg_path()) as bed:
        export(timeline, speak, tmp_path / "a.wav", Tags("Bands"), bed=bed.pieces())
    proof = prove(tmp_path / "a.wav")
    assert proof.ok, proof.problems


@pytest.mark.parametrize("name", ["60 Hz", pytest.param("pink", marks=pytest.mark.slow)])
def test_a_sentence_that_is_late_or_missing_is_found_under_music_too(
    name: str, bands: tuple[Timeline, Speak], tmp_path: Path
) -> None:
    timeline, speak = bands
    said = [cue.text for segment in timeline.segments for cue in segment.cues if cue.kind is CueKind.SAY]
    late, missing = said[3], said[6]

    def worse(text: str) -> Clip:
        clip = speak(text)
        delay = frames_of(0.02) if text == late else 0
        return Clip(np.concatenate([np.zeros(delay, np.float32), clip.samples * np.float32(text != missing)]))

    write_wav(tmp_path / "music.wav", STEADY[name])
    with open_bed(tmp_path / "music.wav", ffmpeg_path()) as bed:
        sound = np.concatenate(list(blocks(timeline, worse, bed=bed.pieces())))
    write_wav(tmp_path / "a.wav", sound)
    append_chunks(tmp_path / "a.wav", Tags("A"), marks(timeline), packed(fingerprint(timeline, speak, music=True)))
    found = {problem.what for problem in prove(tmp_path / "a.wav").problems}
    assert f"'{missing}' is missing" in found
    assert f"'{late}' is 20.0 ms late; the maximum is 1" in found


def test_between_the_words_of_a_file_there_is_music_and_at_its_end_there_is_none(tune: Path) -> None:
    timeline, clips = short(), Clips(ToneVoice())
    with open_bed(tune, ffmpeg_path()) as bed:
        over = np.concatenate(list(blocks(timeline, clips.clip, bed=bed.pieces())))
    alone = np.concatenate(list(blocks(timeline, clips.clip)))
    quiet = frames_of(2.9)
    assert np.abs(over[quiet : quiet + 4_410]).max() > np.abs(alone[quiet : quiet + 4_410]).max() + 50
    assert np.abs(over[-441:].astype(int) - alone[-441:]).max() < 20
    assert STAY + RISE < 2 * RATE_HZ


def test_music_that_is_none_is_one_line_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "bad.mp3").write_bytes(b"nothing")
    target = tmp_path / "out.mp3"
    code = main(["run", "bands", "--speaker", str(tmp_path / "out.wav"), "--music", str(tmp_path / "bad.mp3")])
    assert code == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "bad.mp3" in error
    assert not target.exists()
