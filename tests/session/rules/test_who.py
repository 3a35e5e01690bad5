"""Who is training: a name ends the question, silence twice makes it nobody's, and nothing else is decided there."""

import pytest

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Effect, Finish, Say
from coach.session.events import Commanded, Elapsed, SpeechEnded
from coach.session.machine import advance, open_commands, start_with_who
from coach.session.record import EndReason
from coach.session.state import Outcome, Question, Session, State

PEOPLE = ("Anna", "Bea", "José")


def asked() -> Session:
    return start_with_who(PEOPLE)[0]


def lines(effects: tuple[Effect, ...]) -> str:
    return " ".join(line for effect in effects if isinstance(effect, Say) for line in effect.lines)


def waited(session: Session) -> Outcome:
    """Return the session once the question that stands was not answered."""
    session, _ = advance(session, SpeechEnded())
    return advance(session, Elapsed(session.now_s + 12.1))


def test_everybody_s_name_is_said_before_it_is_asked_who_trains() -> None:
    session, effects = start_with_who(PEOPLE)
    assert session.question is Question.WHO
    assert lines(effects).endswith("Who's training today?")
    assert "Anna, Bea and José" in lines(effects)


@pytest.mark.parametrize("place", range(len(PEOPLE)))
def test_a_name_is_greeted_noted_and_ends_the_question(place: int) -> None:
    session, effects = advance(asked(), Commanded(Command.NUMBER, place))
    assert (session.state, session.record.person, session.routine) == (State.FINISHED, place, None)
    assert PEOPLE[place] in lines(effects)
    assert effects[-1] == Finish(EndReason.COMPLETED)


@pytest.mark.parametrize("value", [-1, 3, None])
def test_nobody_s_place_in_the_list_is_no_answer(value: int | None) -> None:
    session, _ = advance(asked(), Commanded(Command.NUMBER, value))
    assert session.question is Question.WHO


def test_silence_asks_once_more_and_then_it_is_nobody_s() -> None:
    session, effects = waited(asked())
    assert (session.question, session.times_asked) == (Question.WHO, 2)
    assert "Who's training today?" in lines(effects)
    session, effects = waited(session)
    assert (session.state, session.record.person, session.record.reason) == (
        State.FINISHED, None, EndReason.UNANSWERED,
    )  # fmt: skip
    assert "won't keep a record" in lines(effects)


def test_a_pause_puts_the_question_aside_and_going_on_asks_it_again() -> None:
    session, _ = advance(asked(), Commanded(Command.PAUSE))
    assert session.state is State.PAUSED
    session, _ = advance(session, Commanded(Command.RESUME))
    assert session.question is Question.WHO


def test_ending_it_names_nobody() -> None:
    session, _ = advance(asked(), Commanded(Command.END_WORKOUT))
    session, _ = advance(session, Commanded(Command.YES))
    session, _ = advance(session, Commanded(Command.YES))  # it is said back
    assert (session.record.person, session.record.reason) == (None, EndReason.ENDED)


def test_help_tells_the_names() -> None:
    session = asked()
    assert Command.HELP in open_commands(session)
    assert "Anna, Bea and José" in lines(advance(session, Commanded(Command.HELP))[1])
