"""The producer of segments and clips: a thread with a priority queue, so that the real-time loop never waits."""

import contextlib
import itertools
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, InvalidStateError
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import numpy as np

from coach.errors import CoachError, MachineError
from coach.library.routine import Routine
from coach.sound.clip import Clip, frames_of
from coach.sound.earcons import earcon
from coach.speech.voice import estimate
from coach.threads import Report, WatchedThread, described, nobody
from coach.timeline.build import build_segment, step_texts
from coach.timeline.cue import CueKind, Segment
from coach.timeline.step import Shape, Step

_URGENT, _AGAIN, _NEXT, _AHEAD = 0, 1, 2, 3  # again: what failed, after whatever is asked for meanwhile
SWITCH_S = 0.0005  # in place of 5 ms: how long the loop may have to wait for this thread, at each of its steps
PIECE = 2  # sentences made ahead before what is urgent gets its turn: a quarter of a second by a slow voice
TRIES = 2  # at what is wanted now, one after the other; then the voice counts as lost, and it is tried now and then
RETRY_S = 2.0
GIVEN_UP_S = 5.0  # it failed for so long that the end of a session does not wait for it


class ClipSource(Protocol):
    """Where clips come from: `speech.clips.Clips`, or `SilentClips` where nothing is heard."""

    def prepare(self, texts: Sequence[str]) -> None:
        """Make the clips of these sentences, or find them in the cache."""
        ...

    def measure(self, text: str) -> float:
        """Return how long a sentence sounds, in seconds."""
        ...

    def clip(self, text: str) -> Clip:
        """Return a sentence's clip."""
        ...

    def times_as_fast(self, factor: float) -> "ClipSource":
        """Return the same sentences by the same voice, at another rate."""
        ...


class SilentClips:
    """Clips as long as the rule says and without a sound, for rehearsals by text."""

    def __init__(self, factor: float = 1.0) -> None:
        self._factor = factor
        self._silence = np.zeros(frames_of(60.0), np.float32)
        self._silence.setflags(write=False)

    def prepare(self, texts: Sequence[str]) -> None:
        """Need nothing."""

    def measure(self, text: str) -> float:
        """Return the estimated length."""
        return estimate(text) / self._factor

    def clip(self, text: str) -> Clip:
        """Return silence of the estimated length."""
        return Clip(self._silence[: frames_of(self.measure(text))])

    def times_as_fast(self, factor: float) -> "SilentClips":
        """Return clips of the same sentences, shorter or longer."""
        return SilentClips(factor)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the player needs to sound something: the segment, the lines before or beside it, every clip of both."""

    segment: Segment | None
    lines: tuple[str, ...]
    clips: Mapping[tuple[CueKind, str], Clip]


_Wanted = tuple[Step, float, tuple[str, ...]]
"""A segment that may be asked for: its step, the pace, the lines before it."""
_Task = Callable[[int], None]
"""Called with its place in the queue."""


class Workshop:
    """Makes segments and lines; at once where `threaded` is false (files: deterministic), else in its own thread."""

    def __init__(self, clips: ClipSource, shape: Shape, *, threaded: bool, report: Report = nobody) -> None:
        self.routine: Routine | None = None
        """Whose steps are built; None until it is chosen."""
        self._report = report
        self._in_hand: tuple[int, _Task] | None = None
        """The task that runs: a thread that is begun anew does it again."""
        self._failing: Mapping[Future[Prepared], float] = {}
        """What could not be made so far, and since when."""
        self._made_once = False
        self._rates: dict[float, ClipSource] = {1.0: clips}
        self._clips = clips
        self._shape = shape
        self._tasks: queue.PriorityQueue[tuple[int, int, int, _Task]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._built: Mapping[_Wanted, tuple[Routine | None, Prepared]] = {}
        """What will be wanted next, built."""
        self._closing = threading.Event()
        self._called = threading.Event()
        """Something urgent was asked for: it is not kept waiting until what failed is tried again."""
        self._thread: WatchedThread | None = None
        if threaded:
            sys.setswitchinterval(SWITCH_S)
            self._thread = WatchedThread("clips", self._work, report)

    @property
    def failing(self) -> bool:
        """Tell whether something that is wanted now can't be said. It is tried again until it can, or is dropped."""
        return any(not wanted.done() for wanted in self._failing)

    def given_up(self, wanted: "Future[Prepared]") -> bool:
        """Tell whether this could not be made for some seconds. It is tried all the same."""
        since = self._failing.get(wanted)
        return since is not None and not wanted.done() and time.monotonic() - since >= GIVEN_UP_S

    def speak_at(self, factor: float) -> None:
        """Make what is asked for from now on at so many times the rate that it began with."""
        if factor not in self._rates:
            self._rates[factor] = self._rates[1.0].times_as_fast(factor)
        self._clips, self._built = self._rates[factor], {}

    def segment(self, step: Step, pace: float, lines: Iterable[str]) -> "Future[Prepared]":
        """Build a step's segment with the clips of its cues and of the lines before it; it may be built already."""
        wanted = step, pace, tuple(lines)
        routine, made = self._built.get(wanted, (None, None))
        if made is not None and routine is self.routine:
            return _done(made)
        return self._submit(lambda: self._segment(*wanted))

    def lines(self, lines: Iterable[str]) -> "Future[Prepared]":
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
            self._put(_AHEAD, lambda number: self._prepare_ahead(_AHEAD, number, tuple(texts())))

    def segments_ahead(self, wanted: "Callable[[], Iterable[_Wanted]]") -> None:
        """Build the segments (step, pace, lines) that `wanted` returns, which is asked in the thread, before all else
        that is not urgent: when one of them is wanted, it begins at once."""
        if self._thread:
            self._put(_NEXT, lambda number: self._build_ahead(number, tuple(wanted())))

    def close(self) -> None:
        """Stop after the task that runs."""
        self._closing.set()
        if self._thread:
            self._put(_URGENT, lambda _: None)
            self._thread.join(timeout=5)

    def _submit(self, make: Callable[[], Prepared]) -> "Future[Prepared]":
        future: Future[Prepared] = Future()
        if self._thread:
            self._put(_URGENT, lambda _: self._fulfil(future, make))
        else:
            future.set_result(make())
        return future

    def _put(self, priority: int, task: "_Task", number: int | None = None) -> None:
        latest = next(self._numbers)  # of two with one number the earlier one is first
        self._tasks.put((priority, latest if number is None else number, latest, task))
        if priority == _URGENT:
            self._called.set()

    def _work(self) -> None:
        while not self._closing.is_set():
            if self._in_hand is None:
                self._called.clear()  # what called before this is taken before what failed
                _, number, _, task = self._tasks.get()
                self._in_hand = number, task
            number, task = self._in_hand
            try:
                task(number)
            except Exception as fault:  # noqa: BLE001  (it was only to be made ahead; when it is wanted it is made)
                self._report(f"clips: {described(fault)}")
            self._in_hand = None

    def _fulfil(self, future: "Future[Prepared]", make: Callable[[], Prepared], tries: int = 1) -> None:
        """Make what is wanted now; where that fails it is tried again until it is made, or nobody wants it any more.

        It takes turns with what else failed, and what is newly asked for comes first.

        Where nothing was ever made there never was a voice: the error is the caller's.
        """
        if future.cancelled():
            return
        try:
            made = make()
        except Exception as error:  # noqa: BLE001  (whatever it is, she would lie there and hear nothing)
            if not self._made_once and (isinstance(error, CoachError) or tries >= TRIES):
                with contextlib.suppress(InvalidStateError):  # dropped meanwhile
                    future.set_exception(_as_line(error))
            else:
                self._fail(future, error, tries)
                self._put(_AGAIN, lambda _: self._fulfil(future, make, tries + 1))
        else:
            self._made_once = True
            self._failing = {wanted: since for wanted, since in self._failing.items() if wanted is not future}
            with contextlib.suppress(InvalidStateError):  # dropped meanwhile
                future.set_result(made)

    def _fail(self, future: "Future[Prepared]", error: Exception, tries: int) -> None:
        """Report what can't be made; wait a little where it was tried often enough."""
        if tries <= TRIES:
            self._report(f"clips: {described(error)}")
        if tries >= TRIES:
            failing = {wanted: since for wanted, since in self._failing.items() if not wanted.done()}
            self._failing = {future: time.monotonic()} | failing
            self._called.wait(RETRY_S)

    def _segment(self, step: Step, pace: float, lines: tuple[str, ...]) -> Prepared:
        if self.routine is None:
            raise ValueError("a step was played before a routine was chosen")
        shape = replace(self._shape, pace=pace)
        self._clips.prepare(step_texts(self.routine, step, shape))
        return self._made(build_segment(self.routine, step, self._clips.measure, shape), lines)

    def _made(self, segment: Segment | None, lines: tuple[str, ...]) -> Prepared:
        cues = segment.cues if segment else ()
        clips: dict[tuple[CueKind, str], Clip] = {}
        self._clips.prepare(lines)
        for text in lines:
            clips[CueKind.SAY, text] = self._clips.clip(text)
        for cue in cues:
            make = self._clips.clip if cue.kind is CueKind.SAY else earcon
            clips[cue.kind, cue.text] = make(cue.text)
        return Prepared(segment, lines, clips)

    def _prepare_ahead(
        self, priority: int, number: int, texts: tuple[str, ...], then: Callable[[], None] = lambda: None
    ) -> None:
        """Make a few clips and take a place in the queue for the others: what is urgent comes between."""
        # What fails here fails again, and is told, when it is needed.
        with contextlib.suppress(Exception):
            self._clips.prepare(texts[:PIECE])
        if len(texts) > PIECE:
            self._put(priority, lambda _: self._prepare_ahead(priority, number, texts[PIECE:], then), number)
        else:
            then()

    def _build_ahead(self, number: int, wanted: "tuple[_Wanted, ...]") -> None:
        routine = self.routine
        if routine is None:
            return
        shape, texts = self._shape, list[str]()
        for step, pace, lines in wanted:
            texts += (*step_texts(routine, step, replace(shape, pace=pace)), *lines)
        self._prepare_ahead(_NEXT, number, tuple(texts), lambda: self._keep_built(routine, wanted))

    def _keep_built(self, routine: Routine, wanted: "tuple[_Wanted, ...]") -> None:
        with contextlib.suppress(Exception):
            self._built = {each: (routine, self._segment(*each)) for each in wanted}


def _done(made: Prepared) -> "Future[Prepared]":
    future: Future[Prepared] = Future()
    future.set_result(made)
    return future


def drop(wanted: "Future[Prepared] | None") -> None:
    """Let what is not wanted any more go unmade."""
    if wanted is not None:
        wanted.cancel()


def _as_line(error: Exception) -> CoachError:
    return error if isinstance(error, CoachError) else MachineError(f"nothing can be said here: {described(error)}")
