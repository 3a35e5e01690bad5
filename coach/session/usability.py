"""The usability scale within a session: when it is asked, and the words of each statement.

It comes after the last exercise, before the good-bye: ten statements, each one to five. The record has the answers.
"""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.session.effects import Say
from coach.session.mode import Question, Wait
from coach.session.mode_changes import asking, waiting
from coach.session.record import EndReason
from coach.session.state import HeldUntil, Outcome, SegmentClock, Session
from coach.session.wording import say
from coach.speech.voice import estimate
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrases

STATEMENTS = "usability.statements"


def is_due(session: Session) -> bool:
    """Tell whether to ask before the good-bye: it ran to its end, she can answer, and told neither pain nor need."""
    record = session.record
    told_pain = record.pain or any(entry.pain or entry.ended_by is Command.EMERGENCY for entry in record.sets)
    return (
        session.options.asks_usability
        and session.kind is SegmentKind.FINISH
        and session.reason is EndReason.COMPLETED
        and record.usability_said is None
        and session.contact.unheard_gates < 2
        and not told_pain
    )


def first_statement(session: Session, say_first: tuple[str, ...]) -> Outcome:
    """Ask the first statement in place of the good-bye, which has not begun."""
    session = replace(session, clock=SegmentClock(held_until=HeldUntil.TAKEN_UP))
    session = asking(session, Question.USABLE, parked=())
    lines = (*say_first, *statement(session))
    session = waiting(session, Wait.QUESTION, session.now_s + sum(estimate(line) for line in lines))
    return session, (Say(lines, keep_ticks=False),)


def statement(session: Session) -> tuple[str, ...]:
    """Return the words of the statement that comes, before the first one also what it is about."""
    number = len(session.record.usability)
    about = (say("usable.about"),) if number == 0 else ()
    return (*about, phrases(STATEMENTS)[number])
