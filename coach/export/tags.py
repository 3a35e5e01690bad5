"""What an MP3 says about itself, as an ID3v2.3 tag: the version every player reads.

ffmpeg's own tag would do but for the comment, which it writes in a frame that players don't show. So it leaves a tag
with room to spare at the file's start, and this one takes its place.
"""

from dataclasses import dataclass
from pathlib import Path

HEADER_BYTES = 10


@dataclass(frozen=True, slots=True)
class Tags:
    title: str
    artist: str = ""
    comment: str = ""


def id3(tags: Tags) -> bytes:
    """Return the frames of a tag, without its header."""
    frames = [
        _frame(b"TIT2", _text(tags.title)),
        _frame(b"TPE1", _text(tags.artist)),
        _frame(b"TLAN", _text("eng")),
        _frame(b"COMM", _comment(tags.comment)),
    ]
    return b"".join(frames)


def replace_tag(path: Path, frames: bytes) -> None:
    """Put frames into the tag that a file begins with, in place. Raises ValueError where they don't fit."""
    with path.open("r+b") as file:
        header = file.read(HEADER_BYTES)
        size = _unsafe(header[6:10]) if header[:3] == b"ID3" else 0
        if len(frames) > size:
            raise ValueError(f"{len(frames)} bytes of tags don't fit into {size}")
        file.seek(0)
        file.write(b"ID3\x03\x00\x00" + header[6:10] + frames + bytes(size - len(frames)))


def _frame(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "big") + b"\0\0" + content


def _text(text: str) -> bytes:
    return _encoding(text) + _encoded(text, _encoding(text))


def _comment(text: str) -> bytes:
    """Encoding, language, an empty description, the text."""
    encoding = _encoding(text)
    end = b"\0" if encoding == b"\0" else b"\0\0"
    return encoding + b"eng" + _encoded("", encoding) + end + _encoded(text, encoding)


def _encoding(text: str) -> bytes:
    """Return 0 (Latin-1) where that is enough, else 1 (UTF-16): version 2.3 knows no other."""
    return b"\0" if text.isascii() else b"\1"


def _encoded(text: str, encoding: bytes) -> bytes:
    return text.encode("ascii") if encoding == b"\0" else b"\xff\xfe" + text.encode("utf-16-le")


def _unsafe(size: bytes) -> int:
    """Read a size of seven bits a byte, as ID3 writes it."""
    return sum((byte & 0x7F) << (7 * place) for place, byte in enumerate(reversed(size)))
