"""Timelines: the rules that hold for every routine, voice and shape, from hurried to very slow."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.library.exercise import Position
from coach.library.routine import Routine
from coach.timeline.build import build_segment, build_timeline, step_texts
from coach.timeline.cue import CueKind
from coach.timeline.phrases import phrase
from coach.timeline.step import Shape
from coach.timeline.subject import needs
from tests.support.generated import Mumbler, routines, said, shapes
from tests.support.segments import K, quick, seeds, steps_of, texts_of


@given(routines(), shapes(), seeds)
def test_cues_are_sorted_and_sentences_never_overlap(routine: Routine, shape: Shape, seed: int) -> None:
    measure = Mumbler(seed)
    for segment in build_timeline(routine, measure, shape).segments:
        times = [cue.t for cue in segment.cues]
        assert times == sorted(times)
        sounds = said(segment)
        for cue, following in itertools.pairwise(sounds):
            assert cue.t + measure(cue.text) < following.t + 0.001
        if sounds:
            assert sounds[-1].t + measure(sounds[-1].text) <= segment.length_s + 0.001


@given(routines(), shapes(), seeds)
def test_no_cue_runs_past_its_phase(routine: Routine, shape: Shape, seed: int) -> None:
    measure = Mumbler(seed)
    for segment in build_timeline(routine, measure, shape).segments:
        for span in segment.spans:
            inside = [cue for cue in segment.cues if span.t <= cue.t < round(span.t + span.length_s, 3)]
            assert [(cue.kind, cue.t) for cue in inside][:1] == [(CueKind.EARCON, span.t)]
            words = [cue for cue in inside if cue.kind is CueKind.SAY]
            assert len(words) <= 1
            for cue in words:
                assert cue.t == pytest.approx(span.t + 0.15, abs=1e-9)
                assert cue.t + measure(cue.text) <= span.t + span.length_s - 0.15 + 1e-6


@given(routines(), shapes(), seeds)
def test_a_pulse_is_a_whole_second_inside_its_phase_and_under_no_words(
    routine: Routine, shape: Shape, seed: int
) -> None:
    measure = Mumbler(seed)
    for segment in build_timeline(routine, measure, shape).segments:
        over = {cue.t: cue.t + measure(cue.text) for cue in segment.cues if cue.kind is CueKind.SAY}
        for cue in (cue for cue in segment.cues if cue.text == "pulse"):
            span = next(s for s in reversed(segment.spans) if s.t < cue.t)
            assert cue.t - span.t == pytest.approx(round(cue.t - span.t), abs=1e-9)
            assert span.t + 1 <= cue.t <= span.t + span.length_s - 0.15
            assert not any(begins <= cue.t < ends for begins, ends in over.items())


@given(routines(), shapes(), seeds)
def test_the_reps_counted_are_the_reps_planned(routine: Routine, shape: Shape, seed: int) -> None:
    for step in steps_of(routine):
        if step.kind is K.SET and step.block is not None:
            segment = build_segment(routine, step, Mumbler(seed), shape)
            ended = [span.rep for span in segment.spans if span.ends_rep]
            assert ended == list(range(1, routine.blocks[step.block].reps + 1))


@given(routines(), shapes(), seeds)
def test_the_grid_of_a_set_tiles_and_no_voice_moves_it(routine: Routine, shape: Shape, seed: int) -> None:
    for step in steps_of(routine):
        if step.kind is K.SET:
            segment = build_segment(routine, step, Mumbler(seed), shape)
            assert segment.spans == build_segment(routine, step, quick, shape).spans
            assert segment.spans[0].t == step.count_in_s
            for span, following in zip(segment.spans, segment.spans[1:], strict=False):
                assert following.t == round(span.t + span.length_s, 3)
            assert segment.length_s == round(segment.spans[-1].t + segment.spans[-1].length_s, 3)


@given(routines(), shapes(), seeds)
def test_every_sentence_measured_or_used_was_announced(routine: Routine, shape: Shape, seed: int) -> None:
    for step in steps_of(routine):
        measure = Mumbler(seed)
        segment = build_segment(routine, step, measure, shape)
        assert measure.measured | set(texts_of(segment)) <= set(step_texts(routine, step, shape))


@given(routines(), shapes(), seeds)
def test_times_have_three_decimals_and_nothing_is_without_length(routine: Routine, shape: Shape, seed: int) -> None:
    for segment in build_timeline(routine, Mumbler(seed), shape).segments:
        numbers = [cue.t for cue in segment.cues]
        numbers += [value for span in segment.spans for value in (span.t, span.length_s)]
        assert all(round(value, 3) == value for value in numbers)
        assert segment.length_s > 0


@given(routines(), seeds)
def test_what_is_needed_is_named_before_the_move(routine: Routine, seed: int) -> None:
    """While she stands, and before anything that needs it: nobody fetches a towel from the floor."""
    have: set[str] = set()
    heard = ""
    for step in steps_of(routine):
        heard += " ".join(texts_of(build_segment(routine, step, Mumbler(seed))))
        if step.kind is K.SETUP and step.block is not None:
            for thing in routine.blocks[step.block].exercise.equipment:
                assert phrase(f"thing.{thing}") in heard
                have.add(thing)
        if step.kind is K.MOVE and step.from_position is Position.STANDING and step.next_block is not None:
            assert all(phrase(f"thing.{thing}") in heard for thing in needs(routine, step.next_block))


@given(routines(), shapes(), seeds, st.sampled_from([15.0, 40.0, 90.0, 300.0]))
def test_a_rest_says_what_comes_and_is_never_shorter_than_asked(
    routine: Routine, shape: Shape, seed: int, rest_s: float
) -> None:
    shape = replace(shape, rest_s=rest_s)
    for step in steps_of(routine):
        if step.kind is K.REST and step.next_block is not None:
            segment = build_segment(routine, step, Mumbler(seed), shape)
            assert segment.length_s >= rest_s
            assert any(text.startswith("Coming up") for text in texts_of(segment))
