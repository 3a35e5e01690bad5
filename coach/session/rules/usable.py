"""The answers to the usability scale: a number from one to five, later, never."""

from dataclasses import replace

from coach.session.cursor import begin
from coach.session.effects import Chime
from coach.session.events import Commanded
from coach.session.mode import Question
from coach.session.mode_changes import asked_again
from coach.session.record import UsabilitySaid
from coach.session.rules.questions import TIMES, ask_next, listen
from coach.session.state import Outcome, Session
from coach.session.usability import STATEMENTS
from coach.session.wording import say
from coach.timeline.phrases import phrases

LEAST, MOST = 1, 5


def statement_answered(session: Session, said: Commanded) -> Outcome:
    """Note the answer, and go on with the next statement; after the last one, to the good-bye."""
    if said.value is None or not LEAST <= said.value <= MOST:
        return out_of_scale(session)
    record = session.record
    session = replace(session, record=replace(record, usability=(*record.usability, said.value)))
    if len(session.record.usability) < len(phrases(STATEMENTS)):
        return ask_next(session, Question.USABLE)
    return _closed(session, UsabilitySaid.ANSWERED, "thanks")


def out_of_scale(session: Session) -> Outcome:
    """Say what can be answered while a try is left, else only a small sound."""
    if session.times_asked >= TIMES[Question.USABLE]:
        return session, (Chime("hm"),)
    return listen(asked_again(session), (say("answers.usable"),))


def statements_later(session: Session, _: Commanded | None = None) -> Outcome:
    """Put all of it off to the next session."""
    return _closed(session, UsabilitySaid.LATER, "later")


def statements_never(session: Session, _: Commanded) -> Outcome:
    """Never ask again."""
    return _closed(session, UsabilitySaid.NEVER, "never")


def _closed(session: Session, said: UsabilitySaid, line: str) -> Outcome:
    answers = session.record.usability if said is UsabilitySaid.ANSWERED else ()
    session = replace(session, record=replace(session.record, usability=answers, usability_said=said))
    return begin(session, session.step, (say(f"usable.{line}"),))
