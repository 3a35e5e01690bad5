"""Ask "was that stop?", and handle its answers and those to "are you all right?"."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.session.cursor import continued, hold
from coach.session.effects import Say
from coach.session.events import Commanded
from coach.session.mode import Question, Wait
from coach.session.mode_changes import paused_by_answer
from coach.session.rules.pausing import counted, emergency, resumed
from coach.session.rules.questions import ask, to_pause
from coach.session.state import Outcome, Session
from coach.session.wording import say


def was_that_stop(session: Session) -> Outcome:
    """Ask whether what was heard was a stop, now that the rep is over."""
    in_set = replace(session.in_set, unclear=False, stop_asked=True)
    return ask(replace(session, in_set=in_set), Question.STOP)


def it_was_stop(session: Session, _: Commanded) -> Outcome:
    """Stop, as it was one."""
    session, silence = hold(session, Command.STOP)
    return paused_by_answer(counted(session, session.before.state), Wait.STOP), (silence,)


def it_was_not(session: Session, _: Commanded) -> Outcome:
    """Go on from that rep, as it was none."""
    return continued(session)


def on_from_that_rep(session: Session) -> Outcome:
    """Go on from that rep without an answer, and say so."""
    return continued(session, (say("on_from_here"),))


PUZZLED_TWICE_S = 10.0


def puzzled(session: Session) -> Outcome:
    """Hold the count and ask, where she said something twice within ten seconds that nobody understood."""
    before_s = session.in_set.puzzled_s
    if session.in_set.trouble_asked:
        return session, ()
    if before_s is None or session.now_s - before_s > PUZZLED_TWICE_S:
        return replace(session, in_set=replace(session.in_set, puzzled_s=session.now_s)), ()
    return ask(replace(session, in_set=replace(session.in_set, trouble_asked=True)), Question.TROUBLE)


def in_trouble(session: Session, _: Commanded | None = None) -> Outcome:
    """Rest, as something is not right, or nobody knows; after a while ask whether she is all right."""
    session, silence = hold(session, Command.STOP)
    paused = paused_by_answer(counted(session, session.before.state), Wait.STOP)
    return paused, (silence, Say((say("trouble"),), keep_ticks=False))


def all_right(session: Session, _: Commanded) -> Outcome:
    """Pause, as she is all right: only she goes on."""
    return to_pause(session, Wait.PAUSE, (say("all_right"),))


def not_all_right(session: Session, said: Commanded) -> Outcome:
    """Do what a call for help does, as she is not all right."""
    return emergency(session, said)


def on_again(session: Session, _: Commanded) -> Outcome:
    """Resume: wanting to go on answers that she is all right."""
    return resumed(session)
