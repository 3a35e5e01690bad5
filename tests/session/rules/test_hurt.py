"""It hurts, and I need help: silence first, then her pace, the doctor every time, and never on without her."""

import itertools

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Position
from coach.session.effects import Hold, Say
from coach.session.events import TakenBack
from coach.session.state import State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, routine

NO, YES, READY, HURTS = Command.NO, Command.YES, Command.READY, Command.IT_HURTS


def hurting(kind: Kind = Kind.SET, block: int = 0) -> Played:
    played = Played.at(kind, block)
    played.say(HURTS)
    return played


def out_of_it(kind: Kind = Kind.SET, block: int = 0) -> Played:
    played = hurting(kind, block)
    played.pass_s(10.1)
    played.say(READY)
    return played


def test_it_hurts_is_silence_at_once_and_the_clock_stands() -> None:
    played = hurting()
    assert played.effects[0] == Hold(Command.IT_HURTS)
    assert (played.session.state, played.session.question) == ("asking", "hurt")


@pytest.mark.parametrize("answer", [READY, Command.RESUME, Command.NEXT, Command.STOP, Command.END_WORKOUT])
def test_nothing_but_i_am_fine_undoes_it(answer: Command) -> None:
    played = hurting()
    played.say(answer)
    assert played.session.question == "hurt"
    played.pass_s(10.1)
    assert played.where == ("waiting", "way_out")


@pytest.mark.parametrize("answer", [YES, NO, HURTS])
def test_yes_no_and_it_hurts_lead_her_out_at_once(answer: Command) -> None:
    played = hurting()
    played.say(answer)
    assert played.silent
    assert played.where == ("waiting", "way_out")


FIRST = {
    0: "Let the arm hang.",
    1: "Let the band go slack.",
    3: "Lower your arm and leg.",
    4: "Lower your head and shoulders.",
}


@pytest.mark.parametrize(("block", "first"), FIRST.items())
def test_the_first_words_unload_her(block: int, first: str) -> None:
    said = hurting(Kind.SET, block).one(Say)
    assert isinstance(said, Say)
    assert said.lines[0] == first


@pytest.mark.parametrize("answer", [YES, HURTS])
def test_my_back_hurts_is_a_yes_to_whether_it_is_the_back(answer: Command) -> None:
    played = out_of_it()
    played.say(answer)
    assert played.session.record.in_back == (("one-arm-row", True),)
    assert played.session.reason == "hurt"


def test_no_answer_to_whether_it_is_the_back_counts_as_the_back() -> None:
    played = out_of_it()
    played.pass_s(60)
    assert played.session.record.in_back == (("one-arm-row", True),)


def test_i_am_fine_within_ten_seconds_undoes_it_and_then_it_is_paused() -> None:
    played = hurting()
    played.pass_s(9.0)
    played.say(Command.FALSE_ALARM)
    assert played.where == ("paused", "set")
    assert played.session.record.pain == ()
    played.say(Command.RESUME)
    assert played.where == ("playing", "set")
    assert played.play.step.first_rep == 1
    assert played.play.step.count_in_s == 3.0


def test_otherwise_the_way_out_of_this_very_position_begins_and_waits_for_her() -> None:
    played = hurting(Kind.SET, 3)
    played.pass_s(10.1)
    assert played.play.step.kind is Kind.WAY_OUT
    assert (played.play.step.block, played.play.step.position) == (3, Position.HANDS_AND_KNEES)
    assert played.session.record.pain == ("bird-dog",)
    played.pass_s(30)
    assert played.where == ("waiting", "way_out")


def test_the_doctor_is_named_every_time() -> None:
    played = out_of_it()
    assert "doctor" in played.lines
    played.say(NO, YES, Command.NEXT)
    played.say(HURTS)
    played.pass_s(10.1)
    played.say(READY)
    assert "doctor" in played.lines
    assert played.session.question == "hurt_back"


def test_pain_in_the_back_ends_the_session() -> None:
    played = out_of_it()
    played.say(YES)
    assert played.finish == "hurt"
    assert played.session.record.reason == "hurt"


def test_pain_elsewhere_offers_another_exercise() -> None:
    played = out_of_it()
    played.say(NO)
    assert played.session.question == "hurt_next"
    played.say(YES)
    assert played.where == ("playing", "setup")
    assert played.session.step.block == 1


def test_no_other_exercise_ends_the_session() -> None:
    played = out_of_it()
    played.say(NO, NO)
    assert played.finish == "hurt"


def test_after_the_last_exercise_there_is_no_other_to_offer() -> None:
    played = out_of_it(Kind.SET, 4)
    played.say(NO)
    assert played.session.step.kind is Kind.MOVE
    assert played.session.reason == "hurt"


def test_the_end_after_pain_on_the_floor_plays_the_way_up_first() -> None:
    played = out_of_it(Kind.SET, 4)
    played.say(YES)
    assert played.play.step.kind is Kind.MOVE
    assert played.play.step.from_position is Position.FACE_DOWN
    played.say(READY)
    assert played.play.step.from_position is Position.HANDS_AND_KNEES
    played.say(READY)
    assert played.finish == "hurt"


def test_nobody_is_left_on_the_floor_with_a_good_bye() -> None:
    played = out_of_it(Kind.SET, 4)
    played.say(YES)
    played.pass_s(140)
    assert "call out" in played.lines
    played.pass_s(301)
    assert played.finish == "hurt"


def test_said_again_the_way_out_begins_again() -> None:
    played = hurting()
    played.say(HURTS)
    assert played.silent
    assert played.play.step.kind is Kind.WAY_OUT
    played.say(HURTS)
    assert played.silent
    assert played.play.step.kind is Kind.WAY_OUT


def test_silence_after_it_is_five_more_minutes_of_listening_and_then_the_end() -> None:
    played = hurting()
    played.pass_s(10.1)
    played.pass_s(120.5)
    assert "If you can't get up, call out" in played.lines
    assert "I can't call for you" in played.lines
    played.pass_s(298)
    assert played.session.state is State.WAITING
    played.pass_s(3)
    assert played.finish == "hurt"


def test_she_may_still_answer_in_those_five_minutes() -> None:
    played = hurting()
    played.pass_s(200)
    played.say(READY)
    assert played.session.question == "hurt_back"


def test_no_answer_about_the_back_ends_after_listening() -> None:
    played = out_of_it()
    played.spoken()
    played.pass_s(12.1)
    assert "back" in played.lines
    played.spoken()
    played.pass_s(12.1)
    assert "call out" in played.lines
    played.pass_s(301)
    assert played.finish == "hurt"


def test_hurting_in_a_move_is_to_lower_oneself_or_stand_whichever_is_nearer() -> None:
    played = hurting(Kind.MOVE, 3)
    assert "whichever is closer" in played.lines
    played.pass_s(10.1)
    step = played.play.step
    assert (step.kind, step.block, step.position) == (Kind.WAY_OUT, None, Position.HANDS_AND_KNEES)
    played.say(READY, YES)
    assert played.session.step.kind is Kind.MOVE  # she may be down: the way up is never left out


def test_hurting_in_a_pause_and_in_a_rest_stops_the_clock_too() -> None:
    played = Played.at(Kind.REST)
    left = played.session.clock.ran_s
    played.say(HURTS)
    assert played.silent
    played.pass_s(5)
    assert played.session.clock.ran_s == left
    paused = Played.at(Kind.SET)
    paused.say(Command.PAUSE, HURTS)
    assert paused.session.question == "hurt"


def test_hurting_in_the_welcome_goes_to_the_questions() -> None:
    played = Played()
    played.say(HURTS)
    played.pass_s(10.1)
    assert played.session.question == "hurt_back"
    assert "doctor" in played.lines
    played.say(YES)
    assert played.finish == "hurt"


def test_a_pause_does_not_put_pain_aside() -> None:
    played = hurting()
    played.say(Command.PAUSE)
    assert played.session.question == "hurt"


def test_once_the_end_is_agreed_on_no_question_comes_back_on_the_way_up() -> None:
    played = out_of_it(Kind.SET, 4)
    played.say(Command.END_WORKOUT, YES, YES)
    assert played.where == ("waiting", "move")
    played.say(Command.PAUSE, Command.RESUME)
    assert played.session.question is None
    assert played.where == ("waiting", "move")


def test_after_a_false_alarm_nothing_taken_back_goes_on_by_itself() -> None:
    played = hurting()
    played.say(Command.PAUSE, Command.FALSE_ALARM)
    played.send(TakenBack())
    assert played.where == ("paused", "set")


def test_ending_in_the_way_out_is_recorded_as_hurt() -> None:
    played = hurting()
    played.pass_s(10.1)
    played.say(Command.END_WORKOUT, YES, YES)
    assert played.finish == "hurt"


def test_pain_is_written_into_the_set_with_the_reps_done() -> None:
    played = Played.at(Kind.SET)
    played.rep(2)
    played.rep(3, running=True)
    played.say(HURTS)
    played.pass_s(10.1)
    entry = played.session.record.sets[-1]
    assert (entry.exercise, entry.done, entry.ended_by, entry.pain) == ("one-arm-row", 2, "it_hurts", True)


def test_safety_words_silence_first_in_every_segment() -> None:
    words = (HURTS, Command.EMERGENCY, Command.STOP, Command.PAUSE)
    places = [(k, 0) for k in (Kind.WELCOME, Kind.SETUP, Kind.GATE, Kind.SET, Kind.SWITCH, Kind.REST)]
    for (kind, block), word in itertools.product([*places, (Kind.MOVE, 3)], words):
        played = Played.at(kind, block, routine(reps=2))
        played.say(word)
        assert played.silent, (kind, word)
        assert not any(isinstance(effect, Say) for effect in played.effects[:1])
