"""Export a timeline as one audio file: the only way through render, encoder, tags and target."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from coach.errors import MachineError
from coach.export.encoder import Encoder, m4b_encoder, mp3_encoder
from coach.export.fingerprint import fingerprint, packed
from coach.export.id3 import id3, replace_tag
from coach.export.joined.joining import Joining
from coach.export.mp4 import append_box, ffmetadata
from coach.export.render import Speak, blocks
from coach.export.riff import append_chunks
from coach.export.tags import Mark, Tags, marks
from coach.export.target import DISK_FULL, MOST_CHAPTERS, Format, format_of, refused, written_whole
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, Samples
from coach.sound.wav import WavWriter
from coach.timeline.cue import Timeline

Progress = Callable[[float], None]
"""Called with the seconds of sound that are done."""


def export(
    timeline: Timeline,
    speak: Speak,
    target: Path,
    tags: Tags,
    progress: Progress = lambda _: None,
    bed: Iterator[Samples] | None = None,
    joining: Joining | None = None,
) -> None:
    """Write a timeline as .mp3, .m4b or .wav, with chapters and what proves it, whole or not at all.

    With `joining` an MP3 without music is joined from passages that are encoded once. Raises InputError for a target
    that can't be, MachineError for a full disk or a missing ffmpeg.
    """
    kind = format_of(target)
    chapters = marks(timeline, MOST_CHAPTERS.get(kind))
    stretches = joining.cut(timeline) if joining and kind is Format.MP3 and bed is None else None
    if joining and stretches:
        with written_whole(target) as beside, _named(target):
            joining.write(beside, timeline, stretches, tags, chapters, progress)
        return
    with written_whole(target) as beside:
        proof = packed(fingerprint(timeline, speak, music=bed is not None, chapters=chapters))
        sound = _watched(blocks(timeline, speak, bed=bed), progress)
        with _named(target):
            _WRITERS[kind](sound, beside, tags, chapters, proof)


@contextlib.contextmanager
def _named(target: Path) -> Iterator[None]:
    """Name the target in what goes wrong with ffmpeg."""
    try:
        yield
    except MachineError as error:
        if isinstance(error.__cause__, OSError) and error.__cause__.errno in DISK_FULL:
            raise refused(target, error.__cause__) from error
        raise MachineError(f"{target}: {error}") from error


def chapters_merged(timeline: Timeline, target: Path) -> str | None:
    """Return what to tell where a file's format can't hold all chapters; None where it can."""
    kind = format_of(target)
    whole, kept = len(marks(timeline)), len(marks(timeline, MOST_CHAPTERS.get(kind)))
    if whole == kept:
        return None
    most = MOST_CHAPTERS[kind]
    return (
        f"{target}: its {whole} chapters were merged into {kept}, one per exercise: {kind.upper()} can hold only "
        f"{most}; .m4b holds them all"
    )


def _write_mp3(sound: Iterator[Pcm], path: Path, tags: Tags, chapters: tuple[Mark, ...], proof: bytes) -> None:
    tag = id3(tags, chapters, proof)
    _encode(sound, mp3_encoder(path, len(tag)))
    replace_tag(path, tag)


def _write_m4b(sound: Iterator[Pcm], path: Path, tags: Tags, chapters: tuple[Mark, ...], proof: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        metadata, cover = Path(folder, "tags.txt"), Path(folder, "cover.jpg") if tags.cover else None
        metadata.write_text(ffmetadata(tags, chapters), "utf-8")
        if cover is not None:
            cover.write_bytes(tags.cover)
        _encode(sound, m4b_encoder(path, metadata, cover))
    append_box(path, proof)


def _write_wav(sound: Iterator[Pcm], path: Path, tags: Tags, chapters: tuple[Mark, ...], proof: bytes) -> None:
    with contextlib.closing(WavWriter(path)) as writer:
        for block in sound:
            writer.write(block)
    append_chunks(path, tags, chapters, proof)


_WRITERS = {Format.MP3: _write_mp3, Format.M4B: _write_m4b, Format.WAV: _write_wav}


def _encode(sound: Iterator[Pcm], encoder: Encoder) -> None:
    with encoder:
        for block in sound:
            encoder.write(block)


def _watched(sound: Iterator[Pcm], progress: Progress) -> Iterator[Pcm]:
    done = 0
    for block in sound:
        yield block
        done += len(block)
        progress(done / RATE_HZ)
