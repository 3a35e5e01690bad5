"""WAV files of any rate, width and channel count are read as mono; what can't be read is one clear line."""

import wave
from pathlib import Path

import numpy as np
import pytest

from coach.errors import CoachError, InputError
from coach.sound.wav import WavWriter, read_wav, write_wav

# 32-bit float, which the standard library does not read.
FLOAT_WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x03\0\x01\0\x44\xac\0\0\x10\xb1\x02\0\x04\0\x20\0data\0\0\0\0"
RAMP = np.linspace(-0.9, 0.9, 1_000, dtype=np.float32)


def save(path: Path, width: int, channels: int, rate_hz: int = 8_000) -> None:
    if width == 1:
        data = np.rint(RAMP * 128 + 128).astype(np.uint8)
        frames = np.repeat(data, channels).tobytes()
    else:
        data = np.rint(RAMP.astype(np.float64) * 2 ** (8 * width - 1)).astype("<i8")
        each = np.repeat(data, channels).view(np.uint8).reshape(-1, 8)[:, :width]
        frames = each.tobytes()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(frames)


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_any_width_and_channels_are_read_as_mono(width: int, channels: int, tmp_path: Path) -> None:
    save(tmp_path / "a.wav", width, channels, 48_000)
    samples, rate_hz = read_wav(tmp_path / "a.wav")
    assert rate_hz == 48_000
    assert samples.dtype == np.float32
    assert np.allclose(samples, RAMP, atol=0.005 if width == 1 else 1e-4)


def test_channels_are_averaged(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(np.array([[8_192, 0], [0, -16_384]], "<i2").tobytes())
    assert read_wav(tmp_path / "a.wav")[0].tolist() == [0.125, -0.25]


def test_sixteen_bits_survive_a_round_trip(tmp_path: Path) -> None:
    whole = np.arange(-32_768, 32_768, dtype=np.int16)
    write_wav(tmp_path / "a.wav", whole)
    samples, rate_hz = read_wav(tmp_path / "a.wav")
    write_wav(tmp_path / "b.wav", samples)
    assert rate_hz == 44_100
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_blocks_are_written_one_after_the_other(tmp_path: Path) -> None:
    with WavWriter(tmp_path / "a.wav", 16_000) as writer:
        for part in np.split(RAMP, 10):
            writer.write(part)
    samples, rate_hz = read_wav(tmp_path / "a.wav")
    assert rate_hz == 16_000
    assert np.allclose(samples, RAMP, atol=1e-4)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file"),
        (b"", "is empty or cut off"),
        (b"RIFF", "is empty or cut off"),
        (b"ID3\x03" + b"\0" * 200, "not a WAV file"),
        (FLOAT_WAV, "PCM"),
    ],
    ids=["absent", "empty", "cut off", "mp3", "float"],
)
def test_what_is_no_sound_is_one_clear_line(content: bytes | None, says: str, tmp_path: Path) -> None:
    path = tmp_path / "mic.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=says) as caught:
        read_wav(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_sound_and_a_folder_are_named(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", RAMP[:0])
    with pytest.raises(InputError, match="holds no sound"):
        read_wav(tmp_path / "a.wav")
    with pytest.raises(InputError, match="can't be read"):
        read_wav(tmp_path)
    with pytest.raises(CoachError, match="can't be written"):
        write_wav(tmp_path / "no" / "a.wav", RAMP)
