"""A walk as a timeline: every click on its sample, ramps, prompts in their turn, and why it counts, once."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import InputError
from coach.export.render import blocks
from coach.hearing.vocabulary.normal import normal
from coach.library.exercise import Position
from coach.library.routine import Routine, walk_routine
from coach.library.walk import FASTEST_CADENCE, SLOWEST_CADENCE, Ground, Walk, checked_walk
from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.earcons import earcon
from coach.speech.clips import Clips
from coach.speech.voice import estimate
from coach.timeline.build import build_segment, build_timeline, step_texts
from coach.timeline.cadence import beat
from coach.timeline.captions import webvtt
from coach.timeline.cue import Cue, CueKind, Segment, SegmentKind
from coach.timeline.dump import as_json, headline
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step, WalkPart
from tests.support.fakes import ToneVoice
from tests.support.taught import at_the_ends, taught

WALKS = st.builds(
    Walk, st.integers(1, 120), st.integers(SLOWEST_CADENCE, FASTEST_CADENCE), st.sampled_from(list(Ground))
)
LIVE, FILE = Shape(live=True), Shape()


def walking(routine: Routine) -> list[Segment]:
    return [s for s in build_timeline(routine, estimate).segments if s.kind is SegmentKind.WALK]


def clicks(segment: Segment) -> list[float]:
    return [cue.t for cue in segment.cues if cue.kind is CueKind.EARCON]


def words(segment: Segment) -> list[Cue]:
    return [cue for cue in segment.cues if cue.kind is CueKind.SAY]


@given(WALKS)
@settings(max_examples=30)
def test_a_walk_is_a_welcome_a_gate_three_parts_and_a_finish_on_her_feet(walk: Walk) -> None:
    steps = plan(walk_routine(walk))
    assert [step.kind.value for step in steps] == ["welcome", "gate", "walk", "walk", "walk", "finish"]
    assert [step.part for step in steps[2:5]] == list(WalkPart)
    assert {step.position for step in steps} == {Position.STANDING}


@given(WALKS)
@settings(max_examples=30)
def test_a_walk_takes_its_minutes_words_included_within_a_step_a_part(walk: Walk) -> None:
    if walk.minutes <= 2:
        return  # its words take more than half of it
    length_s = build_timeline(walk_routine(walk), estimate).length_s
    assert length_s == pytest.approx(60 * walk.minutes, abs=3 * 60 / SLOWEST_CADENCE)


@given(WALKS)
@settings(max_examples=30)
def test_every_click_of_the_steady_part_is_within_half_a_sample_of_its_beat(walk: Walk) -> None:
    ramp_up, steady, _ = walking(walk_routine(walk))
    period = 60 / walk.cadence
    for number, t in enumerate(clicks(steady)):
        ideal = ramp_up.length_s + (number + 0.5) * period
        assert abs(frames_of(ramp_up.length_s + t) - ideal * RATE_HZ) <= 0.51


@given(WALKS)
@settings(max_examples=30)
def test_the_beat_goes_on_from_part_to_part(walk: Walk) -> None:
    starts = itertools.accumulate((s.length_s for s in walking(walk_routine(walk))), initial=0.0)
    every = [start + t for start, s in zip(starts, walking(walk_routine(walk)), strict=False) for t in clicks(s)]
    cadences = 60 / np.diff(every)
    assert cadences.min() > SLOWEST_CADENCE - 2
    assert cadences.max() < walk.cadence + 2
    changes = np.abs(np.diff(cadences))
    ramp_s = walking(walk_routine(walk))[0].length_s
    assert changes.max(initial=0) <= max(3.0, 60 * (walk.cadence - SLOWEST_CADENCE) / (60 * ramp_s))


@given(st.floats(90, 135), st.floats(90, 135), st.floats(5, 4_000))
def test_a_ramp_has_the_steps_of_its_mean_cadence(low: float, high: float, length_s: float) -> None:
    steps = beat(low, high, length_s)
    assert len(steps.times_s) == pytest.approx(length_s * (low + high) / 120, abs=0.51)
    assert all(later > sooner for sooner, later in itertools.pairwise((0.0, *steps.times_s, steps.length_s)))
    first, last = steps.times_s[0], steps.length_s - steps.times_s[-1]
    assert first == pytest.approx(30 / low, rel=0.1)
    assert last == pytest.approx(30 / high, rel=0.1)


def test_the_clicks_of_a_rendered_walk_are_on_their_samples() -> None:
    timeline, clips = build_timeline(walk_routine(Walk(1, 117)), estimate), Clips(ToneVoice())
    quiet = [Segment(s.kind, "", None, None, None, s.position, s.length_s, tuple(c for c in s.cues if c.text == "step"))
             for s in timeline.segments]  # fmt: skip
    only = type(timeline)("walk", "Walk", tuple(quiet))
    sound = np.concatenate(list(blocks(only, clips.clip))).astype(np.float32)
    click = earcon("step").samples
    start = 0.0
    for segment in timeline.segments:
        for t in clicks(segment):
            at = frames_of(start + t)
            window = sound[at - 50 : at + 50 + len(click)]
            assert int(np.argmax(np.correlate(window, click, "valid"))) == 50
        start += segment.length_s


@given(WALKS, st.booleans())
@settings(max_examples=40)
def test_sentences_never_overlap_and_end_within_their_part(walk: Walk, live: bool) -> None:
    routine = walk_routine(walk)
    for step in plan(routine):
        segment = build_segment(routine, step, estimate, Shape(live=live))
        ends = [cue.t + estimate(cue.text) for cue in words(segment)]
        starts = [cue.t for cue in words(segment)]
        assert all(start > end for end, start in zip(ends, starts[1:], strict=False))
        assert not ends or ends[-1] <= segment.length_s


@given(WALKS, st.booleans(), st.floats(0, 1))
@settings(max_examples=40)
def test_every_sentence_used_can_be_made_ahead(walk: Walk, live: bool, share: float) -> None:
    routine, shape = walk_routine(walk), Shape(live=live)
    for step in plan(routine):
        here = Step(step.kind, step.position, part=step.part, from_s=share * 60 * walk.minutes if step.part else 0.0)
        used = {cue.text for cue in words(build_segment(routine, here, estimate, shape))}
        assert used <= set(step_texts(routine, here, shape))


def test_a_part_that_goes_on_has_what_is_left_of_it() -> None:
    routine = walk_routine(Walk(20, 110))
    whole = plan(routine)[3]
    rest = build_segment(routine, Step(whole.kind, whole.position, part=whole.part, from_s=600.0), estimate)
    assert rest.length_s == pytest.approx(build_segment(routine, whole, estimate).length_s - 600, abs=0.6)
    assert "This is your pace" not in " ".join(cue.text for cue in words(rest))


def test_what_counts_and_why_is_said_once() -> None:
    timeline = build_timeline(walk_routine(Walk(30, 110)), estimate)
    said = [cue.text for segment in timeline.segments for cue in words(segment)]
    for word in ("gravity", "always on the ground", "Running and jumping", "Swimming and cycling"):
        assert sum(word in text for text in said) == 1, word
    assert {cue.text for cue in words(timeline.segments[0])} >= {text for text in said if "gravity" in text}


def test_a_talk_test_and_every_reminder_of_posture_come_in_turn() -> None:
    said = [cue.text for segment in walking(walk_routine(Walk(60, 110))) for cue in words(segment)]
    talk = [number for number, text in enumerate(said) if "whole sentence out loud" in text]
    assert len(talk) >= 8
    assert min(np.diff(talk)) >= 2
    assert len({text for text in said if "whole sentence" not in text}) >= 10


@pytest.mark.parametrize(("ground", "word"), [("outside", "traffic"), ("spot", "chair"), ("treadmill", "belt")])
def test_each_ground_has_its_own_words_of_safety(ground: str, word: str) -> None:
    texts = step_texts(walk_routine(Walk(20, 110, Ground(ground))), Step(SegmentKind.WELCOME, Position.STANDING))
    assert any(word in text for text in texts)


def test_nothing_said_in_a_walk_begins_or_ends_with_a_command_or_asks_for_impact() -> None:
    for ground, live in itertools.product(Ground, (True, False)):
        routine = walk_routine(Walk(60, 110, ground))
        for text in (t for step in plan(routine) for t in step_texts(routine, step, Shape(live=live))):
            for part in filter(None, map(normal, text.replace(";", ".").replace(":", ".").split("."))):
                assert not at_the_ends(part, taught()), text
            assert not {"jog", "run", "hop", "skip", "bounce", "twist"} & set(normal(text).split()), text


@pytest.mark.parametrize(
    ("minutes", "cadence", "ground", "said"),
    [(0, 110, "outside", "--minutes 0: must be 1 to 120"), (121, 110, "spot", "--minutes 121"),
     (20, 89, "spot", "--cadence 89: must be 90 to 135"), (20, 136, "spot", "--cadence 136"),
     (20, 110, "moon", "--where moon: choose one of outside, spot, treadmill")],
)  # fmt: skip
def test_what_is_out_of_bounds_is_said_in_one_line(minutes: int, cadence: int, ground: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        checked_walk(minutes, cadence, ground)


def test_a_walk_is_shown_like_any_timeline() -> None:
    timeline = build_timeline(walk_routine(Walk(20, 110)), estimate)
    assert headline(timeline).startswith("Walk · 110 steps a minute · about 2")
    shown = as_json(timeline)["segments"]
    assert isinstance(shown, list)
    assert all(round(cue["t"], 3) == cue["t"] for segment in shown for cue in segment["cues"])
    assert "gravity" in webvtt(timeline, estimate)
