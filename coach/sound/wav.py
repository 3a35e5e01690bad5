"""Read WAV files of any rate, channels and width, whole or broken off; write mono 16 bit."""

import struct
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from coach.errors import InputError, MachineError
from coach.plain_file import checked_plain
from coach.sound.clip import RATE_HZ
from coach.sound.downmix import chosen, mixed, powers
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.pcm import Pcm, Samples, as_pcm
from coach.sound.wav_header import LONGEST_S, Coding, UnknownCodingError, WavHeader, read_header

_PIECE_FRAMES = 1 << 18  # decoded at a time: many channels need not lie in memory at once
_HEADER_BYTES = 44  # of the files written here
_LOUDEST = 8.0  # a float above full scale is possible; one beyond this is no sound


def read_wav(path: Path | str) -> tuple[Samples, int]:
    """Read a WAV file as mono float32 (full scale 1.0) and its rate in Hz. Raises InputError naming file and reason.

    A file whose length is missing or too long is read to its end. What is no plain PCM or float is left to ffmpeg.
    """
    path = checked_plain(Path(path))
    try:
        with path.open("rb") as file:
            samples, rate_hz = _read(file)
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error})") from error
    except UnknownCodingError as error:
        samples, rate_hz = _by_ffmpeg(path, error)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
    if not len(samples):
        raise InputError(f"{path}: contains no sound")
    return samples, rate_hz


def _read(file: BinaryIO) -> tuple[Samples, int]:
    header = read_header(file)
    channel = 0 if header.channels == 1 else _channel(file, header)
    samples = np.zeros(header.frames, np.float32)
    at = 0
    for piece in _pieces(file, header):
        samples[at : at + len(piece)] = mixed(piece, channel)
        at += len(piece)
    return samples[:at], header.rate_hz


def _channel(file: BinaryIO, header: WavHeader) -> int | None:
    """Return the channel to take for the whole file, None for the mean."""
    return chosen(sum((powers(piece) for piece in _pieces(file, header)), np.zeros(1 + header.channels)))


def _pieces(file: BinaryIO, header: WavHeader) -> Iterator[npt.NDArray[np.float32]]:
    """Yield the frames (a row each) piece by piece; a cut-off last frame is dropped."""
    file.seek(header.start)
    frame_bytes, left = header.width * header.channels, header.frames
    while left:
        data = file.read(min(left, _PIECE_FRAMES) * frame_bytes)
        count = len(data) // frame_bytes
        if not count:
            return
        yield _decoded(data[: count * frame_bytes], header).reshape(-1, header.channels)
        left -= count


def _by_ffmpeg(path: Path, reason: InputError) -> tuple[Samples, int]:
    """Let ffmpeg turn a file into plain float, and read that."""
    with tempfile.TemporaryDirectory(prefix="coach-wav-") as folder:
        plain = Path(folder, "plain.wav")
        source = ["-protocol_whitelist", "file", "-t", f"{LONGEST_S:g}", "-f", "wav", "-i", f"file:{path.absolute()}"]
        target = ["-map", "0:a:0", "-c:a", "pcm_f32le", "-y", str(plain)]
        try:
            command = [ffmpeg_path(), "-nostdin", "-v", "error", *source, *target]
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)
            with plain.open("rb") as file:
                return _read(file)
        except (OSError, MachineError, InputError, subprocess.CalledProcessError) as error:
            raise InputError(f"{path}: {reason}, which can't be read; save it as 16-bit PCM WAV") from error


def written_frames(path: Path) -> int:
    """Return how many frames a file holds that `write_wav` wrote at 44.1 kHz; 0 where any byte of its header differs.

    Reads no samples. Raises OSError.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    data_bytes = path.stat().st_size - _HEADER_BYTES
    return data_bytes // 2 if data_bytes > 0 and header == _header(RATE_HZ, data_bytes) else 0


def write_wav(path: Path | str, samples: Samples | Pcm, rate_hz: int = RATE_HZ) -> None:
    """Write mono samples (float32 of full scale 1.0, or int16) as 16-bit WAV. Raises as `WavWriter`."""
    with WavWriter(path, rate_hz) as writer:
        writer.write(samples)


class WavWriter:
    """Writes a mono 16-bit WAV file block by block; the length in its header is right from `close` on.

    Not by the standard library's writer, which tries again when it is collected and complains of a full disk twice.
    """

    def __init__(self, path: Path | str, rate_hz: int = RATE_HZ) -> None:
        self._path, self._rate_hz, self._bytes = Path(path), rate_hz, 0
        try:
            self._file = self._path.open("wb", buffering=0)
        except OSError as error:
            raise InputError(f"{self._path}: can't be written ({error.strerror or error})") from error
        self._put(_header(rate_hz, 0))

    def write(self, samples: Samples | Pcm) -> None:
        """Append samples. Raises MachineError where the disk takes no more."""
        for first in range(0, len(samples), _PIECE_FRAMES):
            data = as_pcm(samples[first : first + _PIECE_FRAMES]).astype("<i2", copy=False)
            self._put(data.data.cast("B"))
            self._bytes += data.nbytes

    def close(self) -> None:
        """Put the length into the header and close the file."""
        if self._file.closed:
            return
        try:
            self._file.seek(0)
            self._put(_header(self._rate_hz, self._bytes))
        finally:
            self._file.close()

    def _put(self, data: bytes | memoryview) -> None:
        left = memoryview(data)
        try:
            while left:  # an unbuffered file may take less than all
                left = left[self._file.write(left) or 0 :]
        except OSError as error:
            raise MachineError(f"{self._path}: can't be written ({error.strerror or error})") from error

    def __enter__(self) -> "WavWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _header(rate_hz: int, data_bytes: int) -> bytes:
    """Return the 44 bytes before the samples: mono, 16 bit, PCM."""
    sound = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", 36 + data_bytes, b"WAVE") + sound + struct.pack("<4sI", b"data", data_bytes)


def _decoded(data: bytes, header: WavHeader) -> Samples:
    """Turn interleaved little-endian samples into float32 of full scale 1.0."""
    if header.coding is Coding.FLOAT:
        numbers = np.nan_to_num(np.frombuffer(data, f"<f{header.width}"), posinf=0.0, neginf=0.0)
        return np.asarray(np.clip(numbers, -_LOUDEST, _LOUDEST), np.float32)
    if header.width == 1:
        return np.asarray(np.frombuffer(data, np.uint8).astype(np.float32) / 128 - 1, np.float32)
    if header.width == 3:
        triples = np.frombuffer(data, np.uint8).reshape(-1, 3)
        padded = np.zeros((len(triples), 4), np.uint8)
        padded[:, 1:] = triples
        whole = padded.view("<i4").reshape(-1)
    else:
        whole = np.frombuffer(data, f"<i{header.width}")
    return np.asarray(whole.astype(np.float32) / np.float32(2.0 ** (8 * whole.itemsize - 1)), np.float32)
