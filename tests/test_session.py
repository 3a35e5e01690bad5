"""The session, one sentence of its table after the other."""

from dataclasses import replace

import pytest

from coach.hearing.commands import Command
from coach.library.exercise import Position, Side
from coach.session.effects import Chime, Continue, From, Hold, Play, Say, SayAgain, Volume, When
from coach.session.events import DeviceBack, DeviceLost, Elapsed, PhaseBegan, RepDone, SegmentEnded
from coach.session.session import advance, open_commands, start
from coach.session.state import State
from coach.timeline.cue import SegmentKind as Kind
from coach.timeline.plan import plan
from tests.playing import Played, routine

C = Command


def in_rep(rep: int = 2, **options: object) -> Played:
    played = Played.at(Kind.SET, **options)  # type: ignore[arg-type] # options vary
    played.rep(rep, running=True)
    return played


# On


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
    [(Kind.WELCOME, 0, "setup"), (Kind.GATE, 0, "set"), (Kind.MOVE, 3, "setup"), (Kind.SWITCH, 0, "set"),
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


# Again


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
    assert played.session.ran_s == pytest.approx(5)


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


# Back and skip


def test_back_in_a_set_is_this_exercise_s_set_up_and_then_this_set_again() -> None:
    played = Played.at(Kind.SET, 1, routine(sets=2))
    played.go_on()
    played.go_on()
    played.say(C.READY)
    assert played.session.step.set_no == 2
    played.rep(2)
    played.say(C.BACK)
    assert played.where == ("playing", "setup")
    played.say(C.READY)
    assert (played.session.step.set_no, played.session.step.first_rep, played.session.done) == (2, 1, 0)


def test_back_in_the_set_up_is_the_exercise_before() -> None:
    played = Played.at(Kind.SETUP, 2)
    played.say(C.BACK)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 1)


def test_back_in_the_first_set_up_stays_there() -> None:
    played = Played.at(Kind.SETUP)
    played.say(C.BACK)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 0)


def test_back_in_a_rest_is_the_exercise_just_done() -> None:
    played = Played.at(Kind.REST, 1)
    played.say(C.BACK)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 1)


def test_skip_leaves_the_exercise_and_names_the_next_and_what_it_needs() -> None:
    played = in_rep(2)
    played.say(C.SKIP)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 1)
    assert "a band" in played.lines
    assert played.session.record.skipped == ("one-arm-row",)


def test_skip_in_a_rest_leaves_the_coming_exercise_and_the_rest_goes_on() -> None:
    played = Played.at(Kind.REST)
    played.pass_s(20)
    played.say(C.SKIP)
    assert played.session.record.skipped == ("horizontal-abduction",)
    step = played.play.step
    assert (step.kind, step.next_block) == (Kind.REST, 2)
    assert step.rest_left_s == pytest.approx(40, abs=3)


def test_a_jump_to_another_position_plays_the_move_first() -> None:
    played = Played.at(Kind.SET, 2)
    played.say(C.SKIP)
    assert (played.session.kind, played.session.step.position) == (Kind.MOVE, Position.HANDS_AND_KNEES)
    assert "mat" in played.lines
    down = Played.at(Kind.SETUP, 3)
    down.say(C.BACK)
    assert (down.session.kind, down.session.step.position) == (Kind.MOVE, Position.STANDING)


def test_standing_to_face_down_is_two_moves() -> None:
    played = Played.at(Kind.SET, 2)
    played.say(C.SKIP, C.SKIP)  # in the move to the bird dog: on to the back extension
    assert played.where == ("waiting", "move")
    played.say(C.READY)
    assert (played.session.kind, played.session.step.position) == (Kind.MOVE, Position.FACE_DOWN)
    played.say(C.READY)
    assert (played.session.kind, played.session.step.block) == (Kind.SETUP, 4)


def test_skip_and_back_in_a_move_wait_for_its_stable_end() -> None:
    for command in (C.SKIP, C.BACK):
        played = Played.at(Kind.MOVE, 3)
        played.say(command)
        assert played.where == ("waiting", "move")
        assert "First all the way" in played.lines
        played.spoken()
        assert played.effects == (Continue(From.SENTENCE),)


def test_skipping_the_last_exercise_goes_up_and_finishes() -> None:
    played = Played.at(Kind.SET, 4)
    played.say(C.SKIP)
    kinds = [step.kind for step in played.session.steps[played.session.index :]]
    assert kinds == [Kind.MOVE, Kind.MOVE, Kind.FINISH]


def test_switch_sides_in_a_set_goes_to_the_other_side() -> None:
    played = in_rep(2)
    played.say(C.SWITCH_SIDES)
    assert (played.session.kind, played.session.step.side) == (Kind.SWITCH, Side.LEFT)
    assert played.session.record.sets[0].ended_by == "switch_sides"


def test_switch_sides_before_a_set_begins_with_the_other_side() -> None:
    played = Played.at(Kind.GATE)
    played.say(C.SWITCH_SIDES)
    coming = played.session.steps[played.session.index :]
    assert [(step.kind, step.side) for step in coming[:5]] == [
        (Kind.SETUP, Side.LEFT), (Kind.GATE, Side.LEFT), (Kind.SET, Side.LEFT),
        (Kind.SWITCH, Side.RIGHT), (Kind.SET, Side.RIGHT),
    ]  # fmt: skip


def test_switch_sides_where_there_are_none_says_so() -> None:
    played = Played.at(Kind.SET, 1)
    played.say(C.SWITCH_SIDES)
    assert "both sides" in played.lines


# Pause


def test_pause_is_silence_and_after_ten_seconds_the_rest_position() -> None:
    played = in_rep(2)
    assert played.say(C.PAUSE) == (Hold("pause"),)
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


# Gates


def test_a_gate_not_answered_asks_again_then_tells_and_goes_on() -> None:
    played = Played.at(Kind.GATE)
    assert played.pass_s(19.8) == ()
    played.pass_s(0.3)
    assert "ready" in played.lines
    assert played.pass_s(24.5) == ()
    played.pass_s(0.6)
    assert "ready" in played.lines
    played.pass_s(30)
    assert "I'll begin in fifteen seconds" in played.lines
    assert played.session.kind is Kind.GATE
    played.pass_s(15)
    assert played.where == ("playing", "set")


def test_a_move_not_answered_is_told_at_two_minutes() -> None:
    played = Played.at(Kind.MOVE, 3)
    played.send(SegmentEnded())
    played.pass_s(119)
    assert "fifteen seconds" not in played.lines
    played.pass_s(1.2)
    assert "fifteen seconds" in played.lines
    played.pass_s(15)
    assert played.session.kind is Kind.SETUP


def test_after_two_unheard_gates_it_goes_on_by_itself_and_says_so_once() -> None:
    played = Played.at(Kind.GATE, 1)
    told = 0
    waited = []
    for _ in range(3):
        began = played.session.now_s
        while played.session.kind is Kind.GATE:
            played.pass_s(1)
            told += "not your stop either" in played.lines
        waited.append(played.session.now_s - began)
        while played.session.kind is not Kind.GATE:
            played.rep(4)
            played.send(SegmentEnded())  # a move goes on at its length, too
    assert told == 1
    assert waited == pytest.approx([90, 90, 15], abs=1.5)


def test_a_word_from_her_ends_that() -> None:
    played = Played.at(Kind.GATE, 1)
    played.session = replace(played.session, unheard_gates=2)
    played.say(C.TIME_LEFT)
    assert not played.session.alone


def test_without_a_microphone_it_says_so_once_and_goes_on_by_itself() -> None:
    played = Played(has_microphone=False)
    assert "I can't hear you" in played.lines
    for _ in range(400):
        if played.session.state is State.FINISHED:
            break
        played.rep(4)
        played.pass_s(16)
        played.send(SegmentEnded())
        assert "can't hear" not in played.lines
    assert played.session.record.reason == "completed"


def test_more_rest_at_a_gate_is_more_time() -> None:
    played = Played.at(Kind.GATE)
    played.say(C.MORE_REST)
    played.spoken()
    assert played.pass_s(45) == ()


# Slower, faster, louder, quieter


def test_slower_rebuilds_the_set_from_the_next_rep() -> None:
    played = in_rep(2)
    played.say(C.SLOWER)
    play = played.play
    assert (play.when, play.pace, play.step.first_rep, play.step.count_in_s) == (When.AFTER_REP, 1.15, 3, 0.0)
    assert (played.session.done, played.session.rep) == (1, 2)


def test_pace_goes_in_steps_between_its_bounds_and_says_when_there_is_no_more() -> None:
    played = Played.at(Kind.REST)
    found = []
    for _ in range(5):
        played.say(C.SLOWER)
        found.append(played.session.pace)
    assert found == [1.15, 1.3, 1.45, 1.5, 1.5]
    assert "as slow as" in played.lines
    for _ in range(6):
        played.say(C.FASTER)
    assert played.session.pace == 0.85
    assert "as fast as" in played.lines


def test_faster_says_which_phase_stays_at_its_two_seconds() -> None:
    played = Played.at(Kind.SET, 3)
    played.rep(1, running=True)
    played.say(C.FASTER)
    assert "leg stays" in played.lines
    assert "two seconds" in played.lines


def test_a_change_in_the_last_rep_changes_nothing_that_plays() -> None:
    played = in_rep(4)
    played.say(C.SLOWER)
    assert not any(isinstance(effect, Play) for effect in played.effects)
    played.go_on()
    assert played.play.pace == 1.15


def test_louder_and_quieter_are_three_decibels_and_bounded() -> None:
    played = in_rep(2)
    assert played.say(C.LOUDER)[0] == Volume(3.0)
    assert played.say(C.QUIETER)[0] == Volume(0.0)
    for _ in range(20):
        played.say(C.QUIETER)
    assert played.session.gain_db == -18.0
    assert not any(isinstance(effect, Volume) for effect in played.effects)


def test_more_rest_is_thirty_seconds_now_or_in_the_coming_rest() -> None:
    resting = Played.at(Kind.REST)
    resting.pass_s(20)
    resting.say(C.MORE_REST)
    assert resting.play.step.rest_left_s == pytest.approx(70, abs=3)
    training = in_rep(2)
    training.say(C.MORE_REST)
    rest = next(step for step in training.session.steps if step.kind is Kind.REST)
    assert rest.extra_rest_s == 30


def test_a_rest_never_grows_past_five_minutes() -> None:
    played = Played.at(Kind.REST)
    for _ in range(20):
        played.say(C.MORE_REST)
    assert played.session.step.rest_left_s is not None
    assert played.session.step.rest_left_s <= 300


# Easier and harder


def test_harder_is_the_other_variant_from_the_next_set_on() -> None:
    played = Played.at(Kind.SET, 4, routine(sets=2))
    played.say(C.HARDER)
    assert played.session.step.variant == 0
    coming = [step.variant for step in played.session.steps[played.session.index + 1 :] if step.kind is Kind.SET]
    assert coming == [1]
    assert played.session.record.wishes == (("back-extension", "harder"),)


def test_harder_before_the_set_tells_its_set_up() -> None:
    played = Played.at(Kind.GATE, 4)
    played.say(C.HARDER)
    assert (played.play.step.kind, played.play.step.variant) == (Kind.SETUP, 1)
    played.say(C.READY)
    assert played.session.step.variant == 1
    played.go_on()
    assert played.session.record.sets[-1].exercise == "back-extension-arms"


def test_easier_without_a_variant_is_advice() -> None:
    played = in_rep(2)
    played.say(C.EASIER)
    block = played.session.block
    assert block is not None
    assert played.lines == block.exercise.easier


# What she asks


def test_how_many_left_in_a_set_lets_the_ticks_go_on() -> None:
    played = in_rep(2)
    assert played.say(C.HOW_MANY_LEFT) == (Say(("Two to go after this.",)),)
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
    assert "nearly" in last.lines


def test_what_is_next_names_the_other_side_the_rest_and_the_end() -> None:
    assert "left side" in _next(Played.at(Kind.SET))
    assert "rest" in _next(Played.at(Kind.SET, 1))
    assert "behind you" in _next(Played.at(Kind.SET, 4))


def _next(played: Played) -> str:
    played.say(C.WHATS_NEXT)
    return played.lines


def test_help_on_the_floor_begins_with_what_to_say_when_hurt() -> None:
    played = Played.at(Kind.SET, 3)
    played.say(C.HELP)
    assert played.lines.startswith("If you are hurt, say so")
    standing = Played.at(Kind.SET)
    standing.say(C.HELP)
    assert not standing.lines.startswith("If you are hurt")


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


# Devices


def test_a_lost_device_holds_the_session_and_its_clock_and_it_says_when_it_is_back() -> None:
    played = in_rep(2)
    played.send(DeviceLost("speaker"))
    assert played.silent
    assert played.pass_s(900) == ()
    played.send(DeviceBack("speaker"))
    assert "back" in played.lines
    assert played.where == ("playing", "set")
    assert played.play.step.first_rep == 2


def test_a_device_that_comes_back_does_not_end_her_pause() -> None:
    played = in_rep(2)
    played.say(C.PAUSE)
    played.send(DeviceLost("microphone"))
    played.pass_s(60)
    played.send(DeviceBack("microphone"))
    assert played.session.state is State.PAUSED
    assert "resume" in played.lines


def test_a_question_is_put_again_after_a_lost_device() -> None:
    played = in_rep(2)
    played.say(C.IT_HURTS)
    played.send(DeviceLost("microphone"))
    played.pass_s(60)
    played.send(DeviceBack("microphone"))
    assert played.session.question == "hurt"
    played.pass_s(10.1)
    assert played.session.kind is Kind.WAY_OUT


def test_two_lost_devices_must_both_come_back() -> None:
    played = in_rep(2)
    for event in (DeviceLost("microphone"), DeviceLost("speaker"), DeviceBack("speaker")):
        played.send(event)
    assert played.session.state is State.PAUSED
    played.send(DeviceBack("microphone"))
    assert played.session.state is State.PLAYING


# The whole


def test_a_session_is_a_value_and_events_leave_it_as_it_was() -> None:
    session, effects = start(routine())
    again, more = start(routine())
    assert (session, effects) == (again, more)
    assert advance(session, Elapsed(3.0)) == advance(again, Elapsed(3.0))
    assert session.now_s == 0.0


def test_nothing_follows_the_end() -> None:
    played = in_rep(2)
    played.say(C.END_WORKOUT, C.YES)
    assert open_commands(played.session) == frozenset()
    for command in C:
        assert played.say(command) == ()
    assert not any(isinstance(effect, Chime) for effect in played.effects)
