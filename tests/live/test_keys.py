"""Keys: the table's, but where a question is asked."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.live.keys import YES_OR_NO, meaning
from coach.session.state import Question
from coach.session.transitions import ANSWERS

TABLE = load_table()


def test_yes_and_no_are_asked_by_the_questions_that_they_answer() -> None:
    assert {question for question in Question if (question, Command.NO) in ANSWERS} == YES_OR_NO


@pytest.mark.parametrize("question", sorted(YES_OR_NO))
def test_y_and_n_answer_a_question(question: Question) -> None:
    assert meaning(TABLE, "y", question) == (Command.YES, None)
    assert meaning(TABLE, "n", question) == (Command.NO, None)


def test_n_is_next_where_nothing_is_asked() -> None:
    assert meaning(TABLE, "n") == (Command.NEXT, None)
    assert meaning(TABLE, "n", Question.EFFORT) == (Command.NEXT, None)


def test_a_digit_names_a_routine_by_its_place_and_else_a_number() -> None:
    assert meaning(TABLE, "1", Question.ROUTINE) == (Command.NUMBER, 0)
    assert meaning(TABLE, "0", Question.EFFORT) == (Command.NUMBER, 10)


def test_capitals_do_as_well() -> None:
    assert meaning(TABLE, "S") == meaning(TABLE, "s") == (Command.STOP, None)


def test_a_key_without_a_meaning_does_nothing() -> None:
    assert meaning(TABLE, "@") is None
