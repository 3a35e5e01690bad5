"""Who is training: a name is the answer. A session that asks this is only the question; hers begins after it."""

from dataclasses import replace

from coach.session.effects import Finish, Hold, HoldCause, Say
from coach.session.events import Commanded
from coach.session.mode_changes import finished
from coach.session.record import EndReason
from coach.session.rules.questions import not_understood
from coach.session.state import Outcome, Session
from coach.session.wording import say


def person_named(session: Session, said: Commanded) -> Outcome:
    """Note who is training, and greet her."""
    people = session.options.people
    if said.value is None or not 0 <= said.value < len(people):
        return not_understood(session, said)
    session = replace(session, record=replace(session.record, person=said.value))
    return _over(session, EndReason.COMPLETED, say("who.welcome", name=people[said.value]))


def nobody_named(session: Session) -> Outcome:
    """Say that it is nobody's session, as nobody answered."""
    return _over(session, EndReason.UNANSWERED, say("who.nobody"))


def _over(session: Session, reason: EndReason, line: str) -> Outcome:
    record = replace(session.record, reason=reason)
    session = finished(replace(session, record=record, reason=reason))
    return session, (Hold(HoldCause.SPEECH), Say((line,), keep_ticks=False), Finish(reason))
