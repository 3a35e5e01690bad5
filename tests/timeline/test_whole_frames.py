"""A file's segments are whole MP3 frames long, so that each can be encoded alone and joined."""

from hypothesis import given

from coach.library.files import load_routine
from coach.library.routine import Routine, walk_routine
from coach.library.walk import Walk
from coach.sound.clip import RATE_HZ
from coach.speech.voice import estimate
from coach.timeline.build import build_segment, build_timeline
from coach.timeline.chapters import chapters
from coach.timeline.cue import SAMPLES_HZ, Segment, SegmentKind
from coach.timeline.plan import plan, walk_steps
from coach.timeline.step import Shape
from coach.timeline.whole_frames import MP3_FRAME, in_whole_frames
from tests.support.generated import Mumbler, routines, shapes
from tests.support.segments import seeds


def test_samples_are_those_of_the_sound() -> None:
    assert SAMPLES_HZ == RATE_HZ


@given(routines(), shapes(), seeds)
def test_every_segment_of_a_file_is_whole_frames(routine: Routine, shape: Shape, seed: int) -> None:
    timeline = build_timeline(routine, Mumbler(seed), shape)
    if shape.live:
        return
    assert all(segment.samples % MP3_FRAME == 0 for segment in timeline.segments)
    assert all(abs(segment.length_s * SAMPLES_HZ - segment.samples) < 1e-6 for segment in timeline.segments)


@given(routines(), seeds)
def test_a_segment_grows_by_less_than_a_frame_and_no_cue_moves(routine: Routine, seed: int) -> None:
    measure = Mumbler(seed)
    for step in plan(routine):
        alone = build_segment(routine, step, measure)
        (whole,) = in_whole_frames((alone,))
        assert 0 <= whole.samples - alone.samples < MP3_FRAME
        assert whole.cues == alone.cues


def parts_of(walk: Walk) -> tuple[Segment, ...]:
    routine = walk_routine(walk)
    steps = [step for step in walk_steps() if step.kind is SegmentKind.WALK]
    return tuple(build_segment(routine, step, estimate) for step in steps)


def test_a_walks_parts_are_one_unit_so_that_no_step_comes_late() -> None:
    parts = parts_of(Walk(minutes=20, cadence=107))
    whole = in_whole_frames(parts)
    assert sum(part.samples for part in whole) % MP3_FRAME == 0
    assert 0 <= sum(part.samples for part in whole) - sum(part.length_s for part in parts) * SAMPLES_HZ < MP3_FRAME
    start = 0
    for number, part in enumerate(whole):
        assert abs(start - sum(before.length_s for before in parts[:number]) * SAMPLES_HZ) <= 0.5
        start += part.samples


def test_chapters_are_the_whole_file_to_the_sample() -> None:
    timeline = build_timeline(load_routine("spine-strength"), estimate)
    found = chapters(timeline)
    ends = [chapter.start + chapter.samples for chapter in found]
    assert [0, *ends[:-1]] == [chapter.start for chapter in found]
    assert ends[-1] == timeline.samples
