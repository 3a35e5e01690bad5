"""The table: complete, without overlap, and what it promises in words."""

import itertools
import re

import pytest

from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.session.machine import open_commands, why_closed
from coach.session.state import Closed, Question, State, Wait
from coach.session.timers import SCHEDULES, UNANSWERED
from coach.session.transitions import ANSWERS, TABLE, TRANSITIONS, spread
from coach.timeline.cue import SegmentKind
from tests.support.playing import Played, routine


def test_every_state_kind_and_command_is_listed() -> None:
    assert set(TABLE) == set(itertools.product(State, SegmentKind, Command))


def test_no_two_rows_speak_of_the_same() -> None:
    assert len(TABLE) == sum(len(s) * len(k) * len(c) for s, k, c in TRANSITIONS)
    with pytest.raises(ValueError, match="listed twice"):
        spread(
            {
                ((State.PAUSED,), (SegmentKind.SET,), (Command.STOP,)): Closed("a"),
                ((State.PAUSED,), (SegmentKind.SET, SegmentKind.REST), (Command.STOP,)): Closed("b"),
            }
        )


def test_what_is_closed_says_why_and_what_is_open_says_what() -> None:
    for rule in TABLE.values():
        text = rule.why if isinstance(rule, Closed) else rule.__doc__ or ""
        assert re.match(r"\w.{5,}", text), rule


def test_safety_words_are_open_everywhere_but_after_the_end() -> None:
    for state, kind, command in itertools.product(State, SegmentKind, SAFETY):
        assert isinstance(TABLE[state, kind, command], Closed) == (state is State.FINISHED)


def test_nothing_is_open_once_it_is_over() -> None:
    assert all(isinstance(TABLE[State.FINISHED, kind, command], Closed) for kind in SegmentKind for command in Command)


def test_yes_no_and_numbers_are_silent_while_nothing_was_asked() -> None:
    for state, kind in itertools.product((State.PLAYING, State.WAITING, State.PAUSED), SegmentKind):
        for command in (Command.YES, Command.NO, Command.NUMBER, Command.FALSE_ALARM):
            assert isinstance(TABLE[state, kind, command], Closed)


def test_ready_is_closed_in_a_set() -> None:
    played = Played.at(SegmentKind.SET)
    assert Command.READY not in open_commands(played.session)
    assert why_closed(played.session, Command.READY) == "she is at it already"
    assert played.say(Command.READY) == ()


def test_every_question_has_answers_and_means_something_unanswered() -> None:
    assert {question for question, _ in ANSWERS} == set(Question)
    assert set(UNANSWERED) == set(Question)


def test_every_wait_has_its_schedule_in_order() -> None:
    assert set(SCHEDULES) == set(Wait)
    for schedule in SCHEDULES.values():
        times = [after_s for after_s, _ in schedule]
        assert times == sorted(times)


def test_while_asking_only_answers_and_safety_and_pausing_words_are_open() -> None:
    played = Played.at(SegmentKind.SET, trained=routine())
    played.say(Command.END_WORKOUT)
    assert open_commands(played.session) == {
        *SAFETY, Command.YES, Command.NO, Command.END_WORKOUT, Command.RESUME, Command.REPEAT, Command.HELP,
        Command.NEVER_MIND,
    }  # fmt: skip


def test_whatever_is_not_open_has_its_reason_and_whatever_is_open_has_none() -> None:
    paused, asked = Played.at(SegmentKind.SET), Played.at(SegmentKind.SET)
    paused.say(Command.EMERGENCY)
    asked.say(Command.END_WORKOUT)
    for session in (Played.at(SegmentKind.GATE).session, paused.session, asked.session):
        opened = open_commands(session)
        assert {command for command in Command if why_closed(session, command) is None} == opened
