"""Word the session's sentences: exercises and their sides, what is needed, how to rest here."""

from coach.library.exercise import Exercise, Position, Side, Sides
from coach.library.routine import Block, Routine
from coach.session.state import Session
from coach.timeline import subject
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrase
from coach.timeline.step import Step


def say(key: str, **values: object) -> str:
    """Return one of the session's sentences."""
    return phrase(f"session.{key}", **values)


def variant_of(session: Session, block: int | None) -> int:
    """Return the variant she asked for: -1, 0 or 1."""
    return next((variant for asked, variant in session.tuning.variants if asked == block), 0)


def with_variant(block: Block, variant: int) -> Exercise:
    """Return the block's exercise, or its easier or harder variant where there is one."""
    return {-1: block.easier, 1: block.harder}.get(variant) or block.exercise


def exercise_of(routine: Routine | None, step: Step) -> Exercise | None:
    """Return the exercise that a step is about, its variant where one was asked for."""
    return None if routine is None or not subject.is_at_exercise(step) else subject.exercise_of(routine, step)


def side_of(step: Step, exercise: Exercise) -> Side | None:
    """Return the side that is worked; the right is the first."""
    return (step.side or Side.RIGHT) if exercise.sides is Sides.EACH else None


def resting(session: Session) -> tuple[str, ...]:
    """Return how to rest in her position."""
    if session.kind is SegmentKind.MOVE:
        return (say("rest.move"),)
    exercise = exercise_of(session.routine, session.step)
    if exercise and exercise.rest and session.position is exercise.position:
        return tuple(subject.said(line, side_of(session.step, exercise)) for line in exercise.rest)
    return (say(f"rest.{session.position.value.replace('-', '_')}"),)


def announced(session: Session, block: int | None) -> tuple[str, ...]:
    """Return the announcement of a block: its name, and what she needs for it."""
    if session.routine is None or block is None or block >= len(session.routine.blocks):
        return ()
    exercise = with_variant(session.routine.blocks[block], variant_of(session, block))
    things = subject.needs(session.routine, block)
    needed = (say("needed", things=subject.things(things)),) if things else ()
    return (say("coming", name=named(exercise)), *needed)


def named(exercise: Exercise) -> str:
    """Return an exercise's name within a sentence."""
    return exercise.name[:1].lower() + exercise.name[1:]


def on_floor(session: Session) -> bool:
    """Tell whether she is not standing."""
    return session.position is not Position.STANDING
