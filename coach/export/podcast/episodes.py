"""The exported files of a folder as episodes: what each is, how long, with which chapters, in which order."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach.errors import InputError
from coach.export.carried import carried
from coach.export.tags import Mark
from coach.export.target import Format, format_of
from coach.timeline.phrases import one_line

_TRACK = re.compile(r"\d{2,} ")
"""How the name of a track begins, which belongs to the others of its folder."""


@dataclass(frozen=True, slots=True)
class Episode:
    file: Path
    """Below the folder."""
    title: str
    length_s: float
    size_bytes: int
    kind: str
    """Its media type."""
    marks: tuple[Mark, ...]
    published: datetime
    identity: str
    """Of the sound: the same after a move or a new name."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a folder holds."""

    episodes: tuple[Episode, ...]
    """The earliest first; no two at the same second."""
    left_out: tuple[str, ...]
    """Why a file is none."""


def episodes_of(folder: Path) -> Shelf:
    """Read a folder and those below it. InputError: no folder, or no exported file in it."""
    if not folder.is_dir():
        why = "is a file; name the folder it's in" if folder.exists() else "there is no such folder"
        raise InputError(f"{folder}: {why}")
    found: list[Episode] = []
    left_out: list[str] = []
    for path, written in _dated(_in_order(list(_sound_files(folder)))):
        try:
            found.append(_episode(folder, path, written))
        except InputError as error:
            left_out.append(str(error))
        except OSError as error:
            left_out.append(f"{path}: can't be read ({error.strerror or error})")
    if not found:
        more = f" ({left_out[0]})" if left_out else ""
        raise InputError(f"{folder}: contains no exported files{more}; write one with coach export")
    return Shelf(tuple(_unlike(found)), tuple(left_out))


def _sound_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower().removeprefix(".") in tuple(Format) and path.is_file() and not hidden:
            yield path


def _in_order(paths: Sequence[Path]) -> list[tuple[Path, datetime]]:
    """Sort by when they were written; the tracks of a folder stay together, by their numbers."""
    written = {path: datetime.fromtimestamp(int(path.stat().st_mtime), UTC) for path in paths}
    earliest: dict[Path, datetime] = {}
    for path in paths:
        group = _group(path)
        earliest[group] = min(written[path], earliest.get(group, written[path]))
    ordered = sorted(paths, key=lambda path: (earliest[_group(path)], str(_group(path)), path.name))
    return [(path, earliest[_group(path)]) for path in ordered]


def _group(path: Path) -> Path:
    return path.parent if _TRACK.match(path.name) else path


def _dated(files: Sequence[tuple[Path, datetime]]) -> Iterator[tuple[Path, datetime]]:
    """Give every file a second of its own, so that no player has to guess their order."""
    last: datetime | None = None
    for path, written in files:
        last = written if last is None else max(written, last + timedelta(seconds=1))
        yield path, last


def _episode(folder: Path, path: Path, published: datetime) -> Episode:
    fingerprint, marks = carried(path)
    with path.open("rb") as file:
        identity = hashlib.file_digest(file, "sha256").hexdigest()
    return Episode(
        file=path.relative_to(folder),
        title=one_line(fingerprint.title) or path.stem,
        length_s=fingerprint.length_s,
        size_bytes=path.stat().st_size,
        kind=format_of(path).media_type,
        marks=marks,
        published=published,
        identity=identity,
    )


def _unlike(episodes: Sequence[Episode]) -> Iterator[Episode]:
    """Leave out what is there a second time: a feed may name an episode once."""
    seen: set[str] = set()
    for episode in episodes:
        if episode.identity not in seen:
            seen.add(episode.identity)
            yield episode
