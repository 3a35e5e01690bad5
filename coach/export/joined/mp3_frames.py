"""MP3 frames as bytes: split a stream of them, and write the Info frame that tells players where the sound ends.

Constant 96 kbit/s, 44.1 kHz, mono, MPEG-1 layer III. The Info frame follows LAME's: players take off the samples that
encoder and decoder add at the beginning, and those that fill the last frame.
"""

import struct
from collections.abc import Iterator

from coach.errors import MachineError

FRAME_BYTES = 313
"""One more where its padding bit is set."""
_PADDING_BYTE, _PADDING_BIT = 2, 0x02
_SYNC = b"\xff\xfb"
_BITRATE_AND_RATE, _FIXED_BITS = 0x70, 0xFC
_KBITS = 96
_DELAY = _FILL = 576
"""Samples: of the encoder's delay, to which decoders add 529; and to take off at the end, where they add those 529."""


def frame_ends(stream: bytes) -> list[int]:
    """Return where each frame of a stream ends. Raises MachineError for what is no stream of these frames."""
    ends, at = [], 0
    while at < len(stream):
        header = stream[at : at + 3]
        if header[:2] != _SYNC or header[_PADDING_BYTE] & _FIXED_BITS != _BITRATE_AND_RATE:
            raise MachineError("ffmpeg wrote different MP3 frames from those it was asked for; nothing was written")
        at += FRAME_BYTES + bool(header[_PADDING_BYTE] & _PADDING_BIT)
        ends.append(at)
    if at != len(stream):
        raise MachineError("ffmpeg wrote half an MP3 frame; nothing was written")
    return ends


def without_last(stream: bytes) -> bytes:
    """Return a stream of these frames but for its last one, without walking through it."""
    for padding in (0, 1):
        size = FRAME_BYTES + padding
        header = stream[-size:][:3]
        if header[:2] == _SYNC and header[_PADDING_BYTE] == _BITRATE_AND_RATE | padding * _PADDING_BIT:
            return stream[:-size]
    return stream[: [0, *frame_ends(stream)][-2]]


def info_frame(first_header: bytes, frames: int, audio_bytes: int) -> bytes:
    """Return the frame that stands before so many others, of so many bytes; the first one's header is its own."""
    header = bytearray(first_header[:4])
    header[_PADDING_BYTE] &= ~_PADDING_BIT
    whole = FRAME_BYTES + audio_bytes
    delays = (_DELAY << 12 | _FILL).to_bytes(3, "big")
    frame = bytearray(FRAME_BYTES)
    frame[0:4] = header
    frame[21:25] = b"Info"
    struct.pack_into(">III", frame, 25, 0x0F, frames, whole)
    frame[37:137] = bytes(_places())
    frame[141:150] = b"LAME3.100"
    frame[150] = 0x01  # constant bit rate
    frame[161] = _KBITS
    frame[162:165] = delays
    struct.pack_into(">I", frame, 169, whole)
    struct.pack_into(">H", frame, 175, _crc16(bytes(frame[:175])))
    return bytes(frame)


def _places() -> Iterator[int]:
    """Yield where each percent of the time begins, in 256ths of the bytes: at a constant bit rate a line."""
    return (256 * percent // 100 for percent in range(100))


def _crc16(data: bytes) -> int:
    """Return the CRC-16 (polynomial 0x8005, reflected, from 0)."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
