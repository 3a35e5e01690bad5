"""The whole routine with its warm-up, in each voice, over each kind of steady sound: no false alarm, no miss."""

import shutil
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.sound.wav import write_wav
from tests.support.steady import STEADY, tone

OWN_TONES_HZ = (615, 880)  # of the earcons for a rise, a fall, a beginning; the hold's is among the steady ones
MUSIC = STEADY | {f"{hz} Hz": tone(hz) for hz in OWN_TONES_HZ}


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["en-gb", "joe"])
@pytest.mark.parametrize("music", list(MUSIC))
def test_no_steady_sound_under_the_whole_routine_raises_a_false_alarm(voice: str, music: str, tmp_path: Path) -> None:
    write_wav(tmp_path / "music.wav", MUSIC[music])
    target = tmp_path / "a.wav"
    with pytest.raises(SystemExit) as ended:
        main(
            ["export", "bands", "-o", str(target), "--voice", voice, "--music", str(tmp_path / "music.wav"), "--verify"]
        )
    shutil.rmtree(tmp_path)
    assert ended.value.code == 0
