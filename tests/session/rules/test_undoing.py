"""Never mind: the last command is taken back within ten seconds, where that can be done."""

import pytest

from coach.hearing.vocabulary.commands import Break, Command, Enough, Strain, value_of
from coach.session.effects import Volume
from coach.session.machine import open_commands
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind as Kind
from tests.support.playing import Played, routine

NEVER_MIND = Command.NEVER_MIND


def in_a_set() -> Played:
    played = Played.at(Kind.SET, trained=routine())
    played.rep(3, running=True)
    return played


@pytest.mark.parametrize("command", [Command.PAUSE, Command.STOP])
def test_a_pause_is_taken_back_and_the_set_goes_on(command: Command) -> None:
    played = in_a_set()
    played.say(command, NEVER_MIND)
    assert (played.session.state, played.session.kind) == (State.PLAYING, Kind.SET)


def test_a_call_for_help_is_not_taken_back_by_it() -> None:
    played = in_a_set()
    played.say(Command.EMERGENCY)
    assert NEVER_MIND not in open_commands(played.session)


@pytest.mark.parametrize("command", [Command.SLOWER, Command.FASTER, Command.SPEAK_SLOWER, Command.LOUDER])
def test_a_change_of_pace_voice_or_volume_is_taken_back(command: Command) -> None:
    played = in_a_set()
    before = played.session.tuning
    played.say(command)
    assert played.session.tuning != before
    played.say(NEVER_MIND)
    assert played.session.tuning == before
    assert "back to how it was" in played.lines
    assert command is not Command.LOUDER or played.one(Volume) == Volume(0.0)


def test_a_set_that_was_left_goes_on_from_the_rep_that_ran() -> None:
    played = in_a_set()
    played.say(Command.SKIP)
    assert played.session.record.skipped
    played.say(NEVER_MIND)
    assert (played.session.kind, played.play.step.first_rep, played.session.record.skipped) == (Kind.SET, 3, ())


def test_a_set_that_was_left_and_taken_up_again_counts_each_pause_once() -> None:
    played = in_a_set()
    played.say(Command.PAUSE, Command.RESUME)
    for _ in range(2):
        played.say(Command.NEXT, NEVER_MIND)
    played.say(Command.NEXT)
    (entry,) = played.session.record.sets
    assert (entry.pauses, entry.done) == (1, 2)


def test_after_ten_seconds_it_is_said_that_it_stays() -> None:
    played = in_a_set()
    played.say(Command.SKIP)
    kind = played.session.kind
    played.pass_s(10.1)
    played.say(NEVER_MIND)
    assert (played.session.kind, "can't take that one back" in played.lines) == (kind, True)


def test_never_mind_answers_no_where_the_end_was_asked_for() -> None:
    played = in_a_set()
    played.say(Command.END_WORKOUT, NEVER_MIND)
    assert (played.session.state, played.session.kind) == (State.PLAYING, Kind.SET)


def test_a_yes_to_the_end_is_said_back_and_a_no_goes_on() -> None:
    played = in_a_set()
    played.say(Command.END_WORKOUT, Command.YES)
    assert played.session.question is Question.END_SURE
    played.say(Command.NO)
    assert (played.session.state, played.session.kind) == (State.PLAYING, Kind.SET)


def test_silence_after_a_yes_to_the_end_ends() -> None:
    played = in_a_set()
    played.say(Command.END_WORKOUT, Command.YES)
    played.pass_s(9.0)
    assert played.session.question is None
    assert played.session.kind in (Kind.MOVE, Kind.FINISH)


def test_i_cant_do_this_holds_the_count_and_says_what_can_be_done() -> None:
    played = in_a_set()
    played.say(Command.EASIER, value=value_of(Command.EASIER, Strain.HEAVY))
    assert played.session.state is State.PAUSED
    assert "finish the set now" in played.lines
    assert played.session.record.wishes


def test_too_hard_alone_goes_on_counting() -> None:
    played = in_a_set()
    played.say(Command.EASIER)
    assert played.session.state is State.PLAYING


def test_a_break_in_a_set_is_a_pause_and_in_a_rest_a_longer_rest() -> None:
    now = value_of(Command.MORE_REST, Break.NOW)
    played = in_a_set()
    played.say(Command.MORE_REST, value=now)
    assert played.session.state is State.PAUSED
    resting = Played.at(Kind.REST, trained=routine())
    resting.say(Command.MORE_REST, value=now)
    assert (resting.session.state, resting.session.kind) == (State.PLAYING, Kind.REST)
    assert "thirty seconds" in " ".join(resting.play.say_first)


def test_enough_ends_a_set_and_is_asked_back_elsewhere() -> None:
    enough = value_of(Command.DONE, Enough.ALL)
    played = in_a_set()
    played.say(Command.DONE, value=enough)
    assert played.session.kind is not Kind.SET
    resting = Played.at(Kind.REST, trained=routine())
    resting.say(Command.DONE, value=enough)
    assert resting.session.question is Question.END


def test_which_one_names_the_exercise_and_the_side() -> None:
    played = in_a_set()
    played.say(Command.WHICH_ONE)
    assert "This is the" in played.lines
    assert "right side" in played.lines or "both sides" in played.lines
