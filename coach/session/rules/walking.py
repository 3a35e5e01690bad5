"""Change the cadence of a walk, within its bounds, and repeat its words."""

from dataclasses import replace

from coach.library.walk import CADENCE_STEP, FASTEST_CADENCE, SLOWEST_CADENCE, Walk
from coach.session.cursor import begin, rest_of_walk
from coach.session.effects import SayAgain
from coach.session.events import Commanded
from coach.session.rules.talking import answer
from coach.session.state import Outcome, Session, State
from coach.session.wording import say
from coach.timeline.cue import SegmentKind
from coach.timeline.numbers import spoken


def quicker(session: Session, _: Commanded) -> Outcome:
    """Take more steps a minute, from the next click on."""
    return _changed(session, CADENCE_STEP, "quicker", "quickest")


def calmer(session: Session, _: Commanded) -> Outcome:
    """Take fewer steps a minute, from the next click on."""
    return _changed(session, -CADENCE_STEP, "calmer", "calmest")


def words_again(session: Session, _: Commanded) -> Outcome:
    """Say the last sentence again; the clicks go on."""
    return session, (SayAgain(keep_ticks=True),)


def is_walk(session: Session) -> bool:
    """Tell whether the session is a walk, from its welcome to its end."""
    return session.routine is not None and session.routine.walk is not None


def _changed(session: Session, by: int, done: str, bound: str) -> Outcome:
    if session.routine is None or session.routine.walk is None:
        return session, ()
    walk = session.routine.walk
    cadence = max(SLOWEST_CADENCE, min(FASTEST_CADENCE, walk.cadence + by))
    if cadence == walk.cadence:
        return answer(session, (say(bound),))
    lines = (say(done, cadence=spoken(cadence)),)
    session = _at(session, replace(walk, cadence=cadence))
    if session.kind is not SegmentKind.WALK or session.state is not State.PLAYING:
        return answer(session, lines)
    session, effects = begin(session, rest_of_walk(session))
    session, words = answer(session, lines)
    return session, (*effects, *words)


def _at(session: Session, walk: Walk) -> Session:
    return session if session.routine is None else replace(session, routine=replace(session.routine, walk=walk))
