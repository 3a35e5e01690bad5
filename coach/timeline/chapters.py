"""Divide a timeline into chapters: what a player's buttons jump to."""

import math
from dataclasses import dataclass

from coach.timeline.cue import SAMPLES_HZ, Segment, SegmentKind, Timeline
from coach.timeline.phrases import phrase

_LEADS_IN = {SegmentKind.MOVE, SegmentKind.GATE, SegmentKind.SWITCH}  # belong to what they lead to
_LEADS_OUT = {SegmentKind.REST, SegmentKind.EFFORT, SegmentKind.WAY_OUT}  # belong to what they follow


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    start: int
    """Samples from the timeline's start."""
    segments: tuple[Segment, ...]

    @property
    def samples(self) -> int:
        """Return the length in samples."""
        return sum(segment.samples for segment in self.segments)

    @property
    def start_s(self) -> float:
        """Return when it begins, in seconds, exact to the sample."""
        return self.start / SAMPLES_HZ

    @property
    def length_s(self) -> float:
        """Return the length in seconds, exact to the sample."""
        return self.samples / SAMPLES_HZ

    @property
    def subject(self) -> str:
        """Return what it is about: an exercise's name, of a set and of its set-up alike."""
        return self.title.partition(" · ")[0]


def chapters(timeline: Timeline) -> tuple[Chapter, ...]:
    """Divide a timeline: welcome, each set-up with the move before it, each set with gate or switch, finish.

    A rest belongs to the chapter before it. Together they are the whole timeline, in order, the first from 0.
    """
    found: list[Chapter] = []
    start = 0
    for segments in _groups(timeline.segments):
        found.append(Chapter(_title(segments), start, segments))
        start += found[-1].samples
    return tuple(found)


def at_most(found: tuple[Chapter, ...], most: int) -> tuple[Chapter, ...]:
    """Return no more chapters than so many: where there are more, one for each exercise, then neighbors together."""
    if len(found) <= most:
        return found
    runs: list[list[Chapter]] = []
    for chapter in found:
        begins = not runs or chapter.subject != runs[-1][0].subject
        if begins or any(segment.kind is SegmentKind.SETUP for segment in chapter.segments):
            runs.append([])
        runs[-1].append(chapter)
    together = math.ceil(len(runs) / most)
    return tuple(_merged(runs[at : at + together]) for at in range(0, len(runs), together))


def _merged(runs: list[list[Chapter]]) -> Chapter:
    whole = [chapter for run in runs for chapter in run]
    first, last = whole[0], whole[-1]
    title = first.title if len(whole) == 1 else first.subject
    if first.subject != last.subject:
        title = f"{first.subject} to {last.subject}"
    return Chapter(title, first.start, tuple(segment for chapter in whole for segment in chapter.segments))


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
