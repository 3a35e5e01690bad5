"""Answer what she asks: how many left, how much longer, what's next, what can I say."""

from coach.session.cursor import current_rep
from coach.session.events import Commanded
from coach.session.rules.talking import answer
from coach.session.rules.walking import is_walk
from coach.session.state import Outcome, Session, State
from coach.session.timing import left_s
from coach.session.wording import announced, exercise_of, named, on_floor, say, side_of
from coach.timeline.cue import SegmentKind
from coach.timeline.numbers import counted, spoken
from coach.timeline.phrases import listed


def how_many_left(session: Session, said: Commanded) -> Outcome:
    """Say how many reps are left; outside a set how many exercises, in a walk how many minutes."""
    if is_walk(session):
        return time_left(session, said)
    return answer(session, reps_left(session) if session.kind is SegmentKind.SET else exercises_left(session))


def time_left(session: Session, _: Commanded) -> Outcome:
    """Say about how many minutes are left."""
    minutes = round(left_s(session) / 60)
    return answer(session, (say("time_left", minutes=counted(minutes, "minute")) if minutes else say("nearly_over"),))


def whats_next(session: Session, _: Commanded) -> Outcome:
    """Say what comes after this."""
    return answer(session, coming(session))


def which_one(session: Session, _: Commanded) -> Outcome:
    """Say which exercise this is, and which side of it."""
    exercise = exercise_of(session.routine, session.step)
    if exercise is None or session.kind is SegmentKind.REST:
        return answer(session, coming(session))
    side = side_of(session.step, exercise)
    sides = say("this_side", side=side.value) if side else say("no_sides")
    return answer(session, (say("this_one", name=named(exercise)), sides))


def help_here(session: Session, _: Commanded) -> Outcome:
    """Say which commands fit here. On the floor, begin with what to say when hurt."""
    here = say(f"help.{'paused' if session.state is State.PAUSED else session.kind.value}")
    always = say("help.always")
    return answer(session, (always, here) if on_floor(session) else (here, always))


def reps_left(session: Session) -> tuple[str, ...]:
    """Return the answer in a set: the reps after the one that runs."""
    planned = session.block.reps if session.block else 0
    if not session.rep:
        return (say("reps_to_do", reps=counted(planned - session.done, "rep")),)
    left = planned - current_rep(session)
    return (say("reps_left", n=spoken(left)),) if left else (say("last_rep"),)


def exercises_left(session: Session) -> tuple[str, ...]:
    """Return the answer outside a set: sets of this exercise, and exercises with the next one."""
    here = session.step.block if session.kind is not SegmentKind.REST else None
    sets = [s for s in session.steps[session.index :] if s.kind is SegmentKind.SET]
    others = len({s.block for s in sets} - {here})
    mine = len({s.set_no for s in sets if s.block == here})
    if not others and not mine:
        return (say("nothing_left"),)
    parts = ([say("of_this", sets=counted(mine, "set"))] if mine else []) + (
        [counted(others, "exercise")] if others else []
    )
    return (say("left", what=listed(tuple(parts))),)


def coming(session: Session) -> tuple[str, ...]:
    """Return what comes next: the other side, another set, the next exercise, the end."""
    after = next((s for s in session.steps[session.index + 1 :] if s.kind in _NAMED), None)
    if after is not None and after.part is not None:
        return (say(f"coming_walk.{after.part}"),)
    if after is not None and after.balance and after.kind is SegmentKind.SET and not session.step.balance:
        return (say("coming_balance"),)
    if after is None or after.kind is SegmentKind.FINISH:
        return (say("end_next"),)
    if after.kind is SegmentKind.REST and after.next_block != after.block:
        return (say("rest_next"), *announced(session, after.next_block))
    if after.kind is SegmentKind.REST:
        return (say("rest_next"), *_set(session))
    if after.kind is SegmentKind.SWITCH and after.side:
        return (say("side_next", side=after.side.value),)
    if after.kind is SegmentKind.SET and session.kind is SegmentKind.REST and after.block == session.step.block:
        return _set(session)
    return announced(session, after.block)


_NAMED = frozenset({SegmentKind.SET, SegmentKind.REST, SegmentKind.SWITCH, SegmentKind.WALK, SegmentKind.FINISH})


def _set(session: Session) -> tuple[str, ...]:
    step = next((s for s in session.steps[session.index + 1 :] if s.kind is SegmentKind.SET), None)
    exercise = exercise_of(session.routine, step) if step else None
    if step is None or exercise is None:
        return ()
    return (say("set_next", n=spoken(step.set_no or 1), name=named(exercise)),)
