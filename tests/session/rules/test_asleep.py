"""After the machine slept: everything is held, said, and goes on only when she says so, from the interrupted rep."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Play
from coach.session.events import Awoke, DeviceBack, DeviceKind, DeviceLost, Event
from coach.session.mode import Question, State, Wait
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrase
from tests.support.playing import Played, in_rep

ASLEEP = phrase("session.was_asleep")
RESUME = phrase("session.resume_after_sleep")


def test_a_set_is_held_and_goes_on_from_the_rep_that_was_interrupted() -> None:
    played = in_rep(3)
    played.send(Awoke())
    assert played.silent
    assert played.lines == f"{ASLEEP} {RESUME}"
    assert played.where == ("paused", "set")
    played.say(Command.RESUME)
    play = played.play
    assert isinstance(play, Play)
    assert play.step.first_rep == 3


@pytest.mark.parametrize("kind", [SegmentKind.SETUP, SegmentKind.GATE, SegmentKind.REST])
def test_every_segment_is_held(kind: SegmentKind) -> None:
    played = Played.at(kind)
    played.send(Awoke())
    assert played.session.state is State.PAUSED
    assert played.session.held


def test_a_call_for_help_stands_and_is_said_again() -> None:
    played = in_rep()
    played.say(Command.EMERGENCY)
    played.send(Awoke())
    assert played.session.wait is Wait.EMERGENCY
    assert played.lines == f"{ASLEEP} {phrase('session.emergency.help')}"


def test_the_question_of_what_hurts_stands_and_is_put_again() -> None:
    played = in_rep()
    played.say(Command.IT_HURTS)
    played.send(Awoke())
    assert played.session.question is Question.HURT
    assert phrase("session.ask.hurt") in played.lines


def test_any_other_question_is_put_again_when_she_goes_on() -> None:
    played = in_rep()
    played.say(Command.END_WORKOUT)
    played.send(Awoke())
    assert played.session.state is State.PAUSED
    played.say(Command.RESUME)
    assert played.session.question is Question.END


@pytest.mark.parametrize("slept_first", [True, False])
def test_a_device_that_was_lost_in_the_sleep_does_not_let_it_go_on_when_it_is_back(slept_first: bool) -> None:
    played = in_rep()
    events: list[Event] = [Awoke(), DeviceLost(DeviceKind.SPEAKER)]
    for event in events if slept_first else reversed(events):
        played.send(event)
    played.send(DeviceBack(DeviceKind.SPEAKER))
    assert played.session.state is State.PAUSED
    assert phrase("session.still_paused") in played.lines
