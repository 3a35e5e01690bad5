"""Divide a timeline into chapters: what a player's buttons jump to."""

import math
from dataclasses import dataclass

from coach.timeline.cue import Segment, SegmentKind, Timeline
from coach.timeline.lay import seconds
from coach.timeline.phrases import phrase

_LEADS_IN = {SegmentKind.MOVE, SegmentKind.GATE, SegmentKind.SWITCH}  # belong to what they lead to
_LEADS_OUT = {SegmentKind.REST, SegmentKind.EFFORT, SegmentKind.WAY_OUT}  # belong to what they follow


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    start_s: float
    """From the timeline's start."""
    segments: tuple[Segment, ...]

    @property
    def length_s(self) -> float:
        """Return the length in seconds."""
        return seconds(math.fsum(segment.length_s for segment in self.segments))


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """Divide a timeline: welcome, each set-up with the move before it, each set with gate or switch, finish.

    A rest belongs to the chapter before it. Together they are the whole timeline, in order, the first from 0.
    """
    found: list[Chapter] = []
    start_s = 0.0
    for segments in _groups(timeline.segments):
        chapter = Chapter(_title(segments), seconds(start_s), segments)
        found.append(chapter)
        start_s = math.fsum((start_s, *(segment.length_s for segment in segments)))
    return tuple(found)


def as_timeline(timeline: Timeline, chapter: Chapter) -> Timeline:
    """Return a chapter as a timeline of its own, from 0."""
    return Timeline(timeline.routine, chapter.title, chapter.segments)


def _groups(segments: tuple[Segment, ...]) -> list[tuple[Segment, ...]]:
    """Put every segment to its chapter."""
    groups: list[list[Segment]] = []
    headed = True  # the last group has what it leads to
    for segment in segments:
        if groups and (segment.kind in _LEADS_OUT or not headed):
            groups[-1].append(segment)
        else:
            groups.append([segment])
        if segment.kind not in _LEADS_OUT:
            headed = segment.kind not in _LEADS_IN
    return [tuple(group) for group in groups]


def _title(segments: tuple[Segment, ...]) -> str:
    head = next((each for each in segments if each.kind not in _LEADS_IN | _LEADS_OUT), segments[0])
    return phrase("chapter.setup", name=head.title) if head.kind is SegmentKind.SETUP else head.title
