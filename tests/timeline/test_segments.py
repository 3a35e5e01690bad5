"""The other kinds of segment: moves, gates, rests, set-ups, switches, ways out, the welcome."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from coach.library.exercise import Exercise, Position, Side, Sides
from coach.library.files import load_exercises, load_routine
from coach.library.routine import Block, Routine
from coach.library.safe_routine import make_safe
from coach.library.safety import Person
from coach.speech.voice import estimate
from coach.timeline.build import SWITCH_STEP_S, build_segment, build_timeline
from coach.timeline.cue import CueKind, SegmentKind
from coach.timeline.numbers import spoken
from coach.timeline.plan import plan
from coach.timeline.positions import MOVES
from coach.timeline.step import Shape, Step
from coach.timeline.subject import things
from coach.timeline.telling import recap
from tests.support.generated import SHIPPED, said
from tests.support.segments import ROW, K, texts_of

RECAP = "The left foot in front, free hand on the table. Hinge at the hips, arm hanging, shoulder blade in."


def test_moves_and_switches_last_their_seconds_in_a_file() -> None:
    for routine in SHIPPED:
        for step in plan(routine):
            segment = build_segment(routine, step, estimate)
            if step.kind is K.MOVE and step.from_position is not None:
                assert segment.length_s == MOVES[step.from_position, step.position].length_s
                assert said(segment)[-1].t > segment.length_s / 2
            if step.kind is K.SWITCH:
                assert segment.length_s == SWITCH_STEP_S * len(said(segment))


def test_live_moves_and_switches_end_with_what_to_say() -> None:
    floor = load_routine("floor")
    for step in plan(floor):
        if step.kind is K.MOVE:
            assert "say ready" in texts_of(build_segment(floor, step, estimate, Shape(live=True)))[-1].lower()


def test_a_files_gate_says_its_seconds_and_lasts_them() -> None:
    step = Step(K.GATE, Position.STANDING, 0, 2, Side.RIGHT)
    segment = build_segment(ROW, step, estimate)
    assert segment.length_s == 15.0
    assert texts_of(segment) == ["Take your time. We'll start in fifteen seconds.", RECAP]
    assert "in twenty seconds." in texts_of(build_segment(ROW, step, estimate, Shape(gate_s=20.0)))[0]


def test_a_short_gate_recalls_the_position_before_its_seconds() -> None:
    step = Step(K.GATE, Position.STANDING, 0, 2, Side.RIGHT)
    segment = build_segment(ROW, step, estimate, Shape(gate_s=4.0))
    assert texts_of(segment) == [RECAP, "We'll start in four seconds."]
    assert segment.length_s == pytest.approx(segment.cues[-1].t + 4.0)


def test_the_first_gate_explains_the_sounds_of_a_set_with_the_sounds() -> None:
    first = build_segment(
        load_routine("bands"), Step(K.GATE, Position.STANDING, side=Side.RIGHT, balance=True), estimate
    )
    heard = [(cue.text, after.text) for cue, after in pairwise(first.cues) if cue.kind is CueKind.EARCON]
    assert [tone for tone, _ in heard] == ["rise", "fall", "stay"]
    assert ["breathe out" in heard[0][1], "breathe in" in heard[1][1], "stay" in heard[2][1]] == [True] * 3


@pytest.mark.parametrize(
    "step",
    [
        Step(K.GATE, Position.STANDING, side=Side.LEFT, balance=True),
        Step(K.GATE, Position.STANDING, 0, 1),
        Step(K.GATE, Position.STANDING, 1, 1),
    ],
    ids=["the other foot", "after the balance hold", "the second exercise"],
)
def test_no_other_gate_explains_the_sounds(step: Step) -> None:
    segment = build_segment(load_routine("bands"), step, estimate)
    assert not any(cue.kind is CueKind.EARCON for cue in segment.cues)


def test_whoever_knows_the_sounds_is_not_told_them_again() -> None:
    step = Step(K.GATE, Position.STANDING, side=Side.RIGHT, balance=True)
    segment = build_segment(load_routine("bands"), step, estimate, Shape(times_done={"one-arm-row": 3}))
    assert not any(cue.kind is CueKind.EARCON for cue in segment.cues)


@pytest.mark.parametrize("exercise", load_exercises().values(), ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("live", [True, False])
def test_every_gate_recalls_the_position_in_one_line(exercise: Exercise, live: bool) -> None:
    routine = Routine("mine", "Mine", (Block(exercise, 1, 10),))
    step = Step(K.GATE, exercise.position, 0, 1, Side.RIGHT if exercise.sides is Sides.EACH else None)
    assert recap(routine, step) in texts_of(build_segment(routine, step, estimate, Shape(live=live)))
    assert exercise.recap is not None


def test_a_live_gate_asks_for_a_word_and_says_no_seconds() -> None:
    step = Step(K.GATE, Position.STANDING, 0, 1, Side.LEFT)
    segment = build_segment(ROW, step, estimate, Shape(live=True))
    first, prompt = said(segment)
    assert first.text == RECAP.replace("left", "right")
    assert prompt.text == "When you want to begin, say ready, and I'll count you in."
    assert segment.length_s == pytest.approx(prompt.t + estimate(prompt.text), abs=0.001)


REST = Step(K.REST, Position.STANDING, 2, next_block=3)


def test_rest_is_announced_before_it_ends() -> None:
    segment = build_segment(load_routine("spine-strength"), REST, estimate)
    assert segment.length_s == 60.0
    times = {cue.text: cue.t for cue in segment.cues}
    assert (times["Thirty seconds."], times["Ten seconds."]) == (30.0, 50.0)


def test_what_the_floor_needs_is_named_at_once_for_all_that_is_done_there() -> None:
    routine = load_routine("spine-strength")
    segment = build_segment(routine, REST, estimate)
    (needed,) = [cue for cue in segment.cues if "put out" in cue.text]
    assert things(("mat", "chair", "towel")) in needed.text
    assert any("phone" in cue.text for cue in segment.cues)
    assert segment.length_s - needed.t > 40


@pytest.mark.parametrize(
    ("block", "following", "length_s"), [(0, 0, 90.0), (0, 1, 60.0)], ids=["between sets", "between exercises"]
)
def test_a_rest_has_its_usual_length(block: int, following: int, length_s: float) -> None:
    step = Step(K.REST, Position.STANDING, block, 2, next_block=following)
    assert build_segment(load_routine("spine-strength-2"), step, estimate).length_s == length_s


def test_a_rest_has_the_blocks_length_then_the_shapes_and_what_was_added() -> None:
    blocks = tuple(replace(block, rest_s=120.0) for block in load_routine("spine-strength").blocks)
    routine = Routine("mine", "Mine", blocks)
    assert build_segment(routine, REST, estimate).length_s == 120.0
    assert build_segment(routine, REST, estimate, Shape(rest_s=45.0)).length_s == 45.0
    assert build_segment(routine, replace(REST, extra_rest_s=30.0), estimate).length_s == 150.0


def test_what_is_left_of_a_rest_says_what_comes_again() -> None:
    segment = build_segment(load_routine("spine-strength"), replace(REST, rest_left_s=40.0), estimate)
    assert segment.length_s == 40.0
    assert texts_of(segment)[0] == "Coming up: bird dog."
    assert [cue.t for cue in segment.cues if cue.text == "Ten seconds."] == [30.0]


def test_the_second_exercise_with_the_band_sends_nobody_to_fetch_it() -> None:
    texts = texts_of(build_segment(load_routine("bands"), Step(K.REST, Position.STANDING, 0, next_block=1), estimate))
    assert not any(text.startswith("Please get") for text in texts)


def test_a_set_up_ends_with_the_movement_and_the_breath() -> None:
    segment = build_segment(ROW, Step(K.SETUP, Position.STANDING, 0), estimate)
    exercise = load_exercises()["one-arm-row"]
    texts = texts_of(segment)
    assert texts[0] == "Your exercise today: one-arm row."
    assert texts[-1] == exercise.movement[-1].say
    assert "listen" in exercise.movement[0].say
    assert texts.index(exercise.movement[0].say) > texts.index(
        "Bend from your hips, never from your waist, and do the same when you make the bed."
    )


def test_after_a_step_that_changes_the_posture_there_is_time() -> None:
    cues = said(build_segment(ROW, Step(K.SETUP, Position.STANDING, 0), estimate))
    at = next(n for n, cue in enumerate(cues) if "hinge forward at your hips" in cue.text)
    gap = cues[at + 1].t - cues[at].t - estimate(cues[at].text)
    assert gap == pytest.approx(5.0, abs=0.01)


def test_a_switch_and_a_set_fill_in_their_side() -> None:
    switch = build_segment(ROW, Step(K.SWITCH, Position.STANDING, 0, 1, Side.LEFT), estimate)
    assert "Now take the dumbbell in your left hand." in texts_of(switch)
    assert "Take one step forward with your right foot, feet as wide as your hips." in texts_of(switch)


@pytest.mark.parametrize("exercise", load_exercises().values(), ids=lambda exercise: exercise.id)
def test_every_exercise_has_a_way_out_to_build(exercise: object) -> None:
    for routine in SHIPPED:
        for number, block in enumerate(routine.blocks):
            if block.exercise is exercise:
                step = Step(K.WAY_OUT, block.exercise.position, number, 1, Side.LEFT)
                segment = build_segment(routine, step, estimate, Shape(live=True))
                assert len(segment.cues) >= 3
                assert not any("{" in cue.text for cue in segment.cues)


@pytest.mark.parametrize("kind", [K.WALK])
def test_what_is_not_built_here_says_so(kind: SegmentKind) -> None:
    with pytest.raises(ValueError, match="not built here"):
        build_segment(ROW, Step(kind, Position.STANDING), estimate)


def test_the_welcome_says_how_long_it_takes() -> None:
    for routine in SHIPPED:
        timeline = build_timeline(routine, estimate)
        (minutes,) = re.findall(r"about ([a-z-]+) minutes", said(timeline.segments[0])[0].text)
        about = [spoken(round(timeline.length_s / 60) + off) for off in (-3, -2, -1, 0, 1, 2, 3)]
        assert minutes in about


def test_care_is_said_the_first_time_and_not_again() -> None:
    routine = make_safe(load_routine("floor"), Person(), load_exercises()).routine
    (down,) = [step for step in plan(routine) if step.from_position is Position.STANDING]
    care = "Take it one step at a time, using the chair, with your phone close by."
    assert care in texts_of(build_segment(routine, down, estimate))
    known = Shape(times_done={"bird-dog": 1})
    assert care not in texts_of(build_segment(routine, down, estimate, known))
