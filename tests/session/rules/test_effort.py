"""How hard was it: when it is asked, what answers it, what silence means."""

from typing import Any

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Chime, Say
from coach.session.events import Commanded, Elapsed, SegmentEnded
from coach.session.machine import open_commands
from coach.session.record import EndReason
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind as Kind
from coach.timeline.plan import plan
from tests.support.playing import Played, routine


def asked(block: int = 0, **options: Any) -> Played:
    return Played.at(Kind.EFFORT, block, asks_effort=True, **options)


def test_without_a_plan_to_grow_it_is_never_asked() -> None:
    played = Played()
    assert Kind.EFFORT not in {step.kind for step in played.session.steps}


def test_in_a_file_it_does_not_exist() -> None:
    assert Kind.EFFORT not in {step.kind for step in plan(routine())}


def test_it_is_asked_once_after_the_last_set_of_each_exercise() -> None:
    steps = Played(routine(sets=2), asks_effort=True).session.steps
    after = [(steps[at - 1].kind, steps[at - 1].set_no) for at, step in enumerate(steps) if step.kind is Kind.EFFORT]
    assert after == [(Kind.WAY_OUT, 2)] * 5


@pytest.mark.parametrize("effort", [1, 6, 8])
def test_a_number_up_to_ten_is_written_down_and_confirmed(effort: int) -> None:
    played = asked()
    assert (played.session.state, played.session.question) == (State.ASKING, Question.EFFORT)
    played.say(Command.NUMBER, value=effort)
    assert played.session.record.efforts == ((0, effort),)
    assert played.session.kind is Kind.REST
    assert "out of ten" in " ".join(played.play.say_first)


@pytest.mark.parametrize("effort", [9, 10])
def test_nine_and_ten_are_asked_back_and_a_yes_keeps_them(effort: int) -> None:
    played = asked()
    played.say(Command.NUMBER, value=effort)
    assert (played.session.question, played.session.record.efforts) == (Question.EFFORT_SURE, ())
    assert "out of ten" in played.lines
    played.say(Command.YES)
    assert (played.session.record.efforts, played.session.kind) == (((0, effort),), Kind.REST)


def test_a_no_asks_again_how_hard_it_was() -> None:
    played = asked()
    played.say(Command.NUMBER, value=10)
    played.say(Command.NO)
    assert (played.session.question, played.session.record.efforts) == (Question.EFFORT, ())


def test_ten_counted_aloud_and_never_confirmed_is_not_written_down() -> None:
    played = asked()
    played.say(Command.NUMBER, value=10)
    played.pass_s(60.0)
    assert (played.session.record.efforts, played.session.kind) == ((), Kind.REST)


def test_another_number_within_ten_seconds_corrects_the_first() -> None:
    played = asked()
    played.say(Command.NUMBER, value=3)
    played.pass_s(6.0)
    assert Command.NUMBER in open_commands(played.session)
    played.say(Command.NUMBER, value=5)
    assert (played.session.record.efforts, played.session.kind) == (((0, 5),), Kind.REST)
    played.pass_s(10.1)
    assert Command.NUMBER not in open_commands(played.session)


def test_skip_leaves_it_open() -> None:
    played = asked()
    played.say(Command.SKIP)
    assert played.session.record.efforts == ()
    assert played.session.record.skipped == ()
    assert played.session.kind is Kind.REST


@pytest.mark.parametrize("value", [None, -1, 0, 11])
def test_what_is_no_number_up_to_ten_is_asked_again_and_then_only_a_small_sound(value: int | None) -> None:
    played = asked()
    played.say(Command.NUMBER, value=value)
    assert "from one to ten" in played.lines
    assert played.say(Command.NUMBER, value=value) == (Chime("hm"),)
    assert played.session.record.efforts == ()


def test_it_is_asked_twice_at_most_and_then_it_goes_on() -> None:
    played = asked()
    played.send(SegmentEnded())
    assert not [effect for effect in played.pass_s(11.5) if isinstance(effect, Say)]
    assert [effect for effect in played.pass_s(1.0) if isinstance(effect, Say)]
    played.spoken()
    played.pass_s(11.5)
    assert played.session.kind is Kind.EFFORT
    played.pass_s(1.0)
    assert played.session.kind is Kind.REST
    assert played.session.record.efforts == ()


def test_only_numbers_and_skip_answer_it() -> None:
    played = asked()
    answers = open_commands(played.session) - {Command.REPEAT, Command.RESUME, Command.HELP, Command.END_WORKOUT}
    assert {Command.NUMBER, Command.SKIP} == {c for c in answers if c not in {
        Command.PAUSE, Command.STOP, Command.IT_HURTS, Command.EMERGENCY,
    }}  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.SETUP, Kind.GATE, Kind.SET, Kind.REST])
def test_numbers_are_understood_only_then(kind: Kind) -> None:
    assert Command.NUMBER not in open_commands(Played.at(kind, asks_effort=True).session)


def test_a_pause_puts_it_aside_and_it_comes_back() -> None:
    played = asked()
    played.say(Command.PAUSE)
    assert played.session.state is State.PAUSED
    played.say(Command.RESUME)
    assert played.session.question is Question.EFFORT
    played.say(Command.NUMBER, value=4)
    assert played.session.record.efforts == ((0, 4),)


def test_pain_comes_before_it_and_a_false_alarm_brings_it_back() -> None:
    played = asked()
    played.say(Command.IT_HURTS)
    assert played.session.question is Question.HURT
    played.say(Command.FALSE_ALARM, Command.RESUME)
    assert (played.session.kind, played.session.question) == (Kind.EFFORT, Question.EFFORT)


def test_wanting_to_end_and_then_not_brings_it_back() -> None:
    played = asked()
    played.say(Command.END_WORKOUT, Command.NO)
    assert played.session.question is Question.EFFORT
    played.say(Command.END_WORKOUT, Command.YES, Command.YES)
    assert played.session.reason is EndReason.ENDED


def test_it_is_not_asked_where_nothing_was_done() -> None:
    played = Played.at(Kind.SET, 1, asks_effort=True)
    played.say(Command.NEXT, Command.NEXT)
    assert played.session.kind is Kind.REST


def test_nor_after_an_exercise_that_was_skipped() -> None:
    played = Played.at(Kind.SET, 1, asks_effort=True)
    played.rep(2)
    played.say(Command.SKIP)
    assert played.session.kind is not Kind.EFFORT


def test_nor_of_somebody_who_cannot_be_heard() -> None:
    played = Played.at(Kind.GATE, 0, asks_effort=True)
    for _ in range(40):
        if played.session.kind is Kind.REST:
            break
        if played.session.kind is Kind.SET:
            played.go_on()
        played.send(Elapsed(played.session.now_s + 130))
        played.send(Elapsed(played.session.now_s + 20))
    assert played.session.contact.unheard_gates >= 2
    assert played.session.record.efforts == ()


def test_a_jump_to_another_exercise_asks_there_too() -> None:
    played = Played.at(Kind.SETUP, 1, asks_effort=True)
    played.send(Commanded(Command.BACK))
    kinds = [(step.kind, step.block) for step in played.session.steps[played.session.index :]]
    assert [block for kind, block in kinds if kind is Kind.EFFORT] == [0, 1, 2, 3, 4]
