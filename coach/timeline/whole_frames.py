"""Bring a file's segments to whole MP3 frames, counted in samples: encoded alone, they join without a seam.

The encoder sees 1,152 samples at a time. A segment is lengthened by less than a frame, at its end, in a pause.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from coach.timeline.cue import SAMPLES_HZ, Segment, SegmentKind

MP3_FRAME = 1_152
"""Samples in a frame of an MP3 at 44.1 kHz (MPEG-1 layer III)."""


def in_whole_frames(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return the segments, each a whole number of frames long. The parts of a walk are one unit: the last one grows."""
    lengthened: list[Segment] = []
    for unit in units(segments):
        lengthened += _as_one(unit)
    return tuple(lengthened)


def units(segments: tuple[Segment, ...]) -> Iterator[tuple[Segment, ...]]:
    """Yield what is encoded as one piece: a segment; of a walk all its parts, so that no step comes late."""
    for walk, together in groupby(segments, key=lambda segment: segment.kind is SegmentKind.WALK):
        if walk:
            yield tuple(together)
        else:
            yield from ((segment,) for segment in together)


def _as_one(parts: tuple[Segment, ...]) -> Iterator[Segment]:
    """Yield a unit's parts, each ending on its own sample; the last at a whole frame."""
    ends = [round(sum(part.length_s for part in parts[: number + 1]) * SAMPLES_HZ) for number in range(len(parts))]
    ends[-1] = _whole(ends[-1])
    starts = [0, *ends[:-1]]
    for part, start, end in zip(parts, starts, ends, strict=True):
        yield _of_samples(part, end - start)


def _whole(samples: int) -> int:
    return -(-samples // MP3_FRAME) * MP3_FRAME


def _of_samples(segment: Segment, samples: int) -> Segment:
    return replace(segment, length_s=samples / SAMPLES_HZ)
