"""A device that is gone: it holds the session, and gives back only what it took."""

import math

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Play
from coach.session.events import DeviceBack, DeviceKind, DeviceLost, SegmentEnded, TakenBack
from coach.session.mode import Question, State, Wait
from coach.session.timers import next_due_s
from coach.timeline.cue import SegmentKind as Kind
from coach.timeline.phrases import phrase
from tests.support.playing import Played, in_rep

MICROPHONE = DeviceKind.MICROPHONE


def asked_whether_all_right() -> Played:
    """Return a session in which a stop was followed by a minute of silence."""
    played = in_rep()
    played.say(Command.STOP)
    played.pass_s(61)
    assert played.session.question is Question.ALL_RIGHT
    return played


@pytest.mark.parametrize("what", DeviceKind)
def test_are_you_all_right_is_put_again_after_a_lost_device_and_nothing_goes_on_by_itself(what: DeviceKind) -> None:
    played = asked_whether_all_right()
    played.send(DeviceLost(what))
    played.pass_s(60)
    played.send(DeviceBack(what))
    assert played.session.question is Question.ALL_RIGHT
    assert phrase("session.ask.all_right") in played.lines
    assert not any(isinstance(effect, Play) for effect in played.effects)
    played.pass_s(241)
    assert played.finish == "unanswered"


def test_a_pause_while_the_device_is_gone_is_an_answer_to_are_you_all_right() -> None:
    played = asked_whether_all_right()
    played.send(DeviceLost(MICROPHONE))
    played.say(Command.PAUSE)
    played.send(DeviceBack(MICROPHONE))
    assert (played.session.state, played.session.wait, played.session.parked) == (State.PAUSED, Wait.PAUSE, ())
    assert phrase("session.still_paused") in played.lines


def without(what: DeviceKind = MICROPHONE) -> Played:
    """Return a session in a set that is held because a device is gone."""
    played = in_rep(2)
    played.send(DeviceLost(what))
    return played


@pytest.mark.parametrize("what", [MICROPHONE, DeviceKind.EARS])
def test_resumed_by_key_without_a_microphone_it_says_that_it_hears_no_stop_and_its_timers_run(what: DeviceKind) -> None:
    played = without(what)
    played.say(Command.RESUME)
    assert played.play.say_first == (phrase("session.unheard"),)
    played.pass_s(5)
    assert played.session.clock.ran_s == pytest.approx(5)


def test_a_gate_after_a_resume_by_key_asks_again_although_the_microphone_is_gone() -> None:
    played = Played.at(Kind.GATE)
    played.send(DeviceLost(MICROPHONE))
    played.say(Command.RESUME)
    assert phrase("session.gate_again") in (played.pass_s(20.1) and played.lines)


def test_pain_told_by_key_while_the_microphone_is_gone_leads_out_after_ten_seconds() -> None:
    played = without()
    played.say(Command.IT_HURTS)
    assert next_due_s(played.session) < played.session.now_s + 10.1
    played.pass_s(10.1)
    assert played.session.kind is Kind.WAY_OUT


def test_a_pause_on_files_stands_still_while_a_device_is_gone_and_counts_on_after() -> None:
    played = in_rep(pause_limit_s=300)
    played.say(Command.PAUSE)
    played.send(DeviceLost(MICROPHONE))
    played.pass_s(400)
    assert next_due_s(played.session) == math.inf
    played.send(DeviceBack(MICROPHONE))
    played.pass_s(301)
    assert played.finish == "unanswered"


def test_a_stop_that_was_none_does_not_go_on_while_a_device_is_gone_but_when_it_is_back() -> None:
    played = in_rep(2)
    played.say(Command.STOP)
    played.send(DeviceLost(DeviceKind.SPEAKER))
    played.send(TakenBack())
    assert played.session.state is State.PAUSED
    played.send(DeviceBack(DeviceKind.SPEAKER))
    assert played.where == ("playing", "set")


def test_a_stop_that_was_none_leaves_her_own_pause_at_a_question_as_it_was() -> None:
    played = Played.at(Kind.EFFORT, asks_effort=True)
    played.send(SegmentEnded())
    played.say(Command.PAUSE)
    parked = played.session.parked
    played.pass_s(120)
    played.say(Command.STOP)
    played.send(TakenBack())
    assert (played.session.state, played.session.wait, played.session.parked) == (State.PAUSED, Wait.PAUSE, parked)
    played.pass_s(400)
    assert played.session.state is State.PAUSED
    played.say(Command.RESUME)
    assert played.session.question is Question.EFFORT


def test_a_pause_that_was_none_at_a_question_asks_it_again() -> None:
    played = Played.at(Kind.EFFORT, asks_effort=True)
    played.say(Command.PAUSE)
    played.send(TakenBack())
    assert played.session.question is Question.EFFORT


def test_after_a_resume_by_key_another_lost_device_holds_again() -> None:
    played = without()
    played.say(Command.RESUME)
    played.send(DeviceLost(DeviceKind.SPEAKER))
    assert played.silent
    assert played.session.state is State.PAUSED


def test_a_device_that_is_back_says_nothing_of_a_hold_while_she_goes_on_by_key() -> None:
    played = without()
    played.send(DeviceLost(DeviceKind.SPEAKER))
    played.say(Command.RESUME)
    assert played.send(DeviceBack(DeviceKind.SPEAKER)) == ()
    assert played.session.state is State.PLAYING


def test_a_call_for_help_is_said_again_although_the_microphone_is_gone() -> None:
    played = in_rep()
    played.say(Command.EMERGENCY)
    played.send(DeviceLost(MICROPHONE))
    played.pass_s(31)
    assert phrase("session.emergency.help") in played.lines
