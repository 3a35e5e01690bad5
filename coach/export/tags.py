"""Define what an exported file says about itself, whatever its format. Plain values."""

from dataclasses import dataclass

from coach.timeline.chapters import chapters
from coach.timeline.cue import Timeline

MOST_MARKS = 255  # an ID3 table of contents counts them in one byte; the last one goes to the end


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


def marks(timeline: Timeline) -> tuple[Mark, ...]:
    """Return a timeline's chapters: without a gap, the first from 0, the last to the end."""
    found = chapters(timeline)[:MOST_MARKS]
    ends = [chapter.start_s for chapter in found[1:]] + [timeline.length_s]
    return tuple(Mark(each.title, each.start_s, end_s) for each, end_s in zip(found, ends, strict=True))
