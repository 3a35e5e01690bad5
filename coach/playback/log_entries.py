"""Build the log entries of what is played: segments, phases, reps. Their times are filled in when they sound."""

from coach.library.exercise import Sides
from coach.library.routine import Block, Routine
from coach.log.entries import PhaseEntry, RepEntry, SegmentEntry
from coach.session.events import Event, PhaseBegan, RepDone
from coach.timeline import subject
from coach.timeline.cue import Segment, Span
from coach.timeline.step import Step


def block_of(routine: Routine | None, step: Step | None) -> Block | None:
    """Return the block of a routine that a step belongs to; None where it belongs to none."""
    return subject.block_of(routine, step) if routine and step and subject.is_at_exercise(step) else None


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


def beat_entry(event: Event, span: Span | None, block: Block | None) -> PhaseEntry | RepEntry | None:
    """Return the entry of a phase that begins or a rep that counts; None for anything else."""
    if span and isinstance(event, PhaseBegan):
        return PhaseEntry(0.0, span.phase, span.breath, span.side, span.length_s)
    return _rep_entry(span, block) if span and isinstance(event, RepDone) else None


def _rep_entry(span: Span, block: Block | None) -> RepEntry:
    if block is None:
        return RepEntry(0.0, span.rep, span.rep, span.side)
    both_sides = block.exercise.sides is Sides.ALTERNATING
    return RepEntry(0.0, span.rep, block.reps, None if both_sides else span.side)
