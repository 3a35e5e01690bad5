"""Before the training: how her back is today, whether a clinician agreed again, and a walk in its place."""

from dataclasses import replace

from coach.library.routine import Block, Routine, walk_routine
from coach.library.walk import USUAL_CADENCE, USUAL_MINUTES, Ground, Walk
from coach.session.cursor import enter, go_on, good_bye
from coach.session.events import Commanded
from coach.session.mode import Question
from coach.session.record import EndReason, StepEnd
from coach.session.rules.effort import with_efforts
from coach.session.rules.questions import ask, not_understood
from coach.session.state import Outcome, Session
from coach.session.wording import say
from coach.timeline.cue import SegmentKind
from coach.timeline.plan import plan
from coach.timeline.step import Step

EASIER_FROM, NOT_FROM, WORST = 4, 7, 10
"""Of zero to ten (ours): from here on the session is an easier one, and from here on there is none today."""
EASIER_REPS = 10
WALK_INSTEAD = walk_routine(Walk(USUAL_MINUTES, USUAL_CADENCE, Ground.SPOT))


def set_out(session: Session, routine: Routine) -> Session:
    """Take a routine, and lay out its steps from the first one on."""
    steps = with_efforts(plan(routine)) if session.options.asks_effort else plan(routine)
    if session.options.asks_before and routine.walk is None:
        steps = (Step(SegmentKind.CHECK_IN, steps[0].position, next_block=0), *steps)
    record = replace(session.record, routine=routine.id)
    return replace(session, routine=routine, steps=steps, record=record)


def cleared(session: Session, _: Commanded) -> Outcome:
    """Note that a clinician agreed, and begin."""
    return enter(replace(session, record=replace(session.record, cleared=True)), 0)


def not_cleared(session: Session, _: Commanded | None = None) -> Outcome:
    """Offer a walk, unless it hurt in one: without a clinician's yes there is no training."""
    session = replace(session, record=replace(session.record, cleared=False))
    return _walk_or_rest(session, "not_cleared" if session.options.offers_walk else "not_cleared_rest")


def _walk_or_rest(session: Session, why: str) -> Outcome:
    """Say why there is no training; then offer a walk, or say good-bye where it hurt in the last one."""
    if session.options.offers_walk:
        return ask(session, Question.WALK, say_first=(say(why),))
    return good_bye(replace(session, reason=EndReason.ENDED), (say(why),))


def before_given(session: Session, said: Commanded) -> Outcome:
    """Note how her back is: as planned, easier, or not today."""
    if said.value is None or not 0 <= said.value <= WORST:
        return not_understood(session, said)
    session = replace(session, record=replace(session.record, back_before=said.value))
    if said.value >= NOT_FROM:
        return _walk_or_rest(session, "before.not_today")
    if said.value >= EASIER_FROM:
        return go_on(_eased(session), said.command, (say("before.easier"),))
    return go_on(session, said.command, (say("before.noted"),))


def before_declined(session: Session, said: Commanded) -> Outcome:
    """Begin as usual, as she would rather not say."""
    return go_on(session, said.command)


def before_unanswered(session: Session) -> Outcome:
    """Begin as usual without an answer, and say so."""
    return go_on(session, StepEnd.UNANSWERED, (say("before.usual"),))


def walk_instead(session: Session, _: Commanded) -> Outcome:
    """Walk on the spot in place of the training."""
    return enter(set_out(session, WALK_INSTEAD), 0)


def no_walk(session: Session, _: Commanded | None = None) -> Outcome:
    """Say good-bye: neither training nor a walk today."""
    return good_bye(replace(session, reason=EndReason.ENDED))


def _eased(session: Session) -> Session:
    """Make the session an easier one: a set of ten at most of each exercise, its easier variant where it has one."""
    if session.routine is None:
        return session
    routine = replace(session.routine, blocks=tuple(_easier(block) for block in session.routine.blocks))
    easier = tuple((number, -1) for number, block in enumerate(routine.blocks) if block.easier)
    session = set_out(replace(session, tuning=replace(session.tuning, variants=easier)), routine)
    variants = dict(easier)
    steps = tuple(
        replace(step, variant=variants.get(step.block, 0)) if step.block is not None else step for step in session.steps
    )
    return replace(session, steps=steps)


def _easier(block: Block) -> Block:
    return replace(block, sets=1, reps=min(block.reps, EASIER_REPS))
