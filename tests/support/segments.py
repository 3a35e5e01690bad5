"""Steps and routines by hand, for tests of single segments."""

from hypothesis import strategies as st

from coach.library.exercise import Position, Side
from coach.library.files import load_exercises
from coach.library.routine import Block, Routine
from coach.timeline.cue import Segment, SegmentKind
from coach.timeline.plan import plan
from coach.timeline.step import Step
from tests.support.generated import said

K = SegmentKind
ROW = Routine("mine", "Mine", (Block(load_exercises()["one-arm-row"], 1, 10),))
DOG = Routine("mine", "Mine", (Block(load_exercises()["bird-dog"], 1, 10),))
SET = Step(K.SET, Position.STANDING, 0, 1, Side.RIGHT)
DOG_SET = Step(K.SET, Position.HANDS_AND_KNEES, 0, 1)

seeds = st.integers(0, 10_000)


def quick(text: str) -> float:
    return 0.2 if text else 0.0


def texts_of(segment: Segment) -> list[str]:
    return [cue.text for cue in said(segment)]


def steps_of(routine: Routine) -> list[Step]:
    return list(plan(routine))
