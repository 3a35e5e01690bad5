"""An entry of the cache: a passage's MP3 frames, and the print of each clip in it, which proves the file later."""

import json
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from coach.export.fingerprint import Print, listed, prints

MAGIC = b"CJE1"
_NUMBER_BYTES = 4
_HEAD_AT = len(MAGIC) + 4 * _NUMBER_BYTES
MOST_HEAD_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class CachedPassage:
    prints: tuple[Print, ...]
    frames: bytes
    """Those of the passage, and the one after them."""


def write_entry(file: BinaryIO, entry: CachedPassage) -> None:
    """Write an entry, with the sums that tell whether it is whole. Raises OSError."""
    clips = json.dumps(listed(entry.prints), ensure_ascii=False).encode()
    starts = b"".join(clip.start.tobytes() for clip in entry.prints)
    head = _number(len(clips)) + clips + starts
    file.write(MAGIC + b"".join(_number(len(part)) + _number(zlib.crc32(part)) for part in (head, entry.frames)))
    file.write(head)
    file.write(entry.frames)


def read_prints(file: BinaryIO) -> tuple[Print, ...] | None:
    """Read an entry's prints from its begin; None where they are not whole. Raises OSError."""
    sums = _sums(file)
    if sums is None:
        return None
    size, crc = sums[:2]
    head = file.read(size) if size < MOST_HEAD_BYTES else b""
    if len(head) != size or zlib.crc32(head) != crc:
        return None
    clips = _NUMBER_BYTES + int.from_bytes(head[:_NUMBER_BYTES], "big")
    return prints(json.loads(head[_NUMBER_BYTES:clips]), head[clips:])


def read_frames(file: BinaryIO) -> bytes | None:
    """Read an entry's frames; None where they are not whole. Raises OSError."""
    sums = _sums(file)
    if sums is None:
        return None
    head, _, size, crc = sums
    file.seek(_HEAD_AT + head)
    frames = file.read()
    return frames if len(frames) == size and zlib.crc32(frames) == crc else None


def _sums(file: BinaryIO) -> tuple[int, ...] | None:
    """Read size and sum of the head and of the frames; None where this is no entry."""
    begins = file.read(_HEAD_AT)
    if len(begins) != _HEAD_AT or not begins.startswith(MAGIC):
        return None
    return tuple(
        int.from_bytes(begins[at : at + _NUMBER_BYTES], "big") for at in range(len(MAGIC), _HEAD_AT, _NUMBER_BYTES)
    )


def _number(value: int) -> bytes:
    return value.to_bytes(_NUMBER_BYTES, "big")
