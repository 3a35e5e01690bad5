"""The set-up of an exercise one knows: its name, its key and its position, and all of it when she asks."""

from dataclasses import replace

import pytest

from coach.library.exercise import Side
from coach.library.files import load_routine
from coach.speech.voice import estimate
from coach.timeline.build import build_segment, build_timeline, step_texts
from coach.timeline.cue import SegmentKind
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step
from coach.timeline.telling import recap
from tests.support.segments import texts_of

ROUTINE = load_routine("spine-strength")
SETUPS = [step for step in plan(ROUTINE) if step.kind is SegmentKind.SETUP]
FILE = Shape(short_setups=True)
KNOWN = {exercise: 3 for block in ROUTINE.blocks for exercise in (block.exercise.id, "balance-hold")}
each = pytest.mark.parametrize("step", SETUPS, ids=lambda step: str(step.block))


@each
@pytest.mark.parametrize("shape", [FILE, Shape(live=True, times_done=KNOWN)], ids=["file", "live"])
def test_a_known_exercise_is_set_up_in_about_25_seconds(step: Step, shape: Shape) -> None:
    assert build_segment(ROUTINE, step, estimate, shape).length_s < 25


@each
def test_in_the_first_three_sessions_it_is_set_up_in_every_step(step: Step) -> None:
    new = Shape(live=True, times_done=dict.fromkeys(KNOWN, 2))
    assert texts_of(build_segment(ROUTINE, step, estimate, new)) == texts_of(
        build_segment(ROUTINE, step, estimate, Shape(live=True))
    )


@each
def test_asked_how_it_goes_the_coach_says_all_of_it(step: Step) -> None:
    shape = Shape(live=True, times_done=KNOWN)
    whole = build_segment(ROUTINE, replace(step, whole=True), estimate, shape)
    assert texts_of(whole) == texts_of(build_segment(ROUTINE, step, estimate, Shape(live=True)))


@each
def test_a_short_setup_says_the_key_and_its_gate_the_position(step: Step) -> None:
    block = ROUTINE.blocks[step.block] if step.block is not None else ROUTINE.balance
    assert block is not None
    assert block.exercise.key.say in step_texts(ROUTINE, step, FILE)
    gate = replace(step, kind=SegmentKind.GATE, set_no=1, side=Side.RIGHT)
    assert recap(ROUTINE, gate) in step_texts(ROUTINE, gate, FILE)


def test_what_wants_care_is_said_in_a_short_setup_too() -> None:
    cared = replace(ROUTINE, cares=ROUTINE.cares)
    for step in SETUPS:
        whole, short = (set(step_texts(cared, step, shape)) for shape in (Shape(), FILE))
        assert {text for text in whole if text in ROUTINE.cares} <= short


def test_the_routine_lasts_as_long_as_it_should() -> None:
    """In estimated seconds; the voices' own: `coach export --verify`."""
    whole, short = (build_timeline(ROUTINE, estimate, shape).length_s / 60 for shape in (Shape(), FILE))
    bare = replace(ROUTINE, warm_up=False, balance=None)
    assert whole < 38.5
    assert short < 28
    assert build_timeline(bare, estimate, FILE).length_s / 60 < 23
