"""Steps and sentences in, segments and clips out: made by a thread of its own, so that the loop never waits."""

import itertools
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import numpy as np

from coach.errors import CoachError
from coach.library.routine import Routine
from coach.session.effects import From
from coach.sound.clip import Clip, frames_of
from coach.sound.earcons import earcon
from coach.speech.voice import estimate
from coach.timeline.build import build_segment, step_texts
from coach.timeline.cue import CueKind, Segment
from coach.timeline.step import Shape, Step

_URGENT, _AHEAD = 0, 1
_JUST_PASSED = frames_of(0.4)  # less than a step of a walk


class ClipSource(Protocol):
    """Where clips come from: `speech.clips.Clips`, or `SilentClips` where nothing is heard."""

    def prepare(self, texts: Sequence[str]) -> None: ...

    def measure(self, text: str) -> float: ...

    def clip(self, text: str) -> Clip: ...


class SilentClips:
    """Clips as long as the rule says and without a sound, for rehearsals by text."""

    def __init__(self) -> None:
        self._silence = np.zeros(frames_of(60.0), np.float32)
        self._silence.setflags(write=False)

    def prepare(self, texts: Sequence[str]) -> None:
        """Need nothing."""

    def measure(self, text: str) -> float:
        """Return the estimated length."""
        return estimate(text)

    def clip(self, text: str) -> Clip:
        """Return silence of the estimated length."""
        return Clip(self._silence[: frames_of(estimate(text))])


@dataclass(frozen=True, slots=True)
class Made:
    """What the player needs to sound something: the segment, the lines before or beside it, every clip of both."""

    segment: Segment | None
    lines: tuple[str, ...]
    clips: Mapping[tuple[CueKind, str], Clip]


@dataclass(slots=True)
class Coming:
    """A segment or a continuation whose clips are being made."""

    made: "Future[Made]"
    step: Step | None
    """None: the held segment goes on."""
    start: From = From.HERE
    held: bool = False
    after: int = 0
    """Not before this frame."""
    on_beat: bool = False
    """At that very frame, if it has only just passed: clicks go on."""

    def begins(self, now: int) -> int:
        """Return the frame to begin at."""
        return self.after if self.on_beat and now - self.after < _JUST_PASSED else max(now, self.after)


class Workshop:
    """Makes segments and lines; at once where `threaded` is false (files: deterministic), else in its own thread."""

    def __init__(self, clips: ClipSource, shape: Shape, *, threaded: bool) -> None:
        self.routine: Routine | None = None
        """Whose steps are built; None until it is chosen."""
        self._clips = clips
        self._shape = shape
        self._tasks: queue.PriorityQueue[tuple[int, int, Callable[[], None]]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="clips", daemon=True) if threaded else None
        if self._thread:
            self._thread.start()

    def segment(self, step: Step, pace: float, lines: Iterable[str]) -> "Future[Made]":
        """Build a step's segment with the clips of its cues and of the lines before it."""
        return self._submit(lambda: self._segment(step, pace, tuple(lines)))

    def lines(self, lines: Iterable[str]) -> "Future[Made]":
        """Make the clips of sentences."""
        return self._submit(lambda: self._made(None, tuple(lines)))

    def ahead(self, routine: Routine, steps: Iterable[Step], pace: float = 1.0) -> None:
        """Make the clips of these steps, in their order, when nothing urgent waits."""
        shape = replace(self._shape, pace=pace)
        for step in steps:
            self.texts_ahead(partial(step_texts, routine, step, shape))

    def texts_ahead(self, texts: Callable[[], Iterable[str]]) -> None:
        """Make the clips of what `texts` returns, which is asked in the thread, when nothing urgent waits."""
        if self._thread:
            self._put(_AHEAD, lambda: self._prepare_quietly(texts))

    def close(self) -> None:
        """Stop after the task that runs."""
        self._closing.set()
        if self._thread:
            self._put(_URGENT, lambda: None)
            self._thread.join(timeout=5)

    def _submit(self, make: Callable[[], Made]) -> "Future[Made]":
        future: Future[Made] = Future()
        if self._thread:
            self._put(_URGENT, lambda: _fulfil(future, make))
        else:
            future.set_result(make())
        return future

    def _put(self, priority: int, task: Callable[[], None]) -> None:
        self._tasks.put((priority, next(self._numbers), task))

    def _work(self) -> None:
        while not self._closing.is_set():
            self._tasks.get()[2]()

    def _segment(self, step: Step, pace: float, lines: tuple[str, ...]) -> Made:
        if self.routine is None:
            raise ValueError("a step was played before a routine was chosen")
        shape = replace(self._shape, pace=pace)
        self._clips.prepare(step_texts(self.routine, step, shape))
        return self._made(build_segment(self.routine, step, self._clips.measure, shape), lines)

    def _made(self, segment: Segment | None, lines: tuple[str, ...]) -> Made:
        cues = segment.cues if segment else ()
        clips: dict[tuple[CueKind, str], Clip] = {}
        self._clips.prepare(lines)
        for text in lines:
            clips[CueKind.SAY, text] = self._clips.clip(text)
        for cue in cues:
            make = self._clips.clip if cue.kind is CueKind.SAY else earcon
            clips[cue.kind, cue.text] = make(cue.text)
        return Made(segment, lines, clips)

    def _prepare_quietly(self, texts: Callable[[], Iterable[str]]) -> None:
        # What fails here fails again, and is told, when it is needed.
        try:
            self._clips.prepare(tuple(texts()))
        except CoachError:
            return


def _fulfil(future: "Future[Made]", make: Callable[[], Made]) -> None:
    try:
        future.set_result(make())
    except CoachError as error:
        future.set_exception(error)
