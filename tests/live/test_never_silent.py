"""A session is never digitally silent: earphones that fall asleep swallow the next sound."""

from pathlib import Path

from coach.devices.files import FileDevices
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.opening import Parts, SessionPlan, open_live
from coach.playback.workshop import SilentClips
from coach.sound.pcm import as_pcm
from coach.sound.wav import read_wav
from tests.support.silence import longest_silence_s

SECONDS = 6


def test_a_session_never_falls_silent(tmp_path: Path) -> None:
    with FileDevices(tmp_path / "coach.wav") as devices:
        parts = Parts(table=load_table(), clips=SilentClips(), devices=devices, ears=None)
        live, _ = open_live(SessionPlan(routine=load_routine("bands"), usual="bands"), parts)
        live.begin()
        for _ in range(SECONDS * 50):
            live.tick()
    sound, _ = read_wav(tmp_path / "coach.wav")
    assert len(sound) > 0
    assert longest_silence_s(as_pcm(sound)) < 0.02
