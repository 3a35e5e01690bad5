"""Read a WAV file's header: what its samples are, and where they lie. Any chunk may lie about its length."""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import BinaryIO

from coach.errors import InputError

RATES_HZ = (4_000, 768_000)
MOST_CHANNELS = 64
LONGEST_S = 7_200.0  # more than a session; what is longer was not meant, and would fill the memory

_EXTENSIBLE = 0xFFFE  # the coding then stands in a field of its own
_MOST_CHUNKS = 10_000
_FORMAT_BYTES, _EXTENSIBLE_BYTES = 16, 40


class Coding(IntEnum):
    """How a sample is written, as the header numbers it."""

    INTEGER = 1
    FLOAT = 3


_WIDTHS = {Coding.INTEGER: (1, 2, 3, 4), Coding.FLOAT: (4, 8)}
"""Bytes a sample may have."""


class UnknownCodingError(InputError):
    """A WAV file that another decoder might read."""


@dataclass(frozen=True, slots=True)
class WavHeader:
    coding: Coding
    width: int
    """Bytes a sample."""
    channels: int
    rate_hz: int
    start: int
    """Of the samples, in bytes from the file's start."""
    frames: int


def read_header(file: BinaryIO) -> WavHeader:
    """Find a file's samples. Raises InputError without its name: not WAV, or a header that can't be.

    Raises UnknownCodingError where only the coding is unknown.
    """
    end = file.seek(0, 2)
    file.seek(0)
    head = file.read(12)
    if len(head) < 12:
        raise InputError("is empty or cut off, so it isn't a WAV file")
    if head[8:] != b"WAVE" or head[:4] not in (b"RIFF", b"RIFX", b"RF64"):
        raise InputError("not a WAV file; save it as 16-bit PCM WAV")
    if head[:4] != b"RIFF":
        raise UnknownCodingError(f"a WAV file of the {head[:4].decode()} type")
    return _walked(file, 12, end)


def _walked(file: BinaryIO, at: int, end: int) -> WavHeader:
    """Go from chunk to chunk as far as the samples."""
    described: tuple[Coding, int, int, int] | None = None
    for _ in range(_MOST_CHUNKS):
        file.seek(at)
        chunk = file.read(8)
        if len(chunk) < 8:
            break
        name, size = struct.unpack("<4sI", chunk)
        at += 8
        if name == b"fmt ":
            described = _described(file.read(min(size, _EXTENSIBLE_BYTES)))
        elif name == b"data" and described is not None:
            return _placed(file, described, at, size, end)
        at += size + size % 2
    raise InputError("contains no sound")


def _described(content: bytes) -> tuple[Coding, int, int, int]:
    if len(content) < _FORMAT_BYTES:
        raise InputError("its header is cut off")
    code, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", content)
    if code == _EXTENSIBLE and len(content) >= _EXTENSIBLE_BYTES:
        code = int.from_bytes(content[24:26], "little")
    if not 1 <= channels <= MOST_CHANNELS:
        raise InputError(f"its header gives {channels} channels; 1 to {MOST_CHANNELS} are allowed")
    if not RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        raise InputError(f"its header gives {rate_hz} samples a second; {RATES_HZ[0]} to {RATES_HZ[1]} are allowed")
    if code not in list(Coding):
        raise UnknownCodingError(f"a WAV file with encoding {code}")
    coding, width = Coding(code), (bits + 7) // 8
    if width not in _WIDTHS[coding]:
        raise InputError(f"its header gives {bits} bits per sample; save it as 16-bit PCM WAV")
    return coding, width, channels, rate_hz


def _placed(file: BinaryIO, described: tuple[Coding, int, int, int], start: int, size: int, end: int) -> WavHeader:
    coding, width, channels, rate_hz = described
    left = max(end - start, 0)
    # A writer that was killed has not put the length in: what lies behind is the sound.
    size = min(left if size == 0 and not _only_chunks(file, start, end) else size, left)
    frames = size // (width * channels)
    if frames > LONGEST_S * rate_hz:
        raise InputError(f"is {frames / rate_hz / 3600:.1f} hours long; the maximum is {LONGEST_S / 3600:g} hours")
    return WavHeader(coding, width, channels, rate_hz, start, frames)


def _only_chunks(file: BinaryIO, at: int, end: int) -> bool:
    """Tell whether nothing but whole chunks lies between here and the end."""
    for _ in range(_MOST_CHUNKS):
        if at >= end:
            return True
        file.seek(at)
        chunk = file.read(8)
        if len(chunk) < 8 or not all(32 <= letter < 127 for letter in chunk[:4]):
            return False
        size = int.from_bytes(chunk[4:], "little")
        at += 8 + size + size % 2
        if at > end + 1:
            return False
    return False
