"""What is said and in which company: every sentence, and what a set says just before it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coach.library.files import load_routine, routine_ids
from coach.library.routine import Routine
from coach.sound.clip import frames_of
from coach.sound.pcm import Samples
from coach.speech.choose import AnyClips
from coach.timeline.build import build_segment, step_texts
from coach.timeline.counting import wordings
from coach.timeline.cue import CueKind, SegmentKind
from coach.timeline.grid import beats
from coach.timeline.lay import Measure
from coach.timeline.plan import plan
from coach.timeline.sets import MARGIN_S
from coach.timeline.step import Shape, Step, Words
from coach.timeline.subject import block_of, exercise_of

PHRASES = Path(__file__).parents[3] / "coach/timeline/phrases/en.toml"
RUN_S = 10.0  # of a set before a count: the rep before it, at least its end


@dataclass(frozen=True, slots=True)
class Said:
    text: str
    before: tuple[tuple[float, str], ...] = ()
    """What the same set says just before it: seconds ahead, and the words."""


def sentences() -> list[str]:
    """Return every sentence of the shipped routines, live and in a file, and the session's own without a gap."""
    found: dict[str, None] = {}
    for routine, step in _steps():
        for shape in (Shape(live=True), Shape()):
            found.update(dict.fromkeys(step_texts(routine, step, shape)))
    session = tomllib.loads(PHRASES.read_text("utf-8"))["session"]
    found.update(dict.fromkeys(text for text in _leaves(session) if "{" not in text))
    return list(found)


def runs(measure: Measure) -> dict[str, tuple[tuple[float, str], ...]]:
    """Return what is heard before each wording of a set, where it comes first, as a voice's own lengths lay it out."""
    found: dict[str, tuple[tuple[float, str], ...]] = {}
    for routine, step in _steps():
        if step.kind is SegmentKind.SET:
            for text, before in _in_set(routine, step, measure):
                found.setdefault(text, before)
    return found


def sound_of(said: Said, clips: AnyClips) -> Samples:
    """Return a sentence as it is heard, with the set's words and pauses before it and without the earcons."""
    first_s = max((ahead_s for ahead_s, _ in said.before), default=0.0)
    last = clips.clip(said.text).samples
    sound = np.zeros(frames_of(first_s) + len(last), np.float32)
    sound[frames_of(first_s) :] = last
    for ahead_s, text in said.before:
        samples, at = clips.clip(text).samples, frames_of(first_s - ahead_s)
        sound[at : at + len(samples)] += samples[: len(sound) - at]
    return sound


def _steps() -> Iterator[tuple[Routine, Step]]:
    for name in routine_ids():
        routine = load_routine(name)
        yield from ((routine, step) for step in plan(routine))


def _in_set(routine: Routine, step: Step, measure: Measure) -> Iterator[tuple[str, tuple[tuple[float, str], ...]]]:
    segment = build_segment(routine, step, measure)
    cues = [cue for cue in segment.cues if cue.kind is CueKind.SAY]
    exercise, reps = exercise_of(routine, step), block_of(routine, step).reps
    start_s = segment.spans[0].t
    for beat in beats(exercise, step.side, range(1, reps + 1), start_s, Shape()):
        t = beat.span.t + MARGIN_S
        before = tuple((t - cue.t, cue.text) for cue in cues if t - RUN_S <= cue.t < beat.span.t)
        yield from ((text, before) for text in wordings(exercise, beat, reps, Words.FULL))


def _leaves(tree: Mapping[str, Any]) -> Iterator[str]:
    for value in tree.values():
        if isinstance(value, Mapping):
            yield from _leaves(value)
        else:
            yield from ([value] if isinstance(value, str) else value)
