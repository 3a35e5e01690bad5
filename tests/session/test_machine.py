"""The session: on from step to step, again, the pause, the end."""

import math

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Position
from coach.session.effects import Chime, Continue, From, Hold, SayAgain, When
from coach.session.events import Elapsed, PhaseBegan, RepDone, SegmentEnded
from coach.session.machine import advance, open_commands, start
from coach.session.state import State
from coach.session.timers import next_due_s
from coach.timeline.cue import SegmentKind as Kind
from coach.timeline.plan import plan
from tests.support.playing import Played, in_rep, routine

C = Command


def test_a_routine_left_alone_with_ready_at_its_gates_plays_every_step_of_its_plan() -> None:
    whole = routine()
    played, kinds = Played(whole), []
    while played.session.state is not State.FINISHED:
        kinds.append(played.session.step)
        played.go_on()
    assert tuple(kinds) == plan(whole)


def test_the_state_is_waiting_at_gates_moves_and_ways_out_and_playing_elsewhere() -> None:
    assert Played.at(Kind.GATE).where == ("waiting", "gate")
    assert Played.at(Kind.MOVE, 3).where == ("waiting", "move")
    assert Played.at(Kind.SWITCH).where == ("playing", "switch")
    assert Played.at(Kind.REST).where == ("playing", "rest")


@pytest.mark.parametrize(
    ("kind", "block", "then"),
    [(Kind.WELCOME, 0, "warm_up"), (Kind.GATE, 0, "set"), (Kind.MOVE, 3, "setup"), (Kind.SWITCH, 0, "gate"),
     (Kind.REST, 0, "setup")],
)  # fmt: skip
@pytest.mark.parametrize("command", [C.READY, C.NEXT, C.DONE])
def test_ready_next_and_done_go_on(kind: Kind, block: int, then: str, command: C) -> None:
    played = Played.at(kind, block)
    played.say(command)
    assert played.session.kind == then
    assert played.play.step == played.session.step


def test_ready_in_the_set_up_is_as_if_the_gate_were_answered_too() -> None:
    played = Played.at(Kind.SETUP)
    played.say(C.READY)
    assert played.where == ("playing", "set")


def test_next_in_the_set_up_goes_on_to_the_gate() -> None:
    played = Played.at(Kind.SETUP)
    played.say(C.NEXT)
    assert played.where == ("waiting", "gate")


def test_next_in_a_set_ends_this_side_at_the_reps_done() -> None:
    played = in_rep(3)
    played.say(C.NEXT)
    assert played.where == ("playing", "switch")
    assert (played.session.record.sets[0].done, played.session.record.sets[0].ended_by) == (2, "next")


def test_only_the_end_of_a_move_changes_the_position() -> None:
    played = Played.at(Kind.MOVE, 3)
    assert played.session.position is Position.STANDING
    played.send(SegmentEnded())
    assert (played.where, played.session.position) == (("waiting", "move"), Position.STANDING)
    played.say(C.READY)
    assert played.session.position is Position.HANDS_AND_KNEES


def test_repeat_in_the_set_up_is_this_sentence_and_twice_from_the_start() -> None:
    played = Played.at(Kind.SETUP)
    assert played.say(C.REPEAT) == (Continue(From.SENTENCE_AGAIN),)
    played.pass_s(4)
    assert played.say(C.REPEAT) == (Continue(From.START),)
    assert played.say(C.REPEAT) == (Continue(From.SENTENCE_AGAIN),)
    played.pass_s(6)
    assert played.say(C.REPEAT) == (Continue(From.SENTENCE_AGAIN),)


def test_repeat_in_a_set_finishes_the_rep_then_key_cue_short_count_in_and_the_same_number() -> None:
    played = in_rep(3)
    played.say(C.REPEAT)
    play = played.play
    assert play.when is When.AFTER_REP
    assert (play.step.first_rep, play.step.key_cue, play.step.count_in_s) == (3, True, 3.0)


def test_a_repeated_rep_counts_once() -> None:
    played = in_rep(3)
    played.say(C.REPEAT)
    for event in (RepDone(3), PhaseBegan("pull", 3), RepDone(3), PhaseBegan("pull", 4)):
        played.send(event)
    assert (played.session.done, played.session.rep) == (3, 4)


def test_repeat_at_the_gate_is_the_set_up_again() -> None:
    played = Played.at(Kind.GATE)
    played.say(C.REPEAT)
    assert played.where == ("playing", "setup")
    assert [step.kind for step in played.session.steps[played.session.index :][:3]] == [Kind.SETUP, Kind.GATE, Kind.SET]


def test_repeat_in_a_rest_is_the_announcement_and_the_clock_runs_on() -> None:
    played = Played.at(Kind.REST)
    played.pass_s(5)
    played.say(C.REPEAT)
    assert "horizontal abduction" in played.lines
    assert "band" in played.lines
    assert not played.silent
    assert played.session.clock.ran_s == pytest.approx(5)


def test_repeat_in_a_pause_is_the_last_instruction() -> None:
    played = Played.at(Kind.SETUP)
    played.say(C.PAUSE)
    assert played.say(C.REPEAT) == (SayAgain(),)
    assert played.session.state is State.PAUSED


def test_start_again_is_this_set_from_rep_one() -> None:
    played = in_rep(3)
    played.say(C.START_AGAIN)
    assert (played.play.step.first_rep, played.play.step.count_in_s, played.play.when) == (1, 4.0, When.NOW)
    assert played.session.done == 0


def test_pause_is_silence_and_after_ten_seconds_the_rest_position() -> None:
    played = in_rep(2)
    assert played.say(C.PAUSE) == (Hold(Command.PAUSE),)
    assert played.pass_s(9.8) == ()
    played.pass_s(0.3)
    assert played.lines


def test_resume_in_a_set_starts_the_interrupted_rep_after_a_short_count_in() -> None:
    played = in_rep(3)
    played.say(C.PAUSE, C.RESUME)
    assert (played.play.step.first_rep, played.play.step.count_in_s, played.play.when) == (3, 3.0, When.NOW)
    assert played.session.done == 2


@pytest.mark.parametrize(
    ("kind", "start_from"), [(Kind.SETUP, From.SENTENCE), (Kind.REST, From.HERE), (Kind.GATE, From.SENTENCE)]
)
def test_resume_elsewhere_takes_the_sentence_up_or_what_is_left_of_the_rest(kind: Kind, start_from: From) -> None:
    played = Played.at(kind)
    played.say(C.PAUSE, C.READY)
    assert played.effects == (Continue(start_from),)
    assert played.session.kind is kind


def test_a_pause_waits_for_ever_but_not_with_a_file_for_a_microphone() -> None:
    played = in_rep()
    played.say(C.PAUSE)
    played.pass_s(1200)
    assert played.session.state is State.PAUSED
    file = in_rep(pause_limit_s=300)
    file.say(C.PAUSE)
    file.pass_s(299)
    assert file.session.state is State.PAUSED
    file.pass_s(1.5)
    assert file.finish == "unanswered"


def test_a_session_is_a_value_and_events_leave_it_as_it_was() -> None:
    session, effects = start(routine())
    again, more = start(routine())
    assert (session, effects) == (again, more)
    assert advance(session, Elapsed(3.0)) == advance(again, Elapsed(3.0))
    assert session.now_s == 0.0


def test_time_is_due_at_a_timer_at_the_end_of_an_undo_and_of_a_pause_on_files_and_else_never() -> None:
    welcome, gate = Played.at(Kind.WELCOME), Played.at(Kind.GATE)
    assert next_due_s(welcome.session) == math.inf
    assert next_due_s(gate.session) == pytest.approx(gate.session.now_s + 10.0, abs=0.01)  # "ready" can be taken back
    gate.pass_s(10.5)
    assert next_due_s(gate.session) == pytest.approx(gate.session.now_s + 9.5, abs=0.01)
    file = in_rep(pause_limit_s=300)
    file.say(C.PAUSE)
    file.pass_s(20)
    assert next_due_s(file.session) == pytest.approx(file.session.now_s + 280.0, abs=0.01)


def test_nothing_follows_the_end() -> None:
    played = in_rep(2)
    played.say(C.END_WORKOUT, C.YES, C.YES)
    assert open_commands(played.session) == frozenset()
    for command in C:
        assert played.say(command) == ()
    assert not any(isinstance(effect, Chime) for effect in played.effects)
