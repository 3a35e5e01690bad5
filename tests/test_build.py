"""Timelines, over the shipped routines and generated ones, with voices from hurried to very slow."""

import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.hearing.commands import Command
from coach.hearing.normal import normal
from coach.hearing.pronunciation import sound_of
from coach.hearing.table import load_table
from coach.library.exercise import Breath, Position, Side, Sides
from coach.library.files import load_exercises, load_routine
from coach.library.routine import Block, Routine
from coach.speech.voice import estimate
from coach.timeline.build import SWITCH_S, build_segment, build_timeline, step_texts
from coach.timeline.counting import Stage, stage
from coach.timeline.cue import CueKind, Segment, SegmentKind
from coach.timeline.numbers import spoken
from coach.timeline.phrases import phrase
from coach.timeline.plan import plan
from coach.timeline.positions import MOVES
from coach.timeline.step import Shape, Step
from coach.timeline.subject import needs, things
from tests.generated import SHIPPED, Mumbler, every_text, routines, said, shapes

K = SegmentKind
ROW = Routine("mine", "Mine", (Block(load_exercises()["one-arm-row"], 1, 10),))
DOG = Routine("mine", "Mine", (Block(load_exercises()["bird-dog"], 1, 10),))
SET = Step(K.SET, Position.STANDING, 0, 1, Side.RIGHT)
DOG_SET = Step(K.SET, Position.HANDS_AND_KNEES, 0, 1)

seeds = st.integers(0, 10_000)
many = settings(max_examples=250, deadline=None)


def quick(text: str) -> float:
    return 0.2 if text else 0.0


def texts_of(segment: Segment) -> list[str]:
    return [cue.text for cue in said(segment)]


def steps_of(routine: Routine) -> list[Step]:
    return list(plan(routine))


# The rules that hold for every routine, voice and shape.


@many
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


@many
@given(routines(), shapes(), seeds)
def test_no_cue_runs_past_its_phase(routine: Routine, shape: Shape, seed: int) -> None:
    measure = Mumbler(seed)
    for segment in build_timeline(routine, measure, shape).segments:
        for span in segment.spans:
            inside = [cue for cue in segment.cues if span.t <= cue.t < round(span.t + span.length_s, 3)]
            assert [(cue.kind, cue.t) for cue in inside][:1] == [(CueKind.EARCON, span.t)]
            assert len(inside) <= 2
            for cue in inside[1:]:
                assert cue.t == pytest.approx(span.t + 0.15, abs=1e-9)
                assert cue.t + measure(cue.text) <= span.t + span.length_s - 0.15 + 1e-6


@many
@given(routines(), shapes(), seeds)
def test_the_reps_counted_are_the_reps_planned(routine: Routine, shape: Shape, seed: int) -> None:
    for step in steps_of(routine):
        if step.kind is K.SET and step.block is not None:
            segment = build_segment(routine, step, Mumbler(seed), shape)
            ended = [span.rep for span in segment.spans if span.ends_rep]
            assert ended == list(range(1, routine.blocks[step.block].reps + 1))


@many
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


@many
@given(routines(), shapes(), seeds)
def test_every_sentence_measured_or_used_was_announced(routine: Routine, shape: Shape, seed: int) -> None:
    for step in steps_of(routine):
        measure = Mumbler(seed)
        segment = build_segment(routine, step, measure, shape)
        assert measure.measured | set(texts_of(segment)) <= set(step_texts(routine, step, shape))


@many
@given(routines(), shapes(), seeds)
def test_times_have_three_decimals_and_nothing_is_without_length(routine: Routine, shape: Shape, seed: int) -> None:
    for segment in build_timeline(routine, Mumbler(seed), shape).segments:
        numbers = [segment.length_s, *(cue.t for cue in segment.cues)]
        numbers += [value for span in segment.spans for value in (span.t, span.length_s)]
        assert all(round(value, 3) == value for value in numbers)
        assert segment.length_s > 0


@many
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


@many
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


# What may never be said.


def sentences(text: str) -> list[str]:
    parts = [*re.split(r"[.!?:;]", text), text]
    return [normal(part) for part in parts if part.strip()]


def test_no_sentence_begins_or_ends_with_a_command() -> None:
    # Numbers and the names of routines are only understood where they are asked for.
    commands = [p.text for p in load_table().phrases() if p.command is not Command.NUMBER]
    bad = {
        (text, command)
        for text in every_text()
        for sentence in sentences(text)
        for command in commands
        if f"{sentence} ".startswith(f"{command} ") or f" {sentence}".endswith(f" {command}")
    }
    assert bad == set()


def test_nothing_said_begins_or_ends_with_telling_her_to_hold() -> None:
    for text in every_text():
        for sentence in sentences(text):
            assert not sentence.startswith("hold")
            assert not sentence.endswith(("hold", "hold it", "hold your breath", "hold the breath"))


def test_no_word_in_a_set_is_a_command_of_one_word() -> None:
    single = {p.text for p in load_table().phrases() if p.command is not Command.NUMBER and " " not in p.text}
    for routine in SHIPPED:
        for step in plan(routine):
            if step.kind is K.SET:
                for text in step_texts(routine, step):
                    assert not single & set(normal(text).split()), text


def test_no_word_in_a_set_sounds_like_a_command_of_one_word() -> None:
    """ "Weight" would be one for "wait": heard halfway, it is the same word."""
    single = {sound_of(p.text) for p in load_table().phrases() if p.command is not Command.NUMBER and " " not in p.text}
    words = {
        word
        for routine in SHIPPED
        for step in plan(routine)
        if step.kind is K.SET
        for text in step_texts(routine, step)
        for word in normal(text).split()
    }
    assert {word for word in words if sound_of(word) in single} == set()


def test_the_disclaimer_is_in_every_welcome() -> None:
    for routine in SHIPPED:
        for live in (False, True):
            segment = build_segment(routine, Step(K.WELCOME, Position.STANDING), estimate, Shape(live=live))
            assert any("not medical advice" in text for text in texts_of(segment))


def test_no_sentence_is_long() -> None:
    assert [text for text in every_text() if len(text.split()) > 24] == []


# The set.


def test_a_count_in_of_four_seconds_has_the_side_and_three_ticks() -> None:
    segment = build_segment(ROW, SET, estimate)
    before = [(cue.t, cue.text) for cue in segment.cues if cue.t < 4]
    assert before == [(0.0, "Right arm."), (1.0, "tick"), (2.0, "tick"), (3.0, "tick")]
    assert segment.spans[0].t == 4.0


def test_a_slow_voice_costs_a_tick_and_not_the_side() -> None:
    segment = build_segment(ROW, SET, lambda _: 1.2)
    before = [(cue.t, cue.text) for cue in segment.cues if cue.t < 4]
    assert before == [(0.0, "Right arm."), (2.0, "tick"), (3.0, "tick")]


def test_a_count_in_of_three_seconds_has_two_ticks_and_goes_on_with_the_count() -> None:
    segment = build_segment(ROW, replace(SET, first_rep=4, count_in_s=3.0), estimate)
    assert [cue.t for cue in segment.cues if cue.text == "tick"] == [1.0, 2.0]
    assert segment.spans[0].t == 3.0
    assert segment.spans[0].rep == 4
    assert any(text.startswith("Four.") for text in texts_of(segment))
    assert segment.title.endswith("from 4")


def test_the_key_cue_comes_before_the_count_in_and_whole_cues_after_it() -> None:
    segment = build_segment(ROW, replace(SET, first_rep=7, count_in_s=3.0, key_cue=True), estimate)
    first, lead = said(segment)[:2]
    assert first.text == load_exercises()["one-arm-row"].key.say
    assert lead.text == "Right arm."
    assert lead.t >= estimate(first.text)
    assert lead.t == int(lead.t)
    assert segment.spans[0].t == lead.t + 3
    assert "Seven. Breathe out and pull." in texts_of(segment)


def test_the_row_is_three_seconds_up_and_three_down_without_a_hold() -> None:
    spans = build_segment(ROW, SET, estimate).spans
    assert [(span.phase, span.length_s, span.breath) for span in spans[:2]] == [
        ("pull", 3.0, Breath.OUT),
        ("lower", 3.0, Breath.IN),
    ]
    assert len(spans) == 20


def test_the_bird_dog_looks_for_its_balance_in_the_first_rep_of_each_side_only() -> None:
    spans = build_segment(DOG, DOG_SET, estimate).spans
    first = [(span.phase, span.length_s, span.side) for span in spans if span.rep == 1]
    side = [("leg", 2.0), ("hold", 3.0), ("arm", 2.0), ("hold", 1.0), ("lower", 3.0)]
    assert first == [(*phase, Side.RIGHT) for phase in side] + [(*phase, Side.LEFT) for phase in side]
    assert [span.phase for span in spans if span.rep == 2] == ["leg", "arm", "hold", "lower"] * 2


def test_both_sides_of_the_bird_dog_are_one_rep() -> None:
    spans = build_segment(DOG, DOG_SET, estimate).spans
    assert sum(span.ends_rep for span in spans) == 10
    assert all(span.side is Side.LEFT for span in spans if span.ends_rep)


def test_the_bird_dogs_words_name_leg_and_opposite_arm() -> None:
    texts = texts_of(build_segment(DOG, DOG_SET, estimate))
    assert texts.index("One. Right leg.") < next(n for n, text in enumerate(texts) if text.startswith("Left arm"))


def test_pace_stretches_moving_phases_only() -> None:
    lengths = [span.length_s for span in build_segment(DOG, DOG_SET, estimate, Shape(pace=1.5)).spans if span.rep == 2]
    assert lengths == [3.0, 3.0, 1.0, 4.5] * 2
    assert build_segment(DOG, DOG_SET, estimate, Shape(pace=1.5)).spans[0].t == 4.0


def test_a_moving_phase_never_goes_under_two_seconds() -> None:
    lengths = [span.length_s for span in build_segment(DOG, DOG_SET, estimate, Shape(pace=0.85)).spans if span.rep == 2]
    assert lengths == [2.0, 2.0, 1.0, 2.55] * 2


def test_earcons_rise_stay_and_fall_with_the_movement() -> None:
    earcons = [c.text for c in build_segment(DOG, DOG_SET, estimate).cues if c.kind is CueKind.EARCON and c.phase]
    assert earcons[:5] == ["rise", "stay", "rise", "stay", "fall"]


def test_the_longest_wording_that_fits_is_said() -> None:
    lengths = {"One. Breathe out and pull.": 2.71, "One. Out, and pull.": 2.7}
    segment = build_segment(ROW, SET, lambda text: lengths.get(text, 1.0))
    assert "One. Out, and pull." in texts_of(segment)
    assert "One. Breathe out and pull." not in texts_of(segment)


def test_where_nothing_fits_the_earcon_sounds_alone() -> None:
    segment = build_segment(ROW, SET, lambda _: 9.0)
    assert said(segment) == []
    assert len([cue for cue in segment.cues if cue.phase]) == 20


def test_words_fade_over_the_reps() -> None:
    assert [stage(rep, 10, "full") for rep in range(1, 11)] == [Stage.WHOLE] * 3 + [Stage.SHORT] * 3 + [Stage.COUNT] * 4
    assert [stage(rep, 10, "short") for rep in range(1, 11)] == [Stage.SHORT] * 3 + [Stage.COUNT] * 7
    assert {stage(rep, 10, "count") for rep in range(1, 11)} == {Stage.COUNT}


def test_half_way_two_more_and_the_last_are_named() -> None:
    texts = texts_of(build_segment(ROW, SET, estimate))
    assert [text for text in texts if text in ("Six. Half way.", "Nine. Two more.", "Last one.")] == [
        "Six. Half way.",
        "Nine. Two more.",
        "Last one.",
    ]


@pytest.mark.parametrize("reps", [1, 2, 3, 4])
def test_a_short_set_is_counted_plainly(reps: int) -> None:
    routine = Routine("mine", "Mine", (Block(load_exercises()["one-arm-row"], 1, reps),))
    texts = texts_of(build_segment(routine, SET, estimate))
    assert not any("Half way" in text or "Two more" in text for text in texts)
    assert ("Last one." in texts) is (reps > 1)


def test_each_mistake_to_avoid_is_named_once_in_its_phase() -> None:
    for exercise in load_exercises().values():
        routine = Routine("mine", "Mine", (Block(exercise, 1, 10),))
        side = Side.RIGHT if exercise.sides is Sides.EACH else None
        segment = build_segment(routine, replace(SET, side=side, position=exercise.position), estimate)
        for avoid in exercise.avoid:
            if avoid.when != "setup":
                assert [cue.phase for cue in said(segment) if avoid.say in cue.text] == [avoid.when]


def test_reminders_come_on_the_way_back() -> None:
    exercise = load_exercises()["one-arm-row"]
    reminders = {line.say for line in exercise.reminders}
    cues = [cue for cue in said(build_segment(ROW, SET, estimate)) if cue.text in reminders]
    assert {cue.text for cue in cues} == reminders
    assert {cue.breath for cue in cues} == {Breath.IN}


def test_few_words_count_and_leave_the_reminders_out() -> None:
    texts = texts_of(build_segment(ROW, SET, estimate, Shape(words="count")))
    reminders = {line.say for line in load_exercises()["one-arm-row"].reminders}
    assert not reminders & set(texts)
    assert "One." in texts
    assert "Keep your upper spine long." in texts


def test_a_variant_is_the_other_exercise_with_the_blocks_reps() -> None:
    floor = load_routine("floor")
    step = Step(K.SET, Position.FACE_DOWN, 1, 1, variant=1)
    segment = build_segment(floor, step, estimate)
    assert segment.exercise == "back-extension-arms"
    assert "Arms and head together." in texts_of(segment)


def test_a_gate_tells_the_movement_of_a_variant() -> None:
    floor = load_routine("floor")
    step = Step(K.GATE, Position.FACE_DOWN, 1, 2, variant=1)
    assert load_exercises()["back-extension-arms"].key.say in texts_of(build_segment(floor, step, estimate))[0]


# The other kinds.


def test_moves_and_switches_last_their_seconds_in_a_file() -> None:
    for routine in SHIPPED:
        for step in plan(routine):
            segment = build_segment(routine, step, estimate)
            if step.kind is K.MOVE and step.from_position is not None:
                assert segment.length_s == MOVES[step.from_position, step.position].length_s
                assert said(segment)[-1].t > segment.length_s / 2
            if step.kind is K.SWITCH:
                assert segment.length_s == SWITCH_S


def test_live_moves_and_switches_end_with_what_to_say() -> None:
    floor = load_routine("floor")
    for step in plan(floor):
        if step.kind is K.MOVE:
            assert "say ready" in texts_of(build_segment(floor, step, estimate, Shape(live=True)))[-1].lower()


def test_a_files_gate_says_its_seconds_and_lasts_them() -> None:
    step = Step(K.GATE, Position.STANDING, 0, 1, Side.RIGHT)
    segment = build_segment(ROW, step, estimate)
    assert segment.length_s == 15.0
    assert texts_of(segment) == ["Take your time, we begin in fifteen seconds. Come into your starting position."]
    assert "in twenty seconds." in texts_of(build_segment(ROW, step, estimate, Shape(gate_s=20.0)))[0]
    assert texts_of(build_segment(ROW, step, estimate, Shape(gate_s=5.0))) == ["We begin in five seconds."]


def test_a_live_gate_asks_for_a_word_and_says_no_seconds() -> None:
    segment = build_segment(ROW, Step(K.GATE, Position.STANDING, 0, 1, Side.RIGHT), estimate, Shape(live=True))
    first, prompt = said(segment)
    assert first.text == "Come into your starting position."
    assert prompt.text == "When you want to begin, say ready, and I count you in."
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
    (needed,) = [cue for cue in segment.cues if "lay out" in cue.text]
    assert things(("mat", "chair", "towel")) in needed.text
    assert "telephone" in needed.text
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
    assert not any("fetch" in text for text in texts)


def test_a_set_up_ends_with_the_movement_and_the_breath() -> None:
    segment = build_segment(ROW, Step(K.SETUP, Position.STANDING, 0), estimate)
    exercise = load_exercises()["one-arm-row"]
    texts = texts_of(segment)
    assert texts[0] == "Your exercise: one-arm row."
    assert texts[-1] == exercise.movement[-1].say
    assert "listen" in exercise.movement[0].say
    assert texts.index(exercise.movement[0].say) > texts.index("Bend only at your hips, and never from your waist.")


def test_after_a_step_that_changes_the_posture_there_is_time() -> None:
    cues = said(build_segment(ROW, Step(K.SETUP, Position.STANDING, 0), estimate))
    at = next(n for n, cue in enumerate(cues) if "Tip forward" in cue.text)
    gap = cues[at + 1].t - cues[at].t - estimate(cues[at].text)
    assert gap == pytest.approx(6.0, abs=0.01)


def test_a_switch_and_a_set_fill_in_their_side() -> None:
    switch = build_segment(ROW, Step(K.SWITCH, Position.STANDING, 0, 1, Side.LEFT), estimate)
    assert "Take the weight in your left hand." in texts_of(switch)
    assert "Put your right foot forward, left foot behind." in texts_of(switch)


@pytest.mark.parametrize("exercise", load_exercises().values(), ids=lambda exercise: exercise.id)
def test_every_exercise_has_a_way_out_to_build(exercise: object) -> None:
    for routine in SHIPPED:
        for number, block in enumerate(routine.blocks):
            if block.exercise is exercise:
                step = Step(K.WAY_OUT, block.exercise.position, number, 1, Side.LEFT)
                segment = build_segment(routine, step, estimate, Shape(live=True))
                assert len(segment.cues) >= 3
                assert not any("{" in cue.text for cue in segment.cues)


@pytest.mark.parametrize("kind", [K.EFFORT, K.WALK])
def test_what_is_not_built_here_says_so(kind: SegmentKind) -> None:
    with pytest.raises(ValueError, match="not built here"):
        build_segment(ROW, Step(kind, Position.STANDING), estimate)


def test_the_welcome_says_how_long_it_takes() -> None:
    for routine in SHIPPED:
        timeline = build_timeline(routine, estimate)
        (minutes,) = re.findall(r"about ([a-z-]+) minutes", said(timeline.segments[0])[0].text)
        about = [spoken(round(timeline.length_s / 60) + off) for off in (-3, -2, -1, 0, 1, 2, 3)]
        assert minutes in about
