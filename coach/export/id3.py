"""Write and read an MP3's tag: ID3v2.3, the version every player reads.

ffmpeg writes the comment in a frame that players don't show, and it can't write the fingerprint. So it leaves a tag
with room to spare at the file's start, and this one replaces it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from coach.export.tags import Mark, Tags

HEADER_BYTES = 10
# An object of our own, which other programs keep: encoding, its kind, no file name, what it is.
PROOF = b"\0application/octet-stream\0\0coach fingerprint\0"
_NO_OFFSET = b"\xff" * 8  # times count, not places in the file
_TOP_LEVEL_ORDERED = b"\x03"
_FRONT_COVER = b"\x03"


def id3(tags: Tags, chapters: Sequence[Mark] = (), fingerprint: bytes = b"") -> bytes:
    """Return the frames of a tag, without its header: what is shown first, the proof last."""
    frames = [
        _frame(b"TIT2", _text(tags.title)),
        _frame(b"TPE1", _text(tags.artist)),
        _frame(b"TALB", _text(tags.album)) if tags.album else b"",
        _frame(b"TCON", _text(tags.genre)) if tags.genre else b"",
        _frame(b"TYER", _text(f"{tags.year:04}")) if tags.year else b"",
        _frame(b"TRCK", _text("{}/{}".format(*tags.track))) if tags.track else b"",
        _frame(b"TLAN", _text("eng")),
        _frame(b"COMM", _comment(tags.comment)),
        _chapters(chapters) if chapters else b"",
        _frame(b"APIC", _picture(tags.cover)) if tags.cover else b"",
        _frame(b"GEOB", PROOF + fingerprint) if fingerprint else b"",
    ]
    return b"".join(frames)


def tag(frames: bytes) -> bytes:
    """Return a whole tag of such frames, to begin a file with."""
    return b"ID3\x03\x00\x00" + _safe(len(frames)) + frames


def replace_tag(path: Path, frames: bytes) -> None:
    """Put frames into the tag that a file begins with, in place. Raises ValueError where they don't fit."""
    with path.open("r+b") as file:
        header = file.read(HEADER_BYTES)
        size = _unsafe(header[6:10]) if header[:3] == b"ID3" else 0
        if len(frames) > size:
            raise ValueError(f"{len(frames)} bytes of tags won't fit in {size}")
        file.seek(0)
        file.write(b"ID3\x03\x00\x00" + header[6:10] + frames + bytes(size - len(frames)))


def read_tag(path: Path) -> tuple[bytes, tuple[Mark, ...]]:
    """Return the fingerprint (empty: none) and the chapters, in the order of their table. Raises OSError."""
    with path.open("rb") as file:
        header = file.read(HEADER_BYTES)
        body = file.read(_unsafe(header[6:10])) if header[:3] == b"ID3" else b""
    fingerprint, order = b"", []
    found: dict[bytes, Mark] = {}
    for name, content in _frames(body, header[3] if body else 3):
        if name == b"GEOB" and content.startswith(PROOF):
            fingerprint = content[len(PROOF) :]
        elif name == b"CTOC":
            order = content.partition(b"\0")[2][2:].split(b"\0")[:-1]
        elif name == b"CHAP":
            element, mark = _chapter(content, header[3])
            found[element] = mark
    return fingerprint, tuple(found[element] for element in order if element in found)


def _chapters(chapters: Sequence[Mark]) -> bytes:
    """Write the table of contents, which players need for the order, and a frame for each chapter."""
    names = [f"ch{number:03}".encode() + b"\0" for number in range(len(chapters))]
    table = b"toc\0" + _TOP_LEVEL_ORDERED + bytes([len(names)]) + b"".join(names)
    written = [_frame(b"CTOC", table)]
    for name, mark in zip(names, chapters, strict=True):
        times = _ms(mark.start_s) + _ms(mark.end_s)
        written.append(_frame(b"CHAP", name + times + _NO_OFFSET + _frame(b"TIT2", _text(mark.title))))
    return b"".join(written)


def _chapter(content: bytes, version: int) -> tuple[bytes, Mark]:
    element, _, rest = content.partition(b"\0")
    start_s, end_s = (int.from_bytes(rest[at : at + 4], "big") / 1000 for at in (0, 4))
    titles = (_decoded(inner) for name, inner in _frames(rest[16:], version) if name == b"TIT2")
    return element, Mark(next(titles, ""), start_s, end_s)


def _frames(body: bytes, version: int) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + HEADER_BYTES <= len(body) and body[at : at + 1].isalnum():
        size = body[at + 4 : at + 8]
        length = _unsafe(size) if version == 4 else int.from_bytes(size, "big")
        yield body[at : at + 4], body[at + HEADER_BYTES : at + HEADER_BYTES + length]
        at += HEADER_BYTES + length


def _frame(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "big") + b"\0\0" + content


def _ms(time_s: float) -> bytes:
    return round(time_s * 1000).to_bytes(4, "big")


def _text(text: str) -> bytes:
    return _encoding(text) + _encoded(text, _encoding(text))


def _comment(text: str) -> bytes:
    """Encoding, language, an empty description, the text."""
    encoding = _encoding(text)
    end = b"\0" if encoding == b"\0" else b"\0\0"
    return encoding + b"eng" + _encoded("", encoding) + end + _encoded(text, encoding)


def _picture(jpeg: bytes) -> bytes:
    """Encoding, kind of file, what it shows, no description, the picture."""
    return b"\0image/jpeg\0" + _FRONT_COVER + b"\0" + jpeg


def _encoding(text: str) -> bytes:
    """Return 0 (Latin-1) where that is enough, else 1 (UTF-16): version 2.3 knows no other."""
    return b"\0" if text.isascii() else b"\1"


def _encoded(text: str, encoding: bytes) -> bytes:
    return text.encode("ascii") if encoding == b"\0" else b"\xff\xfe" + text.encode("utf-16-le")


def _decoded(content: bytes) -> str:
    codec = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}.get(content[:1][0] if content else 0, "latin-1")
    return content[1:].decode(codec, "replace").rstrip("\0")


def _safe(size: int) -> bytes:
    """Write a size as ID3 does, in four bytes of seven bits."""
    return bytes(size >> 7 * place & 0x7F for place in (3, 2, 1, 0))


def _unsafe(size: bytes) -> int:
    """Read a size of seven bits a byte, as ID3 writes it."""
    return sum((byte & 0x7F) << (7 * place) for place, byte in enumerate(reversed(size)))
