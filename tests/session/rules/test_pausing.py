"""A device that is gone: it holds the session, and gives back only what it took."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Play
from coach.session.events import DeviceBack, DeviceKind, DeviceLost
from coach.session.mode import Question, State, Wait
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
