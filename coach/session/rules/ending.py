"""Begin with a routine, and end when she asks for it."""

from dataclasses import replace

from coach.library.exercise import Position
from coach.library.routine import Routine
from coach.session.cursor import enter, good_bye
from coach.session.events import Commanded
from coach.session.mode import Question, Wait
from coach.session.record import EndReason
from coach.session.resuming import ResumePoint, steps_at
from coach.session.rules.before import set_out
from coach.session.rules.jumps import ending, steps_from
from coach.session.rules.questions import ask, ask_next, not_understood
from coach.session.state import ClinicianAsked, Outcome, Session
from coach.session.wording import say

PAIN = frozenset({Question.HURT, Question.HURT_BACK, Question.HURT_NEXT})
OF_THE_END = frozenset({Question.END, Question.END_SURE})


def begin_routine(session: Session, routine: Routine) -> Outcome:
    """Begin with a routine. Where that bars it, first ask whether a clinician agreed; a walk only where a walk hurt."""
    session = set_out(session, routine)
    asked = session.options.asks_cleared
    if asked is ClinicianAsked.WALK_HURT or (asked and routine.walk is None):
        return ask(session, Question.CLEARED, say_first=_no_microphone(session))
    return enter(session, 0, _no_microphone(session))


def begin_at(session: Session, routine: Routine, point: ResumePoint) -> Outcome:
    """Resume a routine that broke off: from standing, the way there, the set-up, and what is left."""
    session = set_out(session, routine)
    coming = steps_at(point, steps_from(session, point.block, Position.STANDING))
    session = replace(session, steps=(session.steps[0], *coming))
    return enter(session, 1, (*_no_microphone(session), say("resumed")))


def _no_microphone(session: Session) -> tuple[str, ...]:
    return () if session.options.has_microphone else (say("no_microphone"),)


def choose(session: Session, said: Commanded) -> Outcome:
    """Begin with the routine she named."""
    if said.value is None or not 0 <= said.value < len(session.options.choices):
        return not_understood(session, said)
    return begin_routine(session, session.options.choices[said.value])


def choose_usual(session: Session) -> Outcome:
    """Begin with the usual routine, as none was named."""
    choices, usual_id = session.options.choices, session.options.usual
    usual = next((routine for routine in choices if routine.id == usual_id), choices[0])
    return begin_routine(session, usual)


def end_workout(session: Session, said: Commanded) -> Outcome:
    """Ask once whether to end. After a no, the question that stood comes back."""
    if session.question is Question.HURT:
        return not_understood(session, said)
    standing = (session.question, *session.parked) if session.question else session.parked
    parked = tuple(question for question in standing if question not in OF_THE_END)
    return ask(session, Question.END, said.command, parked=parked)


def end_said(session: Session, _: Commanded) -> Outcome:
    """Say back that it ends: a yes is said easily, and some things sound like one."""
    return ask_next(session, Question.END_SURE)


def end_now(session: Session, _: Commanded | None = None) -> Outcome:
    """End: the way up first, if she is on the floor."""
    reason = pain_or_help(session) or EndReason.ENDED
    if session.routine is None:
        return good_bye(replace(session, reason=reason))
    return ending(session, reason)


def pain_or_help(session: Session) -> EndReason | None:
    """Return what a session that ends now is recorded as, where she called for help or something hurts; else None."""
    if session.before.wait is Wait.EMERGENCY:
        return EndReason.EMERGENCY
    asked = PAIN & {session.question, *session.parked}
    hurts = asked or session.leading_out or session.before.wait is Wait.CALL_FOR_HELP
    return EndReason.HURT if hurts else None
