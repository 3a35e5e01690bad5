"""Modes: one module sets them, and each change keeps what the session needs to go back to."""

import ast
from pathlib import Path

import pytest

import coach.session
from coach.session.mode import Asking, Interrupted, Paused, Question, State, Wait
from coach.session.mode_changes import (
    asking,
    asking_parked,
    delayed,
    finished,
    going,
    paused,
    paused_by_answer,
    waiting,
)
from coach.session.state import Session
from coach.timeline.cue import SegmentKind
from tests.support.playing import Played

SOURCES = sorted(Path(coach.session.__file__).parent.rglob("*.py"))


def at_a_gate() -> Session:
    return Played.at(SegmentKind.GATE).session


def sets_mode(node: ast.AST) -> bool:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "replace"
    return named and any(keyword.arg == "mode" for keyword in node.keywords)  # type: ignore[attr-defined] # a Call


def test_one_module_sets_the_mode_of_a_session() -> None:
    setting = {path.stem for path in SOURCES if any(map(sets_mode, ast.walk(ast.parse(path.read_text("utf-8")))))}
    assert setting == {"mode_changes"}


def test_a_question_that_follows_another_goes_back_to_what_the_first_interrupted() -> None:
    first = asking(at_a_gate(), Question.HURT_BACK, ())
    second = asking(first, Question.END, (Question.HURT_BACK,))
    assert first.before == second.before == Interrupted(State.WAITING, Wait.GATE)


def test_a_pause_puts_the_question_aside_and_it_stands_again_with_what_it_interrupted() -> None:
    asked = asking(at_a_gate(), Question.HURT_BACK, ())
    resting = paused(asked, Wait.PAUSE)
    assert (resting.question, resting.parked) == (None, (Question.HURT_BACK,))
    again = asking_parked(resting)
    assert (again.question, again.parked, again.before) == (Question.HURT_BACK, (), asked.before)


def test_the_last_question_put_aside_is_asked_first_and_none_twice() -> None:
    asked = asking(at_a_gate(), Question.END, (Question.HURT_BACK, Question.END))
    assert paused(asked, Wait.PAUSE).parked == (Question.END, Question.HURT_BACK)


def test_a_pause_that_is_an_answer_leaves_its_question_and_nothing_takes_it_back() -> None:
    resting = paused_by_answer(asking(at_a_gate(), Question.HURT, ()), Wait.PAUSE)
    assert isinstance(resting.mode, Paused)
    assert (resting.parked, resting.mode.interrupted) == ((), State.ASKING)


def test_without_a_question_put_aside_there_is_none_to_ask() -> None:
    with pytest.raises(ValueError, match="put aside"):
        asking_parked(paused(at_a_gate(), Wait.PAUSE))


def test_time_that_does_not_count_delays_both_a_pause_and_its_wait() -> None:
    resting = paused(at_a_gate(), Wait.PAUSE)
    later = delayed(resting, 7.0).mode
    assert isinstance(resting.mode, Paused)
    assert isinstance(later, Paused)
    assert later.since_s == resting.mode.since_s + 7.0
    assert later.waiting.since_s == resting.mode.waiting.since_s + 7.0


def test_nothing_is_waited_for_once_it_is_over() -> None:
    over = finished(at_a_gate())
    assert (over.state, over.wait, over.question, over.parked) == (State.FINISHED, None, None, ())
    assert waiting(over, Wait.GATE) == over


def test_going_on_without_a_wait_waits_for_nothing() -> None:
    asked = asking(at_a_gate(), Question.END, ())
    assert isinstance(asked.mode, Asking)
    assert going(asked, None).waiting is None
