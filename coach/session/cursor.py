"""Move the cursor: enter a step, leave it, go on to the next, hold it, continue it. Every rule is made of these."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Sides
from coach.session import usability
from coach.session.effects import Continue, Effect, Finish, From, Hold, HoldCause, Play, Say, When
from coach.session.mode import Question, Wait
from coach.session.mode_changes import asking, finished, going, waiting
from coach.session.record import EndedBy, EndReason, SetDone, StepEnd
from coach.session.state import HeldUntil, Outcome, SegmentClock, Session, SetProgress
from coach.session.wording import exercise_of, say, side_of
from coach.timeline.cue import SegmentKind
from coach.timeline.numbers import counted
from coach.timeline.step import RESUME_COUNT_IN_S, Step

EFFORT_ASKED_S = 6.0  # until the segment ends: the wait then begins at its real end

ASKS: dict[SegmentKind, Question] = {SegmentKind.EFFORT: Question.EFFORT, SegmentKind.CHECK_IN: Question.BEFORE}
"""Segments that are a question from their start."""

WAITS: dict[SegmentKind, Wait] = {
    SegmentKind.GATE: Wait.GATE,
    SegmentKind.MOVE: Wait.MOVE,
    SegmentKind.SWITCH: Wait.SWITCH,
    SegmentKind.WAY_OUT: Wait.WAY_OUT,
}


def wait_of(session: Session) -> Wait | None:
    """Return what a step waits for by itself."""
    if session.alone and session.kind is SegmentKind.GATE:
        return Wait.UNHEARD
    if session.step.at_the_end or (session.alone and not session.leading_out):
        return None  # moves and switches go on at their length
    return WAITS.get(session.kind)


def enter(session: Session, index: int, say_first: tuple[str, ...] = ()) -> Outcome:
    """Begin a step."""
    session = replace(session, index=index, in_set=SetProgress())
    if session.kind is SegmentKind.FINISH and session.reason is not EndReason.COMPLETED:
        return good_bye(session, say_first)
    if usability.is_due(session):
        return usability.first_statement(session, say_first)
    if session.kind is SegmentKind.EFFORT and not _worth_asking(session):
        return go_on(session, StepEnd.COMPLETED, say_first)
    return begin(session, session.step, say_first=say_first)


def _worth_asking(session: Session) -> bool:
    """Tell whether somebody is there to say how hard it was, and something was done."""
    exercise = exercise_of(session.routine, session.step)
    done = any(entry.done and exercise and entry.exercise == exercise.id for entry in session.record.sets)
    return done and session.contact.unheard_gates < 2


def begin(session: Session, step: Step, say_first: tuple[str, ...] = ()) -> Outcome:
    """Begin a step in place of the one at the cursor. An effort step is a question from its start."""
    in_set = replace(session.in_set, rep=0, done=step.first_rep - 1, unclear=False)
    steps = _put(session.steps, session.index, step)
    session = replace(session, steps=steps, clock=SegmentClock(), in_set=in_set)
    return _standing(session), (Play(step, session.pace, When.NOW, say_first),)


def _standing(session: Session) -> Session:
    """Return the session in the mode in which the segment at the cursor begins."""
    question = ASKS.get(session.kind)
    if question is None:
        return going(session, wait_of(session))
    session = asking(going(session, None), question, parked=())
    return waiting(session, Wait.QUESTION, session.now_s + EFFORT_ASKED_S)


def from_rep(session: Session, rep: int, count_in_s: float = RESUME_COUNT_IN_S, *, key_cue: bool = False) -> Step:
    """Return the set at the cursor, from a rep on."""
    return replace(session.step, first_rep=rep, count_in_s=count_in_s, key_cue=key_cue)


def rebuild(session: Session, step: Step) -> Outcome:
    """Play a changed set once the rep that runs is finished; reps done stay done."""
    session = replace(
        session, steps=_put(session.steps, session.index, step), clock=replace(session.clock, ran_s=0.0, over=False)
    )
    return session, (Play(step, session.pace, When.AFTER_REP),)


def rest_of_walk(session: Session) -> Step:
    """Return the part of a walk at the cursor, without what was walked of it."""
    return replace(session.step, from_s=round(session.step.from_s + session.clock.ran_s, 3))


def current_rep(session: Session) -> int:
    """Return the rep that runs, or between reps the next one."""
    return min(_planned(session), session.rep or session.done + 1)


def all_done(session: Session) -> bool:
    """Tell whether every rep of the set at the cursor counts and none runs."""
    return session.kind is SegmentKind.SET and not session.rep and session.done >= _planned(session)


def _planned(session: Session) -> int:
    return session.block.reps if session.block else 1


def leave(session: Session, by: EndedBy) -> Session:
    """End the step at the cursor: record a set, take a move's end for her position."""
    if session.kind is SegmentKind.MOVE:
        return replace(session, position=session.step.position)
    if session.kind is SegmentKind.SET:
        return recorded(session, by)
    return session


def recorded(session: Session, by: EndedBy) -> Session:
    """Write the set at the cursor into the record."""
    exercise, block, step = exercise_of(session.routine, session.step), session.block, session.step
    if exercise is None or block is None:
        return session
    side = side_of(step, exercise)
    done = SetDone(
        exercise.id,
        side,
        step.set_no or 1,
        block.reps,
        min(session.done, block.reps),
        by,
        pauses=session.in_set.pauses,
    )
    record = session.record.with_hold(done) if step.balance else session.record.with_set(done)
    return replace(session, record=record)


def go_on(session: Session, by: EndedBy, say_first: tuple[str, ...] = ()) -> Outcome:
    """End this step and begin the next; after the last one the session is over."""
    session = leave(session, by)
    if session.index + 1 < len(session.steps):
        return enter(session, session.index + 1, say_first)
    return over(session)


def over(session: Session) -> Outcome:
    """End after a finish segment, which has said good-bye."""
    return _ended(session), (Finish(session.reason),)


def good_bye(session: Session, say_first: tuple[str, ...] = ()) -> Outcome:
    """Say what was done and end at once."""
    reason = session.reason
    lines = (*say_first, *_done_today(session), say(f"good_bye.{reason.value}"))
    return _ended(session), (Hold(Command.END_WORKOUT), Say(lines, keep_ticks=False), Finish(reason))


def _ended(session: Session) -> Session:
    return finished(replace(session, record=replace(session.record, reason=session.reason)))


def _done_today(session: Session) -> tuple[str, ...]:
    count = session.record.reps
    return (say("done_today", reps=counted(count, "rep")),) if count else ()


def hold(session: Session, after: Command | HoldCause) -> tuple[Session, Effect]:
    """Silence the segment and stop its clock, until the session is taken up again."""
    clock = replace(session.clock, held_until=HeldUntil.TAKEN_UP)
    return replace(session, clock=clock, in_set=replace(session.in_set, unclear=False)), Hold(after)


def continued(session: Session, say_first: tuple[str, ...] = ()) -> Outcome:
    """Go on with the step that was held, each kind in its own way."""
    unbegun = session.kind is SegmentKind.FINISH and not session.clock.ran_s
    if session.kind in ASKS or unbegun:
        return begin(session, session.step, say_first)
    if session.clock.over or all_done(session):
        return carry_on_after_end(session, say_first)
    if session.kind is SegmentKind.SET:
        return begin(session, from_rep(session, current_rep(session)), say_first)
    if session.kind is SegmentKind.WALK:  # at the cadence that holds now
        return begin(session, rest_of_walk(session), say_first)
    start = From.HERE if session.kind is SegmentKind.REST else From.SENTENCE
    return let_go(session), (Continue(start, say_first),)


def let_go(session: Session) -> Session:
    """Let the held segment and its clock run, and wait from now for what it waits for."""
    return going(replace(session, clock=replace(session.clock, held_until=None)), wait_of(session))


def carry_on_after_end(session: Session, say_first: tuple[str, ...] = ()) -> Outcome:
    """Go on from a segment that reached its length meanwhile. One that waits for her still waits."""
    if session.kind in WAITS and not session.step.at_the_end and (session.leading_out or not session.alone):
        return let_go(session), (Continue(From.HERE, say_first),)
    return go_on(session, StepEnd.COMPLETED, say_first)


def last_side(session: Session) -> bool:
    """Tell whether this set has no other side to come."""
    exercise, step = exercise_of(session.routine, session.step), session.step
    if exercise is None or exercise.sides is not Sides.EACH:
        return True
    coming = session.steps[session.index + 1 :]
    return not any(s.kind is SegmentKind.SET and (s.block, s.set_no) == (step.block, step.set_no) for s in coming)


def _put(steps: tuple[Step, ...], index: int, step: Step) -> tuple[Step, ...]:
    return (*steps[:index], step, *steps[index + 1 :])
