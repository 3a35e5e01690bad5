"""Of several channels nothing is lost: their mean, or the loudest where the mean cancels it."""

import wave
from pathlib import Path

import numpy as np
import pytest

from coach.sound.downmix import Downmixer
from coach.sound.pcm import Pcm
from coach.sound.wav import read_wav

SOUND = np.rint(8_000 * np.sin(np.arange(16_000) * 0.1)).astype(np.int16)
NOTHING = np.zeros_like(SOUND)

KINDS = {
    "alike": ([SOUND, SOUND], 1.0),
    "opposite polarity": ([SOUND, -SOUND], 1.0),
    "nearly opposite, the second softer": ([SOUND, -(SOUND // 10 * 9)], 1.0),
    "one dead": ([NOTHING, SOUND], 0.5),
    "seven of eight dead": ([*[NOTHING] * 7, SOUND], 1.0),
}


@pytest.mark.parametrize(("channels", "factor"), KINDS.values(), ids=list(KINDS))
def test_a_file_keeps_what_any_channel_holds(channels: list[Pcm], factor: float, tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(len(channels))
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.stack(channels, axis=1).astype("<i2").tobytes())
    assert np.allclose(read_wav(tmp_path / "a.wav")[0] * 32_768, factor * SOUND, atol=1.0)


@pytest.mark.parametrize(("channels", "factor"), KINDS.values(), ids=list(KINDS))
def test_a_stream_keeps_what_any_channel_holds(channels: list[Pcm], factor: float) -> None:
    mixer = Downmixer(len(channels))
    blocks = np.stack(channels, axis=1).reshape(-1, 320, len(channels))
    out = np.concatenate([mixer.feed(block) for block in blocks])
    assert np.allclose(out, factor * SOUND, atol=1.0)


def test_a_stream_does_not_go_to_and_fro_between_channels_in_silence() -> None:
    mixer = Downmixer(2)
    for block in np.stack([SOUND, -SOUND], axis=1).reshape(-1, 320, 2):
        mixer.feed(block)
    mixer.feed(np.zeros((320, 2), np.int16))
    again = np.stack([SOUND, -SOUND], axis=1)[:320]
    assert np.array_equal(mixer.feed(again), SOUND[:320])
