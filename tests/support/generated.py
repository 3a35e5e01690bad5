"""What the timeline's tests share: routines and shapes of every kind, voices of every pace, all that can be said."""

import random
import zlib
from functools import cache

from hypothesis import strategies as st

from coach.library.exercise import Side
from coach.library.files import load_exercises, load_routine, routine_ids
from coach.library.routine import Block, Routine
from coach.timeline.build import step_texts
from coach.timeline.cue import Cue, CueKind, Segment, SegmentKind
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step, Words

SHIPPED = tuple(load_routine(name) for name in routine_ids())


def blocks() -> st.SearchStrategy[Block]:
    return st.builds(
        Block,
        st.sampled_from(list(load_exercises().values())),
        sets=st.integers(1, 3),
        reps=st.integers(1, 16),
        rest_s=st.one_of(st.none(), st.floats(15, 300).map(lambda value: round(value, 1))),
    )


def routines() -> st.SearchStrategy[Routine]:
    return st.builds(
        lambda found: Routine("mine", "My routine", tuple(found)), st.lists(blocks(), min_size=1, max_size=5)
    )


def shapes() -> st.SearchStrategy[Shape]:
    return st.builds(
        Shape,
        live=st.booleans(),
        pace=st.sampled_from([0.85, 1.0, 1.15, 1.3, 1.45, 1.5]),
        gate_s=st.sampled_from([5.0, 15.0, 20.0]),
        rest_s=st.sampled_from([None, 15.0, 60.0, 200.0]),
        words=st.sampled_from(Words),
    )


class Mumbler:
    """A measure whose sentences last by a seed: from hurried to very slow, the same text always alike."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._per_letter_s = random.Random(seed).uniform(0.02, 0.2)
        self.measured: set[str] = set()

    def __call__(self, text: str) -> float:
        self.measured.add(text)
        wobble = 0.7 + 0.6 * zlib.crc32(text.encode(), self._seed) / 2**32
        return round(0.1 + len(text) * self._per_letter_s * wobble, 3)


def said(segment: Segment) -> list[Cue]:
    return [cue for cue in segment.cues if cue.kind is CueKind.SAY]


@cache
def every_text() -> frozenset[str]:
    """Return all that the coach can say in the shipped routines, live and in a file, in every variant."""
    found: set[str] = set()
    for routine in SHIPPED:
        for shape in (Shape(live=True), Shape(), Shape(words=Words.SHORT), Shape(words=Words.COUNT)):
            for step in plan(routine):
                found.update(step_texts(routine, step, shape))
        for number, block in enumerate(routine.blocks):
            for side in Side:
                for variant in (-1, 0, 1):
                    for kind in (SegmentKind.WAY_OUT, SegmentKind.SETUP, SegmentKind.GATE, SegmentKind.SET):
                        step = Step(kind, block.exercise.position, number, 1, side, key_cue=True, variant=variant)
                        found.update(step_texts(routine, step, Shape(live=True)))
    for exercise in load_exercises().values():
        found.update((exercise.easier, exercise.harder))
    return frozenset(found)
