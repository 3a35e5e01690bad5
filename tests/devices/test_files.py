"""Files as devices: any microphone file is heard, over a noise floor that never ends; the speaker file is whole."""

import wave
from pathlib import Path

import numpy as np
import pytest

from coach.devices.files import FileDevices
from coach.devices.port import BLOCK_FRAMES, HEARING_FRAMES
from coach.errors import InputError
from coach.sound.pcm import FLOOR_RMS

SILENCE = np.zeros(BLOCK_FRAMES, np.int16)


def tone(seconds: float, rate_hz: int) -> np.ndarray:
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    return (8000 * np.sin(2 * np.pi * 440 * t)).astype(np.int16)


def write(path: Path, samples: np.ndarray, rate_hz: int, channels: int) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(np.repeat(samples, channels).tobytes())
    return path


def heard(devices: FileDevices, blocks: int) -> np.ndarray:
    return np.concatenate([devices.exchange(SILENCE)[0] for _ in range(blocks)])


def rms(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples.astype(float) ** 2)))


@pytest.mark.parametrize(("rate_hz", "channels"), [(8000, 1), (16000, 1), (44100, 2), (48000, 4)])
def test_a_microphone_file_of_any_rate_and_channels_is_heard(tmp_path: Path, rate_hz: int, channels: int) -> None:
    microphone = write(tmp_path / "in.wav", tone(1.0, rate_hz), rate_hz, channels)
    with FileDevices(tmp_path / "out.wav", microphone) as devices:
        sound = heard(devices, 50)
    spectrum = np.abs(np.fft.rfft(sound))
    assert abs(int(np.argmax(spectrum)) - 440) <= 1
    assert 5000 < rms(sound[1600:-1600]) < 6500


def test_after_its_end_the_microphone_is_a_noise_floor(tmp_path: Path) -> None:
    microphone = write(tmp_path / "in.wav", tone(0.1, 16000), 16000, 1)
    with FileDevices(tmp_path / "out.wav", microphone) as devices:
        heard(devices, 10)
        after = heard(devices, 100)
    assert rms(after) == pytest.approx(FLOOR_RMS, rel=0.1)
    assert np.count_nonzero(after) > 0.9 * len(after)


def test_a_block_moves_everything_on_by_twenty_milliseconds(tmp_path: Path) -> None:
    microphone = write(tmp_path / "in.wav", tone(0.1, 16000), 16000, 1)
    with FileDevices(tmp_path / "out.wav", microphone) as devices:
        for _ in range(7):
            mic, played = devices.exchange(SILENCE)
            assert len(mic) == len(played) == HEARING_FRAMES
        assert devices.clock_s == pytest.approx(0.14)


def test_the_speaker_file_holds_the_coach_and_nothing_else(tmp_path: Path) -> None:
    blocks = [np.full(BLOCK_FRAMES, n, np.int16) for n in range(1, 6)]
    with FileDevices(tmp_path / "out.wav") as devices:
        for block in blocks:
            devices.exchange(block)
    with wave.open(str(tmp_path / "out.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 44100)
        assert file.readframes(file.getnframes()) == np.concatenate(blocks).tobytes()


def test_a_speaker_file_alone_has_no_microphone(tmp_path: Path) -> None:
    with FileDevices(tmp_path / "out.wav") as devices:
        assert not devices.has_microphone
        assert len(devices.exchange(SILENCE)[0]) == 0


def test_equal_files_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "same.wav", tone(0.1, 16000), 16000, 1)
    before = path.read_bytes()
    with pytest.raises(InputError, match="same file"):
        FileDevices(tmp_path / "." / "same.wav", path)
    assert path.read_bytes() == before


def test_what_is_no_sound_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("not audio")
    (tmp_path / "empty.wav").write_bytes(b"")
    for name in ("text.wav", "empty.wav", "absent.wav"):
        with pytest.raises(InputError, match=name):
            FileDevices(tmp_path / "out.wav", tmp_path / name)
    assert not (tmp_path / "out.wav").exists()


def test_a_target_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        FileDevices(tmp_path / "nowhere" / "out.wav")
