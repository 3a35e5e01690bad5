"""Entries of the log that wait for their time: what was mixed now sounds a little later, and is told when it does."""

import heapq
import itertools
from dataclasses import replace

from coach.devices.port import DeviceChange
from coach.hearing.policy.verdict import Verdict
from coach.hearing.ports.ears import Heard
from coach.library.exercise import Sides
from coach.library.routine import Block
from coach.log.entries import DeviceEntry, Entry, HeardEntry, PhaseEntry, RepEntry, SegmentEntry
from coach.session.events import DeviceBack, DeviceLost, Remarked
from coach.sound.clip import RATE_HZ, frames_of
from coach.timeline.cue import Segment, Span


class Marks:
    """Entries by the mixer frame they belong to."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, Entry]] = []
        self._numbers = itertools.count()

    def add(self, frame: int, entry: Entry) -> None:
        """Let an entry wait for its frame; its time is filled in then."""
        heapq.heappush(self._waiting, (frame, next(self._numbers), entry))

    def until(self, clock_s: float, late_s: float) -> list[Entry]:
        """Return what is due at this time of the session clock, in order, and forget it."""
        entries: list[Entry] = []
        frame = frames_of(clock_s - late_s)
        while self._waiting and self._waiting[0][0] <= frame:
            at, _, entry = heapq.heappop(self._waiting)
            entries.append(replace(entry, t=at / RATE_HZ + late_s))
        return entries


def segment_entry(index: int, segment: Segment) -> SegmentEntry:
    """Return the entry of a segment that begins."""
    return SegmentEntry(
        t=0.0,
        index=index,
        kind=segment.kind,
        title=segment.title,
        exercise=segment.exercise,
        side=segment.side,
        set=segment.set_no,
        length_s=segment.length_s,
    )


def phase_entry(span: Span) -> PhaseEntry:
    """Return the entry of a phase that begins."""
    return PhaseEntry(0.0, span.phase, span.breath, span.side, span.length_s)


def rep_entry(span: Span, block: Block | None) -> RepEntry:
    """Return the entry of a rep that counts."""
    if block is None:
        return RepEntry(0.0, span.rep, span.rep, span.side)
    both_sides = block.exercise.sides is Sides.ALTERNATING
    return RepEntry(0.0, span.rep, block.reps, None if both_sides else span.side)


def heard_entry(t: float, heard: Heard, verdict: Verdict, coach_speaking: bool) -> HeardEntry:
    """Return the entry of what was heard, and whether it counted."""
    return HeardEntry(
        t=t,
        text=heard.text,
        command=verdict.command,
        value=verdict.value,
        confidence=heard.confidence,
        word_end_t=heard.word_end_t,
        coach_speaking=coach_speaking,
        accepted=verdict.accepted,
        reason=verdict.reason,
    )


def device_entry(t: float, change: DeviceChange) -> DeviceEntry:
    """Return the entry of a device that is lost, back, or not as it should be."""
    match change:
        case DeviceLost(what, why):
            return DeviceEntry(t, f"{what} {why}")
        case DeviceBack(what):
            return DeviceEntry(t, f"{what} back")
        case Remarked(about):
            return DeviceEntry(t, f"microphone {about}")
