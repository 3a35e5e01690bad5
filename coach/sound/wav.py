"""Read WAV files of any rate, channels and integer width; write mono 16 bit."""

import struct
import wave
from pathlib import Path
from types import TracebackType

import numpy as np

from coach.errors import InputError, MachineError
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, Samples, as_pcm


def read_wav(path: Path | str) -> tuple[Samples, int]:
    """Read a WAV file as mono float32 (full scale 1.0) and its rate in Hz. Raises InputError naming file and reason."""
    path = Path(path)
    try:
        with wave.open(str(path), "rb") as file:
            width, channels, rate_hz = file.getsampwidth(), file.getnchannels(), file.getframerate()
            data = file.readframes(file.getnframes())
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror or error})") from error
    except EOFError:
        raise InputError(f"{path}: is empty or cut off, not a WAV file") from None
    except wave.Error as error:
        raise InputError(f"{path}: not a WAV file this can read ({error}); save it as 16-bit PCM WAV") from error
    samples = _decoded(data, width, channels)
    if not len(samples):
        raise InputError(f"{path}: holds no sound")
    return samples, rate_hz


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
        data = as_pcm(samples).astype("<i2").tobytes()
        self._put(data)
        self._bytes += len(data)

    def close(self) -> None:
        """Put the length into the header and close the file."""
        if self._file.closed:
            return
        try:
            self._file.seek(0)
            self._put(_header(self._rate_hz, self._bytes))
        finally:
            self._file.close()

    def _put(self, data: bytes) -> None:
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


def _decoded(data: bytes, width: int, channels: int) -> Samples:
    """Turn interleaved little-endian integers of 1 to 4 bytes into mono float32; a cut-off last frame is dropped."""
    data = data[: len(data) - len(data) % (width * channels)]
    if width == 1:
        whole = np.frombuffer(data, np.uint8).astype(np.float32) / 128 - 1
    elif width == 3:
        triples = np.frombuffer(data, np.uint8).reshape(-1, 3)
        padded = np.zeros((len(triples), 4), np.uint8)
        padded[:, 1:] = triples
        whole = padded.view("<i4").reshape(-1).astype(np.float32) / 2**31
    else:
        whole = np.frombuffer(data, f"<i{width}").astype(np.float32) / 2 ** (8 * width - 1)
    return np.asarray(whole.reshape(-1, channels).mean(axis=1, dtype=np.float32), np.float32)
