"""Did you say stop, just now? Are you all right?"""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Continue, From, Hold
from coach.session.events import RepDone, TakenBack, Unclear
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, unclear

YES, NO, END, PAUSE, RESUME, STOP = (
    Command.YES, Command.NO, Command.END_WORKOUT, Command.PAUSE, Command.RESUME, Command.STOP,
)  # fmt: skip


def test_something_near_stop_finishes_the_rep_and_then_asks() -> None:
    played = unclear()
    assert played.effects == ()
    played.send(RepDone(2))
    assert played.silent
    assert played.session.question is Question.STOP
    assert "Did you say stop" in played.lines


def test_yes_it_was_stop() -> None:
    played = unclear()
    played.send(RepDone(2))
    played.say(YES)
    assert played.where == ("paused", "set")
    assert played.session.parked == ()
    played.pass_s(2)
    assert "resume" in played.lines


def test_no_it_was_not_and_on_from_that_rep() -> None:
    played = unclear()
    played.send(RepDone(2))
    played.say(NO)
    assert played.play.step.first_rep == 3


def test_no_answer_about_stop_goes_on_and_says_so() -> None:
    played = unclear()
    played.send(RepDone(2))
    for _ in range(2):
        played.spoken()
        played.pass_s(12)
    assert played.play.step.first_rep == 3
    assert "hear an answer" in played.lines


def test_stop_is_asked_at_most_once_a_set() -> None:
    played = unclear()
    played.send(RepDone(2))
    played.say(NO)
    played.rep(3, running=True)
    played.send(Unclear(STOP))
    assert played.send(RepDone(3)) == ()
    assert played.session.state is State.PLAYING


def test_stop_asked_after_the_last_rep_goes_on_to_what_comes_next() -> None:
    played = Played.at(Kind.SET)
    played.rep(4, running=True)
    played.send(Unclear(STOP))
    played.send(RepDone(4))
    played.say(NO)
    assert played.where == ("playing", "switch")
    assert played.session.record.sets[0].done == 4


def test_outside_a_set_nothing_is_asked() -> None:
    played = Played.at(Kind.REST)
    assert played.send(Unclear(STOP)) == ()


def after_a_stop() -> Played:
    played = Played.at(Kind.SET)
    played.say(STOP)
    return played


def test_stop_is_silent_for_two_seconds_then_tells_how_to_go_on_or_end() -> None:
    played = after_a_stop()
    assert played.effects == (Hold(Command.STOP),)
    played.pass_s(1.8)
    assert played.effects == ()
    played.pass_s(0.3)
    assert "resume" in played.lines
    assert "finish workout" in played.lines


def test_a_minute_after_a_stop_she_is_asked_whether_she_is_all_right() -> None:
    played = after_a_stop()
    played.pass_s(60.1)
    assert played.session.question is Question.ALL_RIGHT
    played.pass_s(12)
    assert "all right" in played.lines


def test_unanswered_it_is_over_five_minutes_after_the_stop() -> None:
    played = after_a_stop()
    played.pass_s(299)
    assert played.session.state is State.ASKING
    played.pass_s(1.5)
    assert played.finish == "unanswered"


@pytest.mark.parametrize("answer", [YES, Command.FALSE_ALARM])
def test_all_right_is_a_pause(answer: Command) -> None:
    played = after_a_stop()
    played.pass_s(61)
    played.say(answer)
    assert played.where == ("paused", "set")
    played.pass_s(400)
    assert played.session.state is State.PAUSED


def test_going_on_is_an_answer_too() -> None:
    played = after_a_stop()
    played.pass_s(61)
    played.say(RESUME)
    assert played.where == ("playing", "set")


def test_not_all_right_is_an_emergency() -> None:
    played = after_a_stop()
    played.pass_s(61)
    played.say(NO)
    assert "call for help" in played.lines
    played.pass_s(30)
    assert "call for help" in played.lines


@pytest.mark.parametrize("word", [STOP, Command.PAUSE])
def test_a_stop_that_was_none_is_undone(word: Command) -> None:
    played = Played.at(Kind.SETUP)
    played.say(word)
    played.send(TakenBack())
    assert played.effects == (Continue(From.SENTENCE),)


def test_what_she_paused_herself_stays_paused() -> None:
    played = Played.at(Kind.SET)
    played.say(Command.PAUSE, STOP)
    played.send(TakenBack())
    assert played.where == ("paused", "set")
    played.pass_s(400)
    assert played.session.state is State.PAUSED


@pytest.mark.parametrize("word", [Command.EMERGENCY, Command.IT_HURTS])
def test_pain_and_a_call_for_help_are_never_taken_back_by_themselves(word: Command) -> None:
    played = Played.at(Kind.SET)
    played.say(word)
    before = played.session
    played.send(TakenBack())
    assert played.session == before


def test_asked_whether_she_is_all_right_nothing_goes_on_by_itself() -> None:
    played = after_a_stop()
    played.pass_s(61)
    played.say(STOP)
    played.send(TakenBack())
    assert played.session.state is State.PAUSED
