"""Questions: how often they are put, what answers them, what silence means, what puts them aside."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Chime, Continue, Play, Say
from coach.session.events import RepDone, SegmentEnded
from coach.session.machine import start
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, routine, unclear

YES, NO, END, PAUSE, RESUME, STOP = (
    Command.YES, Command.NO, Command.END_WORKOUT, Command.PAUSE, Command.RESUME, Command.STOP,
)  # fmt: skip
CHOICES = [routine(name) for name in ("spine-strength", "bands", "floor", "spine-strength-2")]


def asked_which() -> Played:
    played = Played()
    played.session, played.effects = start(None, choices=CHOICES)
    return played


def test_without_a_routine_the_coach_asks_which() -> None:
    played = asked_which()
    assert (played.session.state, played.session.question) == ("asking", "routine")
    for word in ("bands", "floor", "everything", "two sets"):
        assert word in played.lines


def test_she_names_one_and_it_begins() -> None:
    played = asked_which()
    played.say(Command.NUMBER, value=1)
    assert played.session.record.routine == "bands"
    assert played.where == ("playing", "welcome")
    assert played.play.step.kind is Kind.WELCOME


@pytest.mark.parametrize("value", [None, -1, 4, 10])
def test_what_names_none_of_them_is_asked_again(value: int | None) -> None:
    played = asked_which()
    played.say(Command.NUMBER, value=value)
    assert played.session.question is Question.ROUTINE
    assert "bands" in played.lines


def test_unanswered_twice_it_is_the_usual_one() -> None:
    played = asked_which()
    played.spoken()
    played.pass_s(12)
    assert "bands" in played.lines
    played.spoken()
    played.pass_s(12)
    assert played.session.record.routine == "spine-strength"
    assert played.where == ("playing", "welcome")


def test_it_can_be_ended_before_it_began() -> None:
    played = asked_which()
    played.say(END, YES, YES)
    assert played.finish == "ended"


def test_a_session_needs_something_to_train() -> None:
    with pytest.raises(ValueError, match="routine"):
        start(None)


def test_the_end_is_asked_once_and_holds_the_set() -> None:
    played = Played.at(Kind.SET)
    played.say(END)
    assert played.silent
    assert played.session.question is Question.END


def test_yes_ends_with_what_was_done() -> None:
    played = Played.at(Kind.SET)
    played.rep(2)
    played.say(END, YES, YES)
    assert played.finish == "ended"
    assert "two reps" in played.lines
    assert played.session.record.sets[0].ended_by == "end_workout"


def test_no_answer_ends_after_one_asking() -> None:
    played = Played.at(Kind.SET)
    played.say(END)
    played.spoken()
    played.pass_s(11.8)
    assert played.session.state is State.ASKING
    played.pass_s(0.3)
    assert played.finish == "ended"


def test_no_goes_back_to_the_set_and_its_interrupted_rep() -> None:
    played = Played.at(Kind.SET)
    played.rep(3, running=True)
    played.say(END, NO)
    assert played.where == ("playing", "set")
    assert played.play.step.first_rep == 3


def test_no_goes_back_to_the_pause() -> None:
    played = Played.at(Kind.SET)
    played.say(PAUSE, END, NO)
    assert played.where == ("paused", "set")
    assert not any(isinstance(effect, Play | Continue) for effect in played.effects)


def test_a_rest_runs_on_while_asking() -> None:
    played = Played.at(Kind.REST)
    played.say(END)
    assert not played.silent
    played.pass_s(5)
    assert played.session.clock.ran_s == pytest.approx(5, abs=0.2)
    played.say(NO)
    assert played.where == ("playing", "rest")
    assert not any(isinstance(effect, Play | Continue) for effect in played.effects)


def test_a_rest_that_is_over_while_asking_goes_on_after_the_answer() -> None:
    played = Played.at(Kind.REST)
    played.say(END)
    played.send(SegmentEnded())
    assert played.session.state is State.ASKING
    played.say(NO)
    assert played.where == ("playing", "setup")


def test_on_the_floor_the_end_plays_the_way_up_first() -> None:
    played = Played.at(Kind.SET, 4)
    played.say(END, YES, YES)
    assert played.where == ("waiting", "move")
    played.say(Command.READY, Command.READY)
    assert played.finish == "ended"


def test_the_end_waits_for_the_stable_end_of_a_move() -> None:
    played = Played.at(Kind.MOVE, 3)
    played.say(END, YES, YES)
    assert played.where == ("waiting", "move")
    assert isinstance(played.effects[-1], Continue)
    played.say(Command.READY)
    assert played.play.step.kind is Kind.MOVE  # up again
    played.say(Command.READY)
    assert played.finish == "ended"


def test_what_is_no_answer_is_asked_again_and_then_only_a_small_sound() -> None:
    played = unclear()
    played.send(RepDone(2))
    played.say(Command.LOUDER)
    assert "Did you say stop" in played.lines
    played.say(Command.LOUDER)
    assert played.effects == (Chime("hm"),)


def test_repeat_says_the_question_again_without_counting_it() -> None:
    played = unclear()
    played.send(RepDone(2))
    for _ in range(5):
        played.say(Command.REPEAT)
        assert "Did you say stop" in played.lines
    assert played.session.times_asked == 1


def test_pause_puts_the_question_aside_and_resume_asks_it_again() -> None:
    played = unclear()
    played.send(RepDone(2))
    played.say(PAUSE)
    assert played.where == ("paused", "set")
    played.pass_s(100)
    assert played.session.state is State.PAUSED
    played.say(RESUME)
    assert played.session.question is Question.STOP
    played.say(NO)
    assert played.play.step.first_rep == 3


@pytest.mark.parametrize("command", [Command.NEXT, Command.SKIP, Command.READY, Command.BACK, Command.DONE])
def test_a_question_put_aside_comes_before_anything_else(command: Command) -> None:
    played = Played.at(Kind.SET)
    played.say(Command.IT_HURTS)
    played.pass_s(10.1)
    played.say(Command.READY, PAUSE, command)
    assert played.session.question is Question.HURT_BACK


def test_not_ending_asks_what_stood_before_again() -> None:
    played = Played.at(Kind.SET)
    played.say(Command.IT_HURTS)
    played.pass_s(10.1)
    played.say(Command.READY, END, NO)
    assert played.session.question is Question.HURT_BACK


def test_the_answer_is_waited_for_from_the_end_of_the_words_on() -> None:
    played = unclear()
    played.send(RepDone(2))
    played.pass_s(2)
    played.spoken()
    played.pass_s(11.8)
    assert not played.effects
    played.pass_s(0.4)
    assert isinstance(played.effects[0], Say)


@pytest.mark.parametrize("agreed", [(), (YES,)])
def test_a_no_to_the_end_ends_that_question_also_where_a_pause_had_put_it_aside(agreed: tuple[Command, ...]) -> None:
    played = Played.at(Kind.SET)
    played.say(END, *agreed, PAUSE, END, NO)
    assert (played.session.question, played.session.state, played.session.parked) == (None, State.PAUSED, ())
    played.say(RESUME)
    assert played.where == ("playing", "set")
