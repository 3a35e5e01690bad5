"""The set: count-in, grid, and the words that fit it."""

from dataclasses import replace

import pytest

from coach.library.exercise import Breath, Position, Side, Sides
from coach.library.files import load_exercises, load_routine
from coach.library.routine import Block, Routine
from coach.speech.voice import estimate
from coach.timeline.build import build_segment
from coach.timeline.counting import Stage, stage
from coach.timeline.cue import CueKind, Segment
from coach.timeline.sets import set_texts
from coach.timeline.step import Shape, Step, Words
from tests.support.generated import said
from tests.support.segments import DOG, DOG_SET, ROW, SET, K, texts_of


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
    assert "Seven. Breathe out and pull up." in texts_of(segment)


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
    cues = [cue for cue in build_segment(DOG, DOG_SET, estimate).cues if cue.kind is CueKind.EARCON and cue.phase]
    earcons = [cue.text for cue in cues if cue.text != "pulse"]
    assert earcons[:5] == ["rise", "stay", "rise", "stay", "fall"]


def test_the_longest_wording_that_fits_is_said() -> None:
    lengths = {"One. Breathe out and pull up.": 2.71, "One. Out, and pull up.": 2.7}
    segment = build_segment(ROW, SET, lambda text: lengths.get(text, 1.0))
    assert "One. Out, and pull up." in texts_of(segment)
    assert "One. Breathe out and pull up." not in texts_of(segment)


def test_a_count_is_joined_to_a_cue_that_would_else_be_too_long() -> None:
    segment = build_segment(DOG, DOG_SET, lambda text: 1.8 if ". " in text or text == "One." else 1.6)
    assert "Three, right leg." in texts_of(segment)
    assert not any(", out." in text for text in set_texts(ROW, SET, Shape()))


def test_where_nothing_fits_the_earcon_sounds_alone() -> None:
    segment = build_segment(ROW, SET, lambda _: 9.0)
    assert said(segment) == []
    assert len([cue for cue in segment.cues if cue.phase and cue.text != "pulse"]) == 20


def pulses(segment: Segment) -> list[float]:
    return [cue.t for cue in segment.cues if cue.text == "pulse"]


def test_each_second_is_beaten_softly_in_a_phase_where_words_are_gone() -> None:
    segment = build_segment(ROW, SET, estimate)
    first = next(span for span in segment.spans if span.rep == 7)
    assert pulses(segment)[:3] == [first.t + 1, first.t + 2, first.t + 4]


def test_a_phase_of_ten_seconds_is_beaten_through() -> None:
    slow = replace(ROW.blocks[0].exercise, phases=(replace(ROW.blocks[0].exercise.phases[0], seconds=10.0),))
    routine = replace(ROW, blocks=(replace(ROW.blocks[0], exercise=slow, reps=10),))
    segment = build_segment(routine, SET, estimate)
    first, last = segment.spans[0], segment.spans[-1]
    assert last.length_s == 10
    assert [t - last.t for t in pulses(segment) if t > last.t] == list(range(1, 10))
    assert [t - first.t for t in pulses(segment) if t < first.t + 10] == list(range(3, 10))  # after its words


def test_a_set_sounds_at_zero_and_goes_on_without_it() -> None:
    begins = [cue.t for cue in build_segment(ROW, SET, estimate).cues if cue.text == "begin"]
    assert begins == [4.0]
    on = build_segment(ROW, replace(SET, first_rep=4, count_in_s=0.0), estimate)
    assert all(cue.text != "begin" for cue in on.cues)


def test_words_fade_over_the_reps() -> None:
    assert [stage(rep, 10, Words.FULL) for rep in range(1, 11)] == [Stage.WHOLE] * 3 + [Stage.SHORT] * 3 + [
        Stage.COUNT
    ] * 4
    assert [stage(rep, 10, Words.SHORT) for rep in range(1, 11)] == [Stage.SHORT] * 3 + [Stage.COUNT] * 7
    assert {stage(rep, 10, Words.COUNT) for rep in range(1, 11)} == {Stage.COUNT}


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
    texts = texts_of(build_segment(ROW, SET, estimate, Shape(words=Words.COUNT)))
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
