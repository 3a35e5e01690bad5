"""Carry out one export, from the routine to the finished files. The command line and a batch both use it."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from coach.children import cores
from coach.export.ahead import likely_texts, speak_ahead
from coach.export.cover import cover
from coach.export.export import chapters_merged, export
from coach.export.joined.cache import FrameCache
from coach.export.joined.joining import Joining
from coach.export.tags import Tags
from coach.export.target import Format
from coach.export.tracks import export_tracks
from coach.export.words import lyrics_too_long, write_words
from coach.library.bounds import USUAL_SPEECH_RATE
from coach.library.figure import Figure
from coach.library.routine import Routine
from coach.memory import give_back_large_arrays
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.music import open_bed
from coach.sound.pcm import Samples
from coach.speech.cache import ClipCache
from coach.speech.choose import AnyClips, open_clips
from coach.speech.clips import Clips
from coach.speech.paced_voice import nobody
from coach.speech.two_voices import Tell
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.timeline.cue import Timeline
from coach.timeline.dump import headline
from coach.timeline.phrases import phrase
from coach.timeline.step import Shape

ARTIST = "Coach"
GENRE = "Fitness"

Progress = Callable[[float, float], None]
"""Called with how much is done, and of how much."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made of a routine."""

    routine: Routine
    shape: Shape
    target: Path
    """A file, or the folder of the tracks."""
    kind: Format = Format.MP3
    voice: str | None = None
    """None: the usual one."""
    speech_rate: int | None = None
    """Words a minute; None: the usual ones."""
    split: bool = False
    """A track for each chapter."""
    words: bool = False
    """Also .lrc and .vtt."""
    music: Path | None = None
    """Played under the voice: a file or a folder."""
    title: str | None = None
    """Of the title tag; None: the routine's name."""
    cache: Path | None = None
    """Where clips and passages are kept; None: the user's cache."""
    encoders: int = 0
    """How many work at a time; 0: one a core."""
    tell: Tell = lambda _: None
    """Told where another voice has to speak."""


@dataclass(frozen=True, slots=True)
class Exported:
    timeline: Timeline
    files: tuple[Path, ...]
    """The files of sound."""


def fulfil(order: Order, speaking: Progress, writing: Progress) -> Exported:
    """Speak what is missing, and write the files. Raises InputError, MachineError."""
    give_back_large_arrays()
    clips_kept = ClipCache(order.cache / "clips") if order.cache else None
    rate = order.speech_rate or USUAL_SPEECH_RATE
    opened = partial(open_clips, order.voice, rate, tell=order.tell, cache=clips_kept)
    passages, clips = FrameCache(order.cache / "passages" if order.cache else None), opened()
    joining = Joining(clips, passages, order.encoders or cores())
    # The natural voice uses every core by itself.
    early = order.kind is Format.MP3 and order.music is None and isinstance(clips, Clips)
    try:
        meanwhile = joining.begin if early else _nothing
        again = partial(opened, tell=nobody)
        timeline = spoken_timeline(order.routine, order.shape, clips, again, speaking, meanwhile)
        clips.close()  # a voice that waits would only need memory
        with _bed(order, timeline.length_s) as bed:
            return _written(order, timeline, clips, joining, lambda done_s: writing(done_s, timeline.length_s), bed)
    finally:
        joining.close()
        clips.close()


def _nothing(_planned: Timeline) -> None:
    """Do nothing with what is spoken so far."""


def spoken_timeline(
    routine: Routine,
    shape: Shape,
    clips: AnyClips,
    again: Callable[[], AnyClips],
    speaking: Progress,
    meanwhile: Callable[[Timeline], None] = _nothing,
) -> Timeline:
    """Build a routine's timeline with its voice's own lengths, speaking what is missing.

    Args: again: see `speak_ahead`. meanwhile: gets the timeline each time that twice as much is spoken, with estimates
    of what is missing.
    """
    build, missing, shown = partial(build_timeline, routine, shape=shape), False, 0.0

    def measure(text: str) -> float:
        nonlocal missing
        if clips.ready(text):
            return clips.measure(text)
        missing = True
        return estimate(text)

    timeline = build(cache(measure))
    if not missing:
        return timeline

    def spoken(done: float, of: float) -> None:
        nonlocal shown
        speaking(done, of)
        if max(2 * shown, 1) <= done < of:  # each time costs a build
            shown = done
            meanwhile(build(cache(measure)))

    speak_ahead(clips, again, likely_texts(build), spoken)
    return build(clips.measure)


def tags_of(timeline: Timeline, figure: Figure | None = None) -> Tags:
    """Return what a file of a timeline says about itself."""
    _, *about = headline(timeline).split(" · ")
    return Tags(
        title=timeline.title,
        artist=ARTIST,
        comment=phrase("welcome.disclaimer"),
        album=timeline.title,
        genre=GENRE,
        year=datetime.datetime.now().astimezone().year,
        cover=cover(timeline.title, about, figure),
    )


@contextmanager
def _bed(order: Order, length_s: float) -> Iterator[Iterator[Samples] | None]:
    if order.music is None:
        yield None
        return
    with open_bed(order.music, ffmpeg_path(), length_s, order.tell) as bed:
        yield bed.pieces()


def _written(
    order: Order,
    timeline: Timeline,
    clips: AnyClips,
    joining: Joining,
    progress: Callable[[float], None],
    bed: Iterator[Samples] | None,
) -> Exported:
    blocks = order.routine.blocks
    tags = tags_of(timeline, blocks[0].exercise.figure if blocks else None)
    tags = tags if order.title is None else replace(tags, title=order.title)
    if order.split:
        tracks = export_tracks(timeline, clips.clip, order.target, order.kind, tags, progress, bed, joining)
    else:
        if told := chapters_merged(timeline, order.target):
            order.tell(told)
        export(timeline, clips.clip, order.target, tags, progress, bed, joining)
        tracks = ((order.target, timeline),)
    if order.words:
        for path, part in tracks:
            write_words(part, clips.measure, path)
            if told := lyrics_too_long(part, path):
                order.tell(told)
    return Exported(timeline, tuple(path for path, _ in tracks))
