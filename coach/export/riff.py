"""Write and read a WAV's tags, chapters and fingerprint: chunks behind its samples."""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from coach.export.tags import Mark, Tags
from coach.sound.clip import RATE_HZ, frames_of
from coach.timeline.phrases import one_line

PROOF = b"cprf"
MOST_CHUNKS = 10_000
"""The coach writes six. More are nobody's file, and would be counted for hours."""
_HEADER_BYTES = 12
_POINT = "<II4sIII"


def append_chunks(path: Path, tags: Tags, chapters: Sequence[Mark], fingerprint: bytes) -> None:
    """Write what a WAV file says about itself behind its samples. Raises OSError."""
    added = _info(tags) + _cues(chapters) + _labels(chapters) + _chunk(PROOF, fingerprint)
    with path.open("r+b") as file:
        end = file.seek(0, 2)
        file.write(added)
        file.seek(4)
        file.write(struct.pack("<I", end + len(added) - 8))


def read_chunks(path: Path) -> tuple[bytes, tuple[Mark, ...]]:
    """Return the fingerprint (empty: none) and the chapters. Raises OSError."""
    fingerprint, starts, titles, data_bytes = b"", [], {}, 0
    with path.open("rb") as file:
        for name, size in _chunks(file):
            if name == PROOF:
                fingerprint = file.read(size)
            elif name == b"data":
                data_bytes = size
            elif name == b"cue ":
                starts = list(_points(file.read(size)[4:]))
            elif name == b"LIST" and file.read(4) == b"adtl":
                titles = dict(_labelled(file, size - 4))
    return fingerprint, tuple(_marks(starts, titles, data_bytes // 2))


def _marks(starts: list[tuple[int, int]], titles: dict[int, str], frames: int) -> Iterator[Mark]:
    ends = [frame for _, frame in starts[1:]] + [frames]
    for (number, frame), end in zip(starts, ends, strict=False):
        yield Mark(titles.get(number, ""), frame / RATE_HZ, end / RATE_HZ)


def _points(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield each cue point's number and frame."""
    whole = content[: len(content) - len(content) % struct.calcsize(_POINT)]
    yield from ((number, frame) for number, frame, *_ in struct.iter_unpack(_POINT, whole))


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield every chunk's name and size, the file standing at its content."""
    at, end = _HEADER_BYTES, file.seek(0, 2)
    for _ in range(MOST_CHUNKS):
        file.seek(at)
        header = file.read(8)
        if len(header) < 8:
            return
        name, size = struct.unpack("<4sI", header)
        yield name, min(size, end - at - 8)
        at += 8 + size + size % 2


def _labelled(file: BinaryIO, size: int) -> Iterator[tuple[int, str]]:
    content, at = file.read(size), 0
    while at + 12 <= len(content):
        _, length, number = struct.unpack_from("<4sII", content, at)
        yield number, content[at + 12 : at + 8 + length].rstrip(b"\0").decode("utf-8", "replace")
        at += 8 + length + length % 2


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack("<4sI", name, len(content)) + content + b"\0" * (len(content) % 2)


def _info(tags: Tags) -> bytes:
    known = {
        b"INAM": tags.title,
        b"IART": tags.artist,
        b"IPRD": tags.album,
        b"IGNR": tags.genre,
        b"ICRD": str(tags.year or ""),
        b"ITRK": str(tags.track[0]) if tags.track else "",
        b"ICMT": tags.comment,
    }
    texts = (_chunk(name, one_line(text).encode() + b"\0") for name, text in known.items() if text)
    return _chunk(b"LIST", b"INFO" + b"".join(texts))


def _cues(chapters: Sequence[Mark]) -> bytes:
    points = [
        struct.pack(_POINT, number, frames_of(mark.start_s), b"data", 0, 0, frames_of(mark.start_s))
        for number, mark in enumerate(chapters, 1)
    ]
    return _chunk(b"cue ", struct.pack("<I", len(points)) + b"".join(points))


def _labels(chapters: Sequence[Mark]) -> bytes:
    labels = (
        _chunk(b"labl", struct.pack("<I", number) + one_line(mark.title).encode() + b"\0")
        for number, mark in enumerate(chapters, 1)
    )
    return _chunk(b"LIST", b"adtl" + b"".join(labels))
