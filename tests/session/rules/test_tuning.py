"""Slower and faster, louder and quieter, more rest, easier and harder."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Play, Volume, When
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, in_rep, routine

C = Command


def test_slower_rebuilds_the_set_from_the_next_rep() -> None:
    played = in_rep(2)
    played.say(C.SLOWER)
    play = played.play
    assert (play.when, play.pace, play.step.first_rep, play.step.count_in_s) == (When.AFTER_REP, 1.15, 3, 0.0)
    assert (played.session.done, played.session.rep) == (1, 2)


def test_pace_goes_in_steps_between_its_bounds_and_says_when_there_is_no_more() -> None:
    played = Played.at(Kind.REST)
    found = []
    for _ in range(5):
        played.say(C.SLOWER)
        found.append(played.session.pace)
    assert found == [1.15, 1.3, 1.45, 1.5, 1.5]
    assert "as slow as" in played.lines
    for _ in range(6):
        played.say(C.FASTER)
    assert played.session.pace == 0.85
    assert "as fast as" in played.lines


def test_faster_says_which_phase_stays_at_its_two_seconds() -> None:
    played = Played.at(Kind.SET, 3)
    played.rep(1, running=True)
    played.say(C.FASTER)
    assert "leg stays" in played.lines
    assert "two seconds" in played.lines


def test_a_change_in_the_last_rep_changes_nothing_that_plays() -> None:
    played = in_rep(4)
    played.say(C.SLOWER)
    assert not any(isinstance(effect, Play) for effect in played.effects)
    played.go_on()
    assert played.play.pace == 1.15


def test_louder_and_quieter_are_three_decibels_and_bounded() -> None:
    played = in_rep(2)
    assert played.say(C.LOUDER)[0] == Volume(3.0)
    assert played.say(C.QUIETER)[0] == Volume(0.0)
    for _ in range(20):
        played.say(C.QUIETER)
    assert played.session.tuning.gain_db == -18.0
    assert not any(isinstance(effect, Volume) for effect in played.effects)


def test_more_rest_is_thirty_seconds_now_or_in_the_coming_rest() -> None:
    resting = Played.at(Kind.REST)
    resting.pass_s(20)
    resting.say(C.MORE_REST)
    assert resting.play.step.rest_left_s == pytest.approx(70, abs=3)
    training = in_rep(2)
    training.say(C.MORE_REST)
    rest = next(step for step in training.session.steps if step.kind is Kind.REST)
    assert rest.extra_rest_s == 30


def test_a_rest_never_grows_past_five_minutes() -> None:
    played = Played.at(Kind.REST)
    for _ in range(20):
        played.say(C.MORE_REST)
    assert played.session.step.rest_left_s is not None
    assert played.session.step.rest_left_s <= 300


def test_harder_is_the_other_variant_from_the_next_set_on() -> None:
    played = Played.at(Kind.SET, 4, routine(sets=2))
    played.say(C.HARDER)
    assert played.session.step.variant == 0
    coming = [step.variant for step in played.session.steps[played.session.index + 1 :] if step.kind is Kind.SET]
    assert coming == [1]
    assert played.session.record.wishes == (("back-extension", "harder"),)


def test_harder_before_the_set_tells_its_set_up() -> None:
    played = Played.at(Kind.GATE, 4)
    played.say(C.HARDER)
    assert (played.play.step.kind, played.play.step.variant) == (Kind.SETUP, 1)
    played.say(C.READY)
    assert played.session.step.variant == 1
    played.go_on()
    assert played.session.record.sets[-1].exercise == "back-extension-arms"


def test_easier_without_a_variant_is_advice() -> None:
    played = in_rep(2)
    played.say(C.EASIER)
    block = played.session.block
    assert block is not None
    assert "You can finish the set now, if you like" in played.lines
    assert block.exercise.easier not in played.lines


def test_easier_before_a_set_is_advice() -> None:
    played = Played.at(Kind.SETUP)
    played.say(C.EASIER)
    assert played.session.block is not None
    assert played.lines == played.session.block.exercise.easier


def test_nothing_harder_comes_before_it_is_earned() -> None:
    played = in_rep(2)
    played.say(C.HARDER)
    assert "when three sets feel easy" in played.lines
    assert played.session.record.wishes == (("one-arm-row", "harder"),)
