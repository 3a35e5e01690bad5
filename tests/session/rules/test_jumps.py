"""Back, skip and the other side; a move is never left out."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Position, Side
from coach.session.effects import Continue, From
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, in_rep, routine

C = Command


def test_back_in_a_set_is_this_exercise_s_set_up_and_then_this_set_again() -> None:
    played = Played.at(Kind.SET, 1, routine(sets=2))
    played.go_on()
    played.go_on()
    played.say(C.READY)
    assert played.session.step.set_no == 2
    played.rep(2)
    played.say(C.BACK)
    assert played.where == ("playing", "setup")
    played.say(C.READY)
    assert (played.session.step.set_no, played.session.step.first_rep, played.session.done) == (2, 1, 0)


def test_back_in_the_set_up_is_the_exercise_before() -> None:
    played = Played.at(Kind.SETUP, 2)
    played.say(C.BACK)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 1)


def test_back_in_the_first_set_up_stays_there() -> None:
    played = Played.at(Kind.SETUP)
    played.say(C.BACK)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 0)


def test_back_in_a_rest_is_the_exercise_just_done() -> None:
    played = Played.at(Kind.REST, 1)
    played.say(C.BACK)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 1)


def test_skip_leaves_the_exercise_and_names_the_next_and_what_it_needs() -> None:
    played = in_rep(2)
    played.say(C.SKIP)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 1)
    assert "an exercise band" in played.lines
    assert played.session.record.skipped == ("one-arm-row",)


def test_skip_in_a_rest_leaves_the_coming_exercise_and_the_rest_goes_on() -> None:
    played = Played.at(Kind.REST)
    played.pass_s(20)
    played.say(C.SKIP)
    assert played.session.record.skipped == ("horizontal-abduction",)
    step = played.play.step
    assert (step.kind, step.next_block) == (Kind.REST, 2)
    assert step.rest_left_s == pytest.approx(40, abs=3)


def test_a_jump_to_another_position_plays_the_move_first() -> None:
    played = Played.at(Kind.SET, 2)
    played.say(C.SKIP)
    assert (played.session.kind, played.session.step.position) == (Kind.MOVE, Position.HANDS_AND_KNEES)
    assert "mat" in played.lines
    down = Played.at(Kind.SETUP, 3)
    down.say(C.BACK)
    assert (down.session.kind, down.session.step.position) == (Kind.MOVE, Position.STANDING)


def test_standing_to_face_down_is_two_moves() -> None:
    played = Played.at(Kind.SET, 2)
    played.say(C.SKIP, C.SKIP)  # in the move to the bird dog: on to the back extension
    assert played.where == ("waiting", "move")
    played.say(C.READY)
    assert (played.session.kind, played.session.step.position) == (Kind.MOVE, Position.FACE_DOWN)
    played.say(C.READY)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 4)


def test_skip_and_back_in_a_move_wait_for_its_stable_end() -> None:
    for command in (C.SKIP, C.BACK):
        played = Played.at(Kind.MOVE, 3)
        played.say(command)
        assert played.where == ("waiting", "move")
        assert "all the way there first" in played.lines
        played.spoken()
        assert played.effects == (Continue(From.SENTENCE),)


def test_skipping_the_last_exercise_goes_up_and_finishes() -> None:
    played = Played.at(Kind.SET, 4)
    played.say(C.SKIP)
    kinds = [step.kind for step in played.session.steps[played.session.index :]]
    assert kinds == [Kind.MOVE, Kind.MOVE, Kind.WIND_DOWN, Kind.FINISH]


def test_switch_sides_in_a_set_goes_to_the_other_side() -> None:
    played = in_rep(2)
    played.say(C.SWITCH_SIDES)
    assert (played.session.kind, played.session.step.side) == (Kind.SWITCH, Side.LEFT)
    assert played.session.record.sets[0].ended_by == "switch_sides"


def test_switch_sides_before_a_set_begins_with_the_other_side() -> None:
    played = Played.at(Kind.GATE)
    played.say(C.SWITCH_SIDES)
    coming = played.session.steps[played.session.index :]
    assert [(step.kind, step.side) for step in coming[:5]] == [
        (Kind.SETUP, Side.LEFT), (Kind.GATE, Side.LEFT), (Kind.SET, Side.LEFT),
        (Kind.SWITCH, Side.RIGHT), (Kind.GATE, Side.RIGHT),
    ]  # fmt: skip


def test_switch_sides_where_there_are_none_says_so() -> None:
    played = Played.at(Kind.SET, 1)
    played.say(C.SWITCH_SIDES)
    assert "both sides" in played.lines
