"""A call for help: out from under the load first, then down, then how to get help; never on by itself."""

import pytest

from coach.hearing.vocabulary.commands import Command, Emergency
from coach.session.effects import Say
from coach.session.state import State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played

NO, YES, HURTS = Command.NO, Command.YES, Command.IT_HURTS
FAINT, CHEST, STUCK = (tuple(Emergency).index(need) for need in (Emergency.FAINT, Emergency.CHEST, Emergency.STUCK))
FIRST = {
    0: "Lower the dumbbell as far as you can, and let go of it gently.",
    1: "Let the band go slack, and lower your arms.",
    3: "Lower yourself onto your side.",
    4: "Stay lying down, and breathe easily.",
}


def lines(played: Played) -> tuple[str, ...]:
    said = played.one(Say)
    assert isinstance(said, Say)
    return said.lines


@pytest.mark.parametrize(("block", "first"), FIRST.items())
def test_who_feels_dizzy_is_unloaded_first_then_down_then_told_how_to_get_help(block: int, first: str) -> None:
    played = Played.at(Kind.SET, block)
    played.say(Command.EMERGENCY, value=FAINT)
    assert lines(played)[0] == first
    assert ("Sit down, or lie down, right where you are." in lines(played)) is (block < 2)
    assert "call for help" in lines(played)[-1]
    assert not any(line.lower().startswith(("call for help", "stop", "help")) for line in lines(played))


@pytest.mark.parametrize("kind", [Kind.WELCOME, Kind.SETUP, Kind.GATE, Kind.SET, Kind.SWITCH, Kind.REST, Kind.WARM_UP])
def test_nobody_who_feels_dizzy_is_told_to_stand(kind: Kind) -> None:
    played = Played.at(kind)
    for need in (None, FAINT, CHEST):
        played.say(Command.EMERGENCY, value=need)
        assert "stand" not in played.lines
        assert "stay where you are" not in played.lines


def test_heart_and_breath_are_told_to_sit_and_whom_to_call() -> None:
    played = Played.at(Kind.SET)
    played.say(Command.EMERGENCY, value=CHEST)
    assert lines(played)[1:] == ("Sit down now.", "Please call the emergency services. I can't call for you.")
    played.pass_s(30)
    assert "emergency services" in played.lines


def test_who_cannot_get_up_stays_and_calls() -> None:
    played = Played.at(Kind.MOVE, 3)
    played.say(Command.EMERGENCY, value=STUCK)
    assert lines(played) == (
        "Please stay where you are, and call for help, out loud or by phone. I can't call for you.",
    )


def test_a_second_word_says_more_of_what_it_is() -> None:
    played = Played.at(Kind.SET)
    played.say(Command.EMERGENCY)
    played.say(Command.EMERGENCY, value=CHEST)
    assert "emergency services" in played.lines
    played.say(Command.REPEAT)
    assert "emergency services" in played.lines


@pytest.mark.parametrize("kind", [Kind.WELCOME, Kind.SETUP, Kind.GATE, Kind.SET, Kind.SWITCH, Kind.REST])
def test_an_emergency_is_silence_and_call_for_help_every_thirty_seconds(kind: Kind) -> None:
    played = Played.at(kind)
    played.say(Command.EMERGENCY)
    assert played.silent
    assert "I can't call for you" in played.lines
    for _ in range(20):
        played.pass_s(29.5)
        assert played.lines == ""
        played.pass_s(0.5)
        assert "call for help" in played.lines
    assert played.session.state is State.PAUSED


def test_an_emergency_never_goes_on_by_itself_nor_by_an_easy_word() -> None:
    played = Played.at(Kind.SET)
    played.say(Command.EMERGENCY)
    for command in set(Command) - {Command.RESUME, Command.END_WORKOUT, HURTS}:
        played.say(command)
        assert played.session.state is State.PAUSED, command
    played.say(Command.RESUME)
    assert played.where == ("playing", "set")


def test_an_emergency_that_is_ended_is_recorded_as_one() -> None:
    played = Played.at(Kind.SET)
    played.say(Command.EMERGENCY, Command.END_WORKOUT)
    assert played.session.question == "end"
    played.say(YES, YES)
    assert played.finish == "emergency"


def test_not_ending_after_an_emergency_is_still_the_emergency() -> None:
    played = Played.at(Kind.SET)
    played.say(Command.EMERGENCY, Command.END_WORKOUT, NO)
    assert played.session.state is State.PAUSED
    played.pass_s(30)
    assert "call for help" in played.lines


def test_an_emergency_that_is_over_does_not_name_a_later_end() -> None:
    played = Played.at(Kind.SET, asks_effort=True)
    played.say(Command.EMERGENCY, Command.END_WORKOUT, NO, Command.RESUME)
    while played.session.kind is not Kind.EFFORT:
        played.go_on()
    played.say(Command.END_WORKOUT, YES, YES)
    assert played.finish == "ended"
