"""Estimate how long steps take, for "how much longer" and for what is left of a rest. No clip is needed."""

from functools import lru_cache

from coach.library.routine import Routine
from coach.session.state import Session
from coach.speech.voice import estimate
from coach.timeline.build import build_segment
from coach.timeline.step import Shape, Step
from coach.timeline.walk import part_s, words_s

LONGEST_REST_S = 300.0


@lru_cache(maxsize=512)
def step_s(routine: Routine, step: Step, pace: float) -> float:
    """Return the estimated seconds of a step. A step that waits for her counts with its length in a file."""
    if routine.walk is not None and step.part is not None:  # known to a step, without laying out thousands of them
        talk_s = words_s(routine.walk, estimate, Shape(live=True))
        return max(0.0, part_s(routine.walk, step.part, talk_s) - step.from_s)
    return build_segment(routine, step, estimate, Shape(pace=pace)).length_s


def segment_left_s(session: Session) -> float:
    """Return the estimated seconds left of the segment that plays."""
    if session.routine is None:
        return 0.0
    return max(0.0, step_s(session.routine, session.step, session.pace) - session.clock.ran_s)


def left_s(session: Session) -> float:
    """Return the estimated seconds left of the session."""
    if session.routine is None:
        return 0.0
    coming = session.steps[session.index + 1 :]
    return segment_left_s(session) + sum(step_s(session.routine, step, session.pace) for step in coming)
