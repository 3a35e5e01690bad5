"""Files joined from passages, for tests: a routine that lies on the grid of MP3 frames, in a voice of tones."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from coach.export.export import export
from coach.export.joined.cache import FrameCache
from coach.export.joined.joining import Joining
from coach.export.joined.key import length_by
from coach.export.joined.passages import Passage, Stretch, cut
from coach.export.tags import Tags
from coach.library.files import load_routine
from coach.speech.clips import Clips
from coach.timeline.build import build_timeline
from coach.timeline.cue import SegmentKind, Timeline
from coach.timeline.step import Shape
from tests.support.fakes import ToneVoice

TAGS = Tags("Joined", "Coach", "Information, not medical advice.")


@cache
def clips() -> Clips:
    return Clips(ToneVoice())


KEPT = (SegmentKind.GATE, SegmentKind.SET, SegmentKind.REST, SegmentKind.FINISH)


def built(folder: Path, sets: int = 1, reps: int = 1, rest_s: float = 15.0) -> Timeline:
    """Return the sets and rests of one exercise: without what is told before, quickly encoded."""
    path = folder / "tiny.toml"
    block = f'[[block]]\nexercise = "external-rotation"\nsets = {sets}\nreps = {reps}\n'
    path.write_text(f'name = "Tiny"\nwarm_up = false\nbalance = false\nwind_down = false\n{block}')
    whole = build_timeline(load_routine(str(path)), clips().measure, Shape(rest_s=rest_s))
    return replace(whole, segments=tuple(segment for segment in whole.segments if segment.kind in KEPT))


def stretches(timeline: Timeline) -> tuple[Stretch, ...]:
    found = cut(timeline, length_by(clips()))
    assert found is not None
    return found


def passages(timeline: Timeline) -> set[Passage]:
    return {each for each in stretches(timeline) if isinstance(each, Passage)}


def joined(timeline: Timeline, target: Path, cache_: FrameCache, encoders: int = 1) -> Path:
    """Write a timeline to a target by joining; return it."""
    export(timeline, clips().clip, target, TAGS, joining=Joining(clips(), cache_, encoders))
    return target
