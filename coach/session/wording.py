"""Word the session's sentences: exercises and their sides, what is needed, how to rest here."""

from typing import Literal

from coach.hearing.vocabulary.commands import Emergency
from coach.library.exercise import Exercise, Position, Side, Sides
from coach.library.routine import Block, Routine
from coach.session.state import Session
from coach.timeline import subject
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrase, phrases
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


LOADED = (SegmentKind.SETUP, SegmentKind.GATE, SegmentKind.SET, SegmentKind.SWITCH, SegmentKind.WAY_OUT)
"""Here she may be in the exercise's position, with what she holds."""


def unloading(session: Session, need: Literal["hurts", "faint"]) -> tuple[str, ...]:
    """Return the first words in need: what takes the load off her where she is; none where nothing loads her."""
    if session.kind is SegmentKind.MOVE:
        return (say(f"unload.{need}.move"),)
    if session.kind is SegmentKind.WALK:
        return (say(f"unload.{need}.walk"),)
    exercise = exercise_of(session.routine, session.step) if session.kind in LOADED else None
    if exercise is None and session.position is Position.STANDING:
        return ()
    if exercise is None or exercise.unload is None:
        return (say(f"unload.{need}.{session.position.value.replace('-', '_')}"),)
    line = exercise.unload.hurts if need == "hurts" else exercise.unload.faint
    return (subject.said(line, side_of(session.step, exercise)),)


def in_need(session: Session, need: Emergency) -> tuple[str, ...]:
    """Return what is said after a call for help: out from under the load, down, and how to get help."""
    down = (say("emergency.down"),) if session.position is Position.STANDING and need not in SITTING else ()
    unloaded = () if need is Emergency.STUCK else unloading(session, "faint")
    return (*unloaded, *down, *call(need))


SITTING = (Emergency.CHEST, Emergency.STUCK)
"""These have their own words for where to be."""


def call(need: Emergency) -> tuple[str, ...]:
    """Return how to get help, which is said again and again."""
    return phrases(f"session.emergency.{need}")


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
