"""Jump: skip, back, start again, switch sides, end. A jump rewrites the steps to come and never leaves out a move."""

from collections.abc import Callable
from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Position, Sides
from coach.session.cursor import begin, continued, enter, from_rep, go_on, last_side, leave
from coach.session.events import Commanded
from coach.session.record import EndedBy, EndReason
from coach.session.rules.effort import with_efforts
from coach.session.rules.talking import answer
from coach.session.state import Outcome, Session, State
from coach.session.timing import segment_left_s
from coach.session.wording import announced, exercise_of, named, say, variant_of, with_variant
from coach.timeline.cue import SegmentKind
from coach.timeline.plan import block_steps, closing_steps, moves, plan
from coach.timeline.step import COUNT_IN_S, Step

Tail = Callable[[Position], tuple[Step, ...]]


def ending_steps(position: Position) -> tuple[Step, ...]:
    """Return the moves up to standing and the finish."""
    return (*moves(position, Position.STANDING, None), Step(SegmentKind.FINISH, Position.STANDING))


def steps_from(session: Session, block: int, position: Position) -> tuple[Step, ...]:
    """Return the steps to come when a block begins now. Past the last block, that is the end."""
    routine = session.routine
    if routine is None or block >= len(routine.blocks):
        return closing_steps(routine, position)
    whole = plan(routine)
    at_work = (SegmentKind.SET, SegmentKind.WAY_OUT)
    last = max(i for i, step in enumerate(whole) if step.kind in at_work and step.block == block)
    rested = session.kind is SegmentKind.REST
    steps = (*block_steps(routine, block, position, rested=rested), *whole[last + 1 :])
    steps = with_efforts(steps) if session.options.asks_effort else steps
    return tuple(replace(step, variant=variant_of(session, step.block)) for step in steps)


def jump(session: Session, by: EndedBy, tail: Tail, say_first: tuple[str, ...] = ()) -> Outcome:
    """Leave this step for the steps of `tail`. In a move they wait until she has arrived."""
    past = session.steps[: session.index + 1]
    if session.kind is not SegmentKind.MOVE:
        session = leave(session, by)
        session = replace(session, steps=past + tail(session.position))
        return enter(session, session.index + 1, say_first)
    session = replace(session, steps=past + tail(session.step.position))
    if session.held and not session.answering:
        return continued(session, (say("move_first"),))
    return answer(session, (say("move_first"),))


def skip(session: Session, said: Commanded) -> Outcome:
    """Skip the exercise; in a rest or a move, the next one."""
    if session.step.balance:
        return _balance_skipped(session, said)
    leaving = _coming_block(session)
    if leaving is None or session.routine is None:
        return answer(session, (say("nothing_to_skip"),))
    exercise = with_variant(session.routine.blocks[leaving], variant_of(session, leaving))
    session = replace(session, record=session.record.with_skipped(exercise.id))
    lines = (say("skipping", name=named(exercise)), *announced(session, leaving + 1))
    if session.kind is SegmentKind.REST:
        return _rest_before(session, leaving + 1, lines)
    return jump(session, said.command, lambda position: steps_from(session, leaving + 1, position), lines)


def _balance_skipped(session: Session, said: Commanded) -> Outcome:
    """Leave out the balance hold, and go on with the first exercise."""
    lines = (say("skipping_balance"), *announced(session, 0))
    return jump(session, said.command, lambda position: steps_from(session, 0, position), lines)


def _rest_before(session: Session, block: int, lines: tuple[str, ...]) -> Outcome:
    """Rest to the end, with another exercise next."""
    tail = steps_from(session, block, session.position)
    session = replace(session, steps=session.steps[: session.index + 1] + tail)
    if session.routine is None or block >= len(session.routine.blocks):
        return go_on(session, Command.SKIP, lines)
    step = replace(session.step, next_block=block, rest_left_s=round(segment_left_s(session), 3), extra_rest_s=0.0)
    return begin(session, step, lines)


def back(session: Session, said: Commanded) -> Outcome:
    """Go back to this exercise's set-up; from there to the one before, in a rest to the one just done."""
    by, step = said.command, session.step
    if step.kind in (SegmentKind.WELCOME, SegmentKind.WARM_UP) or (step.balance and step.kind is SegmentKind.SETUP):
        return begin(session, step)
    if step.kind is SegmentKind.MOVE:
        earlier = len(session.routine.blocks) if session.routine and step.next_block is None else step.next_block
        return jump(session, by, lambda position: steps_from(session, max(0, (earlier or 0) - 1), position))
    if step.kind is SegmentKind.SETUP:
        return jump(session, by, lambda position: steps_from(session, max(0, (step.block or 0) - 1), position))
    if step.kind is SegmentKind.REST and step.next_block != step.block:
        return jump(session, by, lambda position: steps_from(session, step.block or 0, position))
    return jump(session, by, lambda _: setup_again(session))


def setup_again(session: Session) -> tuple[Step, ...]:
    """Return the set-up, the gate, and this set or the next one from its first rep."""
    coming = range(session.index, len(session.steps))
    here = next((i for i in coming if session.steps[i].kind is SegmentKind.SET), None)
    if session.routine is not None and session.routine.walk is not None:
        return plan(session.routine)
    if here is None:
        return session.steps[session.index + 1 :]
    again = replace(session.steps[here], first_rep=1, count_in_s=COUNT_IN_S, key_cue=False)
    setup = replace(again, kind=SegmentKind.SETUP, position=session.position, whole=True)
    return (setup, replace(setup, kind=SegmentKind.GATE, whole=False), again, *session.steps[here + 1 :])


def set_again(session: Session, _: Commanded) -> Outcome:
    """Begin this set again from its first rep."""
    return begin(session, from_rep(session, 1, COUNT_IN_S))


def switch_sides(session: Session, said: Commanded) -> Outcome:
    """Change sides: in a set go on to the other one, before it begin with the other one."""
    exercise = exercise_of(session.routine, session.step)
    if exercise is None or exercise.sides is not Sides.EACH:
        return answer(session, (say("no_sides"),))
    if session.kind is SegmentKind.SET:
        return answer(session, (say("both_sides"),)) if last_side(session) else go_on(session, said.command)
    if session.kind not in (SegmentKind.SETUP, SegmentKind.GATE) or session.state is State.PAUSED:
        return answer(session, (say("sides_later"),))
    return _sides_swapped(session, said)


def _sides_swapped(session: Session, said: Commanded) -> Outcome:
    """Swap the sides of this set, and begin again at its set-up."""
    here = (session.step.block, _next_set_no(session))
    coming = tuple(
        replace(step, side=step.side.other) if step.side and (step.block, step.set_no) == here else step
        for step in session.steps[session.index + 1 :]
    )
    swapped = replace(session, steps=session.steps[: session.index + 1] + coming)
    return jump(swapped, said.command, lambda _: setup_again(swapped))


def _next_set_no(session: Session) -> int | None:
    return next((s.set_no for s in session.steps[session.index :] if s.kind is SegmentKind.SET), None)


def ending(session: Session, reason: EndReason, say_first: tuple[str, ...] = ()) -> Outcome:
    """End: first the way up if she is on the floor, then good-bye."""
    return jump(replace(session, reason=reason), Command.END_WORKOUT, ending_steps, say_first)


def _coming_block(session: Session) -> int | None:
    if session.kind in (SegmentKind.REST, SegmentKind.MOVE):
        return session.step.next_block
    return session.step.block
