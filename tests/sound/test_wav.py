"""WAV files of any rate, width and channel count are read as mono; what can't be read is one clear line."""

import contextlib
import os
import struct
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from coach.errors import CoachError, InputError
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.wav import WavWriter, read_wav, write_wav

RAMP = np.linspace(-0.9, 0.9, 1_000, dtype=np.float32)


def header(bits: int, channels: int, code: int, rate_hz: int, data_bytes: int = 0, more: bytes = b"") -> bytes:
    """Return what stands before the samples, as any program may have written it."""
    frame = channels * (bits // 8)
    described = struct.pack("<HHIIHH", code, channels, rate_hz, frame * rate_hz & 0xFFFFFFFF, frame, bits) + more
    about = b"fmt " + struct.pack("<I", len(described)) + described
    return (
        b"RIFF"
        + struct.pack("<I", 36 + data_bytes & 0xFFFFFFFF)
        + b"WAVE"
        + about
        + struct.pack("<4sI", b"data", data_bytes)
    )


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


EXTENSIBLE = struct.pack("<HHI", 22, 32, 0), bytes.fromhex("000000001000800000aa00389b71")


@pytest.mark.parametrize("channels", [1, 2, 8])
@pytest.mark.parametrize(("kind", "bits"), [("i", 32), ("f", 32), ("f", 64)])
@pytest.mark.parametrize("extensible", [False, True])
def test_integers_floats_and_the_extensible_header_are_read(
    channels: int, kind: str, bits: int, extensible: bool, tmp_path: Path
) -> None:
    code = 3 if kind == "f" else 1
    before, behind = EXTENSIBLE
    more = before + struct.pack("<H", code) + behind if extensible else b""
    full = 1.0 if kind == "f" else 2.0 ** (bits - 1)
    data = np.repeat((RAMP.astype(np.float64) * full).astype(f"<{kind}{bits // 8}"), channels).tobytes()
    head = header(bits, channels, 0xFFFE if extensible else code, 48_000, len(data), more)
    (tmp_path / "a.wav").write_bytes(head + data)
    samples, rate_hz = read_wav(tmp_path / "a.wav")
    assert rate_hz == 48_000
    assert np.allclose(samples, RAMP, atol=1e-6)


@pytest.mark.parametrize("coding", ["pcm_mulaw", "pcm_alaw", "adpcm_ima_wav"])
def test_codings_that_are_no_plain_numbers_are_read_too(coding: str, tmp_path: Path) -> None:
    save(tmp_path / "a.wav", 2, 1)
    command = [ffmpeg_path(), "-v", "error", "-i", f"{tmp_path}/a.wav", "-c:a", coding, f"{tmp_path}/b.wav"]
    subprocess.run(command, check=True)
    samples, rate_hz = read_wav(tmp_path / "b.wav")
    assert rate_hz == 8_000
    assert np.allclose(samples[: len(RAMP)], RAMP, atol=0.1)


@pytest.mark.parametrize("written", [0, 0xFFFFFFFF, 1_000_000])
def test_sound_whose_length_was_never_written_is_read_to_its_end(written: int, tmp_path: Path) -> None:
    data = np.rint(RAMP * 32_768).astype("<i2").tobytes()
    (tmp_path / "a.wav").write_bytes(header(16, 1, 1, 8_000, written) + data)
    assert np.allclose(read_wav(tmp_path / "a.wav")[0], RAMP, atol=1e-4)


def test_what_a_killed_writer_left_is_read_whole(tmp_path: Path) -> None:
    writer = WavWriter(tmp_path / "a.wav", 16_000)
    writer.write(RAMP)
    left = (tmp_path / "a.wav").read_bytes()
    writer.close()
    (tmp_path / "b.wav").write_bytes(left)
    assert np.array_equal(read_wav(tmp_path / "b.wav")[0], read_wav(tmp_path / "a.wav")[0])


def test_numbers_that_are_none_and_beyond_all_bounds_are_no_sound(tmp_path: Path) -> None:
    data = np.array([0.5, np.nan, np.inf, -np.inf, 1e300], "<f8").tobytes()
    (tmp_path / "a.wav").write_bytes(header(64, 1, 3, 8_000, len(data)) + data)
    samples = read_wav(tmp_path / "a.wav")[0]
    assert samples[:4].tolist() == [0.5, 0.0, 0.0, 0.0]
    assert np.isfinite(samples).all()


def test_a_recording_of_many_hours_is_refused_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(header(8, 1, 1, 4_000, 3 * 3_600 * 4_000))
    os.truncate(path, 44 + 3 * 3_600 * 4_000)
    with pytest.raises(InputError, match=r"3\.0 hours long"):
        read_wav(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.wav")
    with pytest.raises(InputError, match="not an ordinary file"):
        read_wav(tmp_path / "a.wav")


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
        (header(16, 0, 1, 8_000), "gives 0 channels"),
        (header(40, 1, 1, 8_000), "gives 40 bits"),
        (header(16, 1, 1, 0), "gives 0 samples"),
        (header(16, 1, 1, 1), "gives 1 samples"),
        (header(16, 1, 77, 8_000) + bytes(99), "encoding 77"),
        (header(16, 1, 1, 8_000)[:36], "contains no sound"),
        (header(16, 1, 1, 8_000)[:22], "cut off"),
        (header(16, 1, 1, 8_000, data_bytes=0) + b"LIST" + (4).to_bytes(4, "little") + b"INFO", "contains no sound"),
    ],
    ids=[
        "absent",
        "empty",
        "cut off",
        "mp3",
        "no channel",
        "40 bits",
        "rate 0",
        "rate 1",
        "unknown coding",
        "without samples",
        "broken header",
        "tags only",
    ],
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
    with pytest.raises(InputError, match="contains no sound"):
        read_wav(tmp_path / "a.wav")
    with pytest.raises(InputError, match="is a folder"):
        read_wav(tmp_path)
    with pytest.raises(CoachError, match="can't be written"):
        write_wav(tmp_path / "no" / "a.wav", RAMP)


@pytest.mark.parametrize("byte", range(44))
def test_a_damaged_header_is_a_sound_or_one_clear_line(byte: int, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    for value in (0x00, 0x01, 0x1D, 0x7F, 0x80, 0xFF):
        write_wav(path, np.ones(4_410, np.int16))
        data = bytearray(path.read_bytes())
        data[byte] = value
        path.write_bytes(data)
        with contextlib.suppress(InputError):
            samples, _ = read_wav(path)
            assert len(samples)
