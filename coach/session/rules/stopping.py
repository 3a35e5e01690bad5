"""The answers to "was that stop, just now?" and to "are you all right?"."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.session.cursor import continued, hold
from coach.session.events import Commanded
from coach.session.mode import Question, Wait
from coach.session.mode_changes import paused_by_answer
from coach.session.rules.pausing import counted, emergency, resumed
from coach.session.rules.questions import ask, to_pause
from coach.session.state import Outcome, Session
from coach.session.wording import say


def was_that_stop(session: Session) -> Outcome:
    """The rep is over: ask whether what was heard was a stop."""
    in_set = replace(session.in_set, unclear=False, stop_asked=True)
    return ask(replace(session, in_set=in_set), Question.STOP)


def it_was_stop(session: Session, _: Commanded) -> Outcome:
    """It was: everything a stop does."""
    session, silence = hold(session, Command.STOP)
    return paused_by_answer(counted(session, session.before.state), Wait.STOP), (silence,)


def it_was_not(session: Session, _: Commanded) -> Outcome:
    """It was not: on from that rep."""
    return continued(session)


def on_from_that_rep(session: Session) -> Outcome:
    """Nobody answers: on from that rep, and say so."""
    return continued(session, (say("on_from_here"),))


def all_right(session: Session, _: Commanded) -> Outcome:
    """She is: a pause, from which only she goes on."""
    return to_pause(session, Wait.PAUSE, (say("all_right"),))


def not_all_right(session: Session, said: Commanded) -> Outcome:
    """She is not: what an emergency does."""
    return emergency(session, said)


def on_again(session: Session, _: Commanded) -> Outcome:
    """She wants to go on, so she is all right."""
    return resumed(session)
