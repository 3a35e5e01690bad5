"""The answers to "was that stop, just now?" and to "are you all right?"."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.session.cursor import continued
from coach.session.events import Commanded
from coach.session.rules.pausing import emergency, resumed, stop
from coach.session.rules.questions import ask, to_pause
from coach.session.state import Outcome, Question, Session, State
from coach.session.wording import say


def was_that_stop(session: Session) -> Outcome:
    """The rep is over: ask whether what was heard was a stop."""
    return ask(replace(session, unclear=False, stop_asked=True), Question.STOP, "speech")


def it_was_stop(session: Session, _: Commanded) -> Outcome:
    """It was: everything a stop does."""
    session = replace(session, question=None, state=session.before)
    return stop(session, Commanded(Command.STOP))


def it_was_not(session: Session, _: Commanded) -> Outcome:
    """It was not: on from that rep."""
    return continued(session)


def on_from_that_rep(session: Session) -> Outcome:
    """Nobody answers: on from that rep, and say so."""
    return continued(session, (say("on_from_here"),))


def all_right(session: Session, _: Commanded) -> Outcome:
    """She is: a pause, from which only she goes on."""
    return to_pause(replace(session, before_wait=None), (say("all_right"),))


def not_all_right(session: Session, said: Commanded) -> Outcome:
    """She is not: what an emergency does."""
    return emergency(replace(session, question=None, state=State.PAUSED, wait=None), said)


def on_again(session: Session, _: Commanded) -> Outcome:
    """She wants to go on, so she is all right."""
    return resumed(replace(session, question=None, state=State.PAUSED))
