"""Whether what is in the files is right: cues in the decoded MP3, chapters by two readers, tracks beside the whole."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import mutagen
import numpy as np

from coach.export.decode import decoded
from coach.export.export import export
from coach.export.mp4 import read_chapters
from coach.export.order import tags_of
from coach.export.proof import prove
from coach.export.tags import Mark, marks
from coach.export.target import Format
from coach.export.tracks import export_tracks
from coach.library.files import load_routine
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Samples
from coach.sound.wav import read_wav
from coach.speech.choose import AnyClips, open_clips
from coach.timeline.build import build_timeline
from coach.timeline.chapters import chapters
from coach.timeline.cue import Timeline
from scripts.benches.export.row import BenchRow, at_least, at_most

KNOWN_FRAMES = 37  # a decoder's remainder, a file
JOIN_FRAMES = 64


def rows(routine_id: str, folder: Path) -> Iterator[BenchRow]:
    """Export once as one file and once as tracks, and look at both."""
    clips = open_clips()
    timeline = build_timeline(load_routine(routine_id), clips.measure)
    single = folder / "single.mp3"
    export(timeline, clips.clip, single, tags_of(timeline))
    proof = prove(single)
    yield at_most("placement error in the decoded MP3, worst", proof.worst_ms or 0.0, 1.0, " ms", digits=3)
    planned = marks(timeline)
    for reader, found in (("ffmpeg", read_chapters(single)), ("mutagen", _by_mutagen(single))):
        off_ms = _off_ms(planned, found)
        yield at_most(f"chapters by {reader}: {len(found)} of {len(planned)} in order, off by", off_ms, 1.0, " ms")
    yield from _split_rows(timeline, clips, single, folder)
    yield _wav_row(timeline, clips, folder)
    clips.close()


def _by_mutagen(path: Path) -> list[Mark]:
    tags = mutagen.File(path).tags
    names = tags["CTOC:toc"].child_element_ids
    frames = [tags[f"CHAP:{name}"] for name in names]
    return [Mark(str(frame.sub_frames["TIT2"]), frame.start_time / 1000, frame.end_time / 1000) for frame in frames]


def _off_ms(planned: tuple[Mark, ...], found: list[Mark] | tuple[Mark, ...]) -> float:
    if [mark.title for mark in planned] != [mark.title for mark in found]:
        return float("inf")
    pairs = zip(planned, found, strict=True)
    return max(1000 * max(abs(a.start_s - b.start_s), abs(a.end_s - b.end_s)) for a, b in pairs)


def _split_rows(timeline: Timeline, clips: AnyClips, single: Path, folder: Path) -> Iterator[BenchRow]:
    tracks = export_tracks(timeline, clips.clip, folder / "tracks", Format.MP3, tags_of(timeline))
    whole = _sound(single)
    pieces = [_sound(path) for path, _ in tracks]
    extra = (sum(map(len, pieces)) - round(timeline.length_s * RATE_HZ)) / len(pieces)
    yield at_most(f"--split, {len(pieces)} tracks: samples too many or few, a file", abs(extra), KNOWN_FRAMES, digits=1)
    starts = [round(chapter.start_s * RATE_HZ) for chapter in chapters(timeline)]
    parts = [(piece, whole[start : start + len(piece)]) for start, piece in zip(starts, pieces, strict=True)]
    likeness = min(float(np.corrcoef(piece[: len(part)], part)[0, 1]) for piece, part in parts)
    yield at_least("--split: correlation with the single file, least", likeness, 0.999, digits=5)
    yield at_most("--split: step at a join, of full scale", max(_steps(pieces)), 0.01, digits=4)


def _steps(pieces: list[Samples]) -> Iterator[float]:
    """Return the largest step from sample to sample around each join."""
    for before, after in itertools.pairwise(pieces):
        yield float(np.abs(np.diff(np.concatenate([before[-JOIN_FRAMES:], after[:JOIN_FRAMES]]))).max())


def _wav_row(timeline: Timeline, clips: AnyClips, folder: Path) -> BenchRow:
    export(timeline, clips.clip, folder / "single.wav", tags_of(timeline))
    tracks = export_tracks(timeline, clips.clip, folder / "wav", Format.WAV, tags_of(timeline))
    whole = read_wav(folder / "single.wav")[0]
    same = np.array_equal(np.concatenate([read_wav(path)[0] for path, _ in tracks]), whole)
    return BenchRow("--split as WAV", "identical" if same else "NOT identical", "identical", same)


def _sound(path: Path) -> Samples:
    return np.concatenate(list(decoded(path)))
