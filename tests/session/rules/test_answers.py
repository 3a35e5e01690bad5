"""What she asks is answered, and nothing is lost by it."""

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Continue, From, Say
from coach.session.state import State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, in_rep

C = Command


def test_how_many_left_in_a_set_lets_the_ticks_go_on() -> None:
    played = in_rep(2)
    assert played.say(C.HOW_MANY_LEFT) == (Say(("Two more after this.",)),)
    played.rep(4, running=True)
    played.say(C.HOW_MANY_LEFT)
    assert "last" in played.lines


def test_how_many_left_in_a_rest_is_exercises() -> None:
    played = Played.at(Kind.REST)
    played.say(C.HOW_MANY_LEFT)
    assert "four exercises" in played.lines


def test_time_left_shrinks_as_it_goes_on() -> None:
    played = Played()
    played.say(C.TIME_LEFT)
    assert "minutes" in played.lines
    last = Played.at(Kind.FINISH, None)  # type: ignore[arg-type] # a finish has no block
    last.say(C.TIME_LEFT)
    assert "almost there" in last.lines


def test_what_is_next_names_the_other_side_the_rest_and_the_end() -> None:
    assert "left side" in _next(Played.at(Kind.SET))
    assert "rest" in _next(Played.at(Kind.SET, 1))
    assert "that's it for today" in _next(Played.at(Kind.SET, 4))


def _next(played: Played) -> str:
    played.say(C.WHATS_NEXT)
    return played.lines


def test_help_on_the_floor_begins_with_what_to_say_when_hurt() -> None:
    played = Played.at(Kind.SET, 3)
    played.say(C.HELP)
    assert played.lines.startswith("If anything hurts, say")
    standing = Played.at(Kind.SET)
    standing.say(C.HELP)
    assert not standing.lines.startswith("If anything hurts")


def test_an_answer_during_the_set_up_holds_it_and_takes_the_sentence_up_again() -> None:
    played = Played.at(Kind.SETUP)
    played.say(C.TIME_LEFT)
    assert played.silent
    played.spoken()
    assert played.effects == (Continue(From.SENTENCE),)
    assert played.session.kind is Kind.SETUP


def test_an_answer_does_not_end_a_pause() -> None:
    played = in_rep(2)
    played.say(C.PAUSE, C.TIME_LEFT)
    played.spoken()
    assert played.effects == ()
    assert played.session.state is State.PAUSED
