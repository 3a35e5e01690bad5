"""Faster and slower in a walk: the clicks follow her, within their bounds; and the words of a walk again."""

from dataclasses import replace

from coach.library.walk import CADENCE_STEP, FASTEST_CADENCE, SLOWEST_CADENCE, Walk
from coach.session.cursor import begin, walked
from coach.session.effects import SayAgain
from coach.session.events import Commanded
from coach.session.rules.talking import answer
from coach.session.state import Outcome, Session, State
from coach.session.wording import say
from coach.timeline.cue import SegmentKind
from coach.timeline.numbers import spoken


def quicker(session: Session, _: Commanded) -> Outcome:
    """Five steps a minute more, from the next click on."""
    return _changed(session, CADENCE_STEP, "quicker", "quickest")


def calmer(session: Session, _: Commanded) -> Outcome:
    """Five steps a minute less, from the next click on."""
    return _changed(session, -CADENCE_STEP, "calmer", "calmest")


def words_again(session: Session, _: Commanded) -> Outcome:
    """What was said last, over the clicks, which go on."""
    return session, (SayAgain(keep_ticks=True),)


def is_walk(session: Session) -> bool:
    """Tell whether it is a walk, from its welcome to its end."""
    return session.routine is not None and session.routine.walk is not None


def _changed(session: Session, by: int, told: str, bound: str) -> Outcome:
    if session.routine is None or session.routine.walk is None:
        return session, ()
    walk = session.routine.walk
    cadence = max(SLOWEST_CADENCE, min(FASTEST_CADENCE, walk.cadence + by))
    if cadence == walk.cadence:
        return answer(session, (say(bound),))
    lines = (say(told, cadence=spoken(cadence)),)
    session = _at(session, replace(walk, cadence=cadence))
    if session.kind is not SegmentKind.WALK or session.state is not State.PLAYING:
        return answer(session, lines)
    session, effects = begin(session, walked(session))
    session, words = answer(session, lines)
    return session, (*effects, *words)


def _at(session: Session, walk: Walk) -> Session:
    return session if session.routine is None else replace(session, routine=replace(session.routine, walk=walk))
