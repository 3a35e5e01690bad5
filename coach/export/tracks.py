"""Export a timeline as a folder of tracks, one for each chapter, with a playlist."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from coach.errors import MachineError
from coach.export.audio_files import write_piece
from coach.export.file_names import safe_name
from coach.export.fingerprint import Fingerprint, fingerprint, packed
from coach.export.joined.joining import Joining
from coach.export.render import Speak, blocks
from coach.export.tags import Tags, marks
from coach.export.target import Format, refused, written_whole
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, Samples
from coach.timeline.chapters import as_timeline, chapters
from coach.timeline.cue import Timeline
from coach.timeline.phrases import one_line

COVER = "cover.jpg"

Progress = Callable[[float], None]
Track = tuple[Path, Timeline]


def export_tracks(
    timeline: Timeline,
    speak: Speak,
    folder: Path,
    kind: Format,
    tags: Tags,
    progress: Progress = lambda _: None,
    bed: Iterator[Samples] | None = None,
    joining: Joining | None = None,
) -> tuple[Track, ...]:
    """Write `01 Title.mp3` and so on, `cover.jpg` and `ROUTINE.m3u8`; return the tracks, each with its timeline.

    So lies a book in the folders of audiobook servers. Every file is whole or not there, the playlist comes last.
    Raises InputError, MachineError.
    """
    _make(folder)
    parts = [as_timeline(timeline, chapter) for chapter in chapters(timeline)]
    tracks = [(folder / _file_name(number, len(parts), part.title, kind), part) for number, part in enumerate(parts, 1)]
    named = [replace(tags, title=part.title, track=(number, len(parts))) for number, part in enumerate(parts, 1)]
    if joining and kind is Format.MP3 and bed is None and all(joining.cut(part) for part in parts):
        writing = _joined(tracks, named, joining)
    else:
        sound = _cut(blocks(timeline, speak, bed=bed), _ends(timeline))
        writing = _encoded(tracks, named, sound, kind, lambda part: fingerprint(part, speak, music=bed is not None))
    done_s = 0.0
    for part in writing:
        done_s += part.length_s
        progress(done_s)
    if tags.cover:
        with written_whole(folder / COVER) as beside:
            beside.write_bytes(tags.cover)
    playlist = folder / f"{safe_name(timeline.routine)}.m3u8"
    _forget(playlist, {path.name for path, _ in tracks})
    _write_playlist(playlist, tracks, tags.artist)
    return tuple(tracks)


def _file_name(number: int, of: int, title: str, kind: Format) -> str:
    """Return a track's name; all numbers have as many digits, because players sort by letters."""
    return f"{number:0{max(2, len(str(of)))}} {safe_name(title)}.{kind}"


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise refused(folder, error) from error


def _joined(tracks: list[Track], named: list[Tags], joining: Joining) -> Iterator[Timeline]:
    """Join each track from what is encoded once; yield it when it is there."""
    for (path, part), tags in zip(tracks, named, strict=True):
        with written_whole(path) as beside, _path_named(path):
            joining.write(beside, part, joining.cut(part) or (), tags, marks(part))
        yield part


def _encoded(
    tracks: list[Track],
    named: list[Tags],
    sound: Iterator[list[Pcm]],
    kind: Format,
    proof_of: Callable[[Timeline], Fingerprint],
) -> Iterator[Timeline]:
    """Encode each track's piece of the whole sound; yield the track when it is there."""
    for (path, part), tags, piece in zip(tracks, named, sound, strict=True):
        with written_whole(path) as beside, _path_named(path):
            write_piece(piece, beside, kind, tags, marks(part), packed(proof_of(part)))
        yield part


@contextlib.contextmanager
def _path_named(path: Path) -> Iterator[None]:
    """Name the track in what goes wrong with ffmpeg."""
    try:
        yield
    except MachineError as error:
        raise MachineError(f"{path}: {error}") from error


def _ends(timeline: Timeline) -> list[int]:
    """Return the sample at which each chapter ends."""
    return [chapter.start + chapter.samples for chapter in chapters(timeline)]


def _cut(sound: Iterator[Pcm], ends: list[int]) -> Iterator[list[Pcm]]:
    """Cut a stream of blocks at the given frames."""
    at, piece = 0, []
    coming = iter(ends)
    end = next(coming)
    for block in sound:
        while at + len(block) >= end:
            piece.append(block[: end - at])
            yield piece
            block, at, piece = block[end - at :], end, []
            end = next(coming, at + RATE_HZ * 10**6)
        piece.append(block)
        at += len(block)


def _forget(playlist: Path, kept: set[str]) -> None:
    """Remove the tracks of an earlier export that are none any more: those its playlist names, and no others."""
    try:
        listed = playlist.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    for name in listed:
        if name not in kept and name[:2].isdigit() and Path(name).name == name:
            with contextlib.suppress(OSError):
                (playlist.parent / name).unlink(missing_ok=True)


def _write_playlist(playlist: Path, tracks: list[Track], artist: str) -> None:
    lines = ["#EXTM3U"]
    for path, part in tracks:
        lines += [f"#EXTINF:{round(part.length_s)},{artist} - {one_line(part.title)}", path.name]
    with written_whole(playlist) as beside:
        beside.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
