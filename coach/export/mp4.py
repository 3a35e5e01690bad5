"""Write and read an M4B's tags, chapters and fingerprint: ffmpeg's metadata, and a `uuid` box."""

import re
import struct
import subprocess
from collections.abc import Sequence
from pathlib import Path

from coach.export.tags import Mark, Tags
from coach.sound.ffmpeg import ffmpeg_path

BOX = bytes.fromhex("7c1f6c0e5a8b4c0d9f63c0ac40f1a9e2")  # the id of our box; players skip ids they don't know

MOST_BOXES = 10_000
"""At a file's top level; the coach writes five. More are nobody's file, and would be counted for hours."""


def ffmetadata(tags: Tags, chapters: Sequence[Mark]) -> str:
    """Write tags and chapters the way ffmpeg reads them."""
    known = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "genre": tags.genre,
        "date": str(tags.year or ""),
        "comment": tags.comment,
    }
    lines = [";FFMETADATA1", *(f"{name}={_escaped(text)}" for name, text in known.items() if text)]
    for mark in chapters:
        start_ms, end_ms = round(mark.start_s * 1000), round(mark.end_s * 1000)
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start_ms}", f"END={end_ms}", f"title={_escaped(mark.title)}"]
    return "\n".join(lines) + "\n"


def append_box(path: Path, fingerprint: bytes) -> None:
    """Append the proof. Raises OSError."""
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 24 + len(fingerprint), b"uuid") + BOX + fingerprint)


def read_box(path: Path) -> bytes:
    """Return the fingerprint; empty where there is none. Raises OSError."""
    with path.open("rb") as file:
        at, end = 0, path.stat().st_size
        for _ in range(MOST_BOXES):
            file.seek(at)
            header = file.read(32)
            if len(header) < 8:
                break
            size, name = struct.unpack_from(">I4s", header)
            if size == 1:  # the size is longer than four bytes
                size = int.from_bytes(header[8:16], "big")
            if size < 8 or at + size > end:
                break
            if name == b"uuid" and header[8:24] == BOX:
                file.seek(at + 24)
                return file.read(max(size - 24, 0))
            at += size
    return b""


def read_chapters(path: Path) -> tuple[Mark, ...]:
    """Return the chapters as ffmpeg reads them. Raises MachineError without one."""
    source = ["-copyts", "-i", f"file:{path.absolute()}"]  # else an MP3's chapters move by the codec's delay
    command = [ffmpeg_path(), "-nostdin", "-v", "error", *source, "-f", "ffmetadata", "-"]
    said = subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")
    return parsed(said)


def parsed(said: str) -> tuple[Mark, ...]:
    """Read the chapters of ffmpeg's metadata."""
    found = []
    for part in said.split("[CHAPTER]\n")[1:]:
        entries = dict(re.findall(r"^(\w+)=((?:\\.|\\\n|[^\n\\])*)$", part, re.MULTILINE))
        over, under = (int(number) for number in entries.get("TIMEBASE", "1/1000").split("/"))
        start_s, end_s = (int(entries.get(name, "0")) * over / under for name in ("START", "END"))
        title = re.sub(r"\\(.|\n)", r"\1", entries.get("title", ""))
        found.append(Mark(title, start_s, end_s))
    return tuple(found)


def _escaped(text: str) -> str:
    return re.sub(r"([=;#\\\n])", r"\\\1", text)
