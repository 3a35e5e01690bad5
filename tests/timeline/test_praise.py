"""Kind words: in turn, never the same twice in a session, in another order another day, or not at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.library.files import load_routine, routine_ids
from coach.library.routine import Routine
from coach.speech.voice import estimate
from coach.timeline.build import build_segment, build_timeline
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrases
from coach.timeline.plan import plan
from coach.timeline.step import Shape

WORDS = frozenset(phrases("rest.praise"))
routines = pytest.mark.parametrize("name", routine_ids())


def said(routine: Routine, shape: Shape) -> list[str]:
    segments = build_timeline(routine, estimate, shape).segments
    return [cue.text for segment in segments for cue in segment.cues if cue.text in WORDS]


@routines
@given(seed=st.integers(0, 10**6))
def test_no_kind_word_comes_twice_in_a_session(name: str, seed: int) -> None:
    words = said(load_routine(name), Shape(praise=seed))
    assert len(words) == len(set(words)) > 0


def test_every_rest_has_one_until_all_have_been_said() -> None:
    long = load_routine("spine-strength")
    long = replace(long, blocks=tuple(replace(block, sets=5) for block in long.blocks))
    rests = sum(step.kind is SegmentKind.REST for step in plan(long))
    words = said(long, Shape())
    assert rests > len(WORDS)
    assert sorted(words) == sorted(WORDS)


def test_another_seed_is_another_order_and_the_same_seed_the_same() -> None:
    routine = load_routine("spine-strength-2")
    assert said(routine, Shape(praise=1)) == said(routine, Shape(praise=1))
    assert len({tuple(said(routine, Shape(praise=seed))) for seed in range(10)}) > 5


@routines
def test_they_can_be_turned_off(name: str) -> None:
    assert said(load_routine(name), Shape(praise=None)) == []


def test_a_rest_that_goes_on_is_not_praised_again() -> None:
    routine = load_routine("spine-strength-2")
    rest = next(step for step in plan(routine) if step.kind is SegmentKind.REST)
    segment = build_segment(routine, replace(rest, rest_left_s=40.0), estimate, Shape())
    assert not WORDS & {cue.text for cue in segment.cues}
