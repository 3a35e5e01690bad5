"""Define what an exported file says about itself, whatever its format. Plain values."""

from dataclasses import dataclass

from coach.timeline.chapters import at_most, chapters
from coach.timeline.cue import Timeline


@dataclass(frozen=True, slots=True)
class Tags:
    title: str
    artist: str = ""
    comment: str = ""
    album: str = ""
    genre: str = ""
    year: int | None = None
    track: tuple[int, int] | None = None
    """Its number, and of how many."""
    cover: bytes = b""
    """A JPEG picture."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter as players know it."""

    title: str
    start_s: float
    end_s: float


def marks(timeline: Timeline, most: int | None = None) -> tuple[Mark, ...]:
    """Return a timeline's chapters: without a gap, the first from 0, the last to the end.

    `most`: how many a format can hold; where there are more, those of an exercise become one. None: all.
    """
    found = chapters(timeline)
    found = found if most is None else at_most(found, most)
    ends = [chapter.start_s for chapter in found[1:]] + [timeline.length_s]
    return tuple(Mark(each.title, each.start_s, end_s) for each, end_s in zip(found, ends, strict=True))
