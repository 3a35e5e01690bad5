"""Ask how hard it was after each exercise, and record the answer: a number from one to ten, or none."""

from dataclasses import replace

from coach.hearing.vocabulary.numbers import HARDEST
from coach.session.cursor import go_on
from coach.session.events import Commanded
from coach.session.mode import Question
from coach.session.record import StepEnd
from coach.session.rules.questions import ask_next, asked_back, not_understood
from coach.session.state import Outcome, Session
from coach.session.wording import say
from coach.timeline.cue import SegmentKind
from coach.timeline.numbers import spoken
from coach.timeline.step import Step

ASKED_BACK_FROM = 9
"""Such an answer leaves the exercise out next time, and "ten" is also what she counts aloud."""


def with_efforts(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Insert an effort step at the end of every block, once she is out of its position."""
    at_work = (SegmentKind.SET, SegmentKind.WAY_OUT)
    last = {step.block: at for at, step in enumerate(steps) if step.kind in at_work and step.block is not None}
    asked: list[Step] = []
    for at, step in enumerate(steps):
        asked.append(step)
        if step.block is not None and last.get(step.block) == at:
            asked.append(Step(SegmentKind.EFFORT, step.position, step.block, variant=step.variant))
    return tuple(asked)


def effort_given(session: Session, said: Commanded) -> Outcome:
    """Record how hard it was; ask nine and ten back."""
    if said.value is None or not 1 <= said.value <= HARDEST:
        return not_understood(session, said)
    if said.value >= ASKED_BACK_FROM and said.value != asked_back(session):
        return ask_next(session, Question.EFFORT_SURE, said.value)
    return effort_noted(session, said)


def effort_confirmed(session: Session, said: Commanded) -> Outcome:
    """Record what was asked back, as she meant it."""
    if asked_back(session) is None:  # a pause came between
        return ask_next(session, Question.EFFORT)
    return effort_noted(session, replace(said, value=asked_back(session)))


def effort_denied(session: Session, _: Commanded) -> Outcome:
    """Ask how hard it was once more, as she did not mean that."""
    return ask_next(session, Question.EFFORT)


def effort_noted(session: Session, said: Commanded) -> Outcome:
    """Record a number, say it back and go on."""
    block = session.step.block
    if block is None or said.value is None:
        return not_understood(session, said)
    session = replace(session, record=session.record.with_effort(block, said.value))
    return go_on(session, said.command, (say("effort_noted", n=spoken(said.value)),))


def effort_declined(session: Session, said: Commanded) -> Outcome:
    """Go on, as she would rather not say."""
    return go_on(session, said.command)


def effort_unanswered(session: Session) -> Outcome:
    """Go on without a number: none is recorded."""
    return go_on(session, StepEnd.UNANSWERED)
