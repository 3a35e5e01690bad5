"""Run the hearing chain in a process of its own, so that the caller never waits for a recognizer.

Models load while the coach already speaks: blocks queue meanwhile. A process that dies is started again at once, one
that gives no sign of life is killed first. What is still queued is heard late, what was dropped is lost; `behind_s` and
`trouble` say so.
"""

import contextlib
import json
import os
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from queue import Empty, Full, Queue
from typing import Any

from coach.children import python
from coach.hearing.by_recipe import EarsByRecipe
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.recipe import Recipe
from coach.hearing.vocabulary.commands import Command
from coach.hearing.wire import Message, block_message, expect_message, parse_heard, recipe_message
from coach.sound.pcm import Pcm
from coach.threads import Report, WatchedThread, nobody

QUEUE_LENGTH = 250  # blocks, 5 s: longer than loading takes; the oldest are dropped
STEADY_S = 10.0  # of listening: a process that dies after that is started again at once
FIRST_BACK_OFF_S, LONGEST_BACK_OFF_S = 0.2, 8.0
STARTS_S = 20.0  # without a sign of life, while it loads: a library that does may let no other thread run
SILENT_S = 4.0  # without one later: it gives two a second from a thread of its own; a busy machine has eaten two
HANGS_S = 10.0  # behind the stream: more than the queue and the pipe hold, so nothing is read any more
LEAVING_S = 2.0  # for the process to end by itself
ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""For all threads of the process: glibc keeps free memory for each heap (`scripts/bench live_session`)."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""For numpy in the process, whose idle threads would spin beside the models (`scripts/bench hearing --live`)."""


class EarsProcess(EarsByRecipe):
    """Ears around a process that runs a `Chain`; a thread of its own feeds it, another reads its answers."""

    def __init__(
        self, recipe: Recipe, *, worker: Sequence[str] = ("-m", "coach.hearing.worker"), report: Report = nobody
    ) -> None:
        """Start the process and return at once; `trouble` says what can't be loaded.

        Args: worker: the interpreter's arguments that run the process.
        """
        super().__init__(recipe)
        self._worker, self._report = worker, report
        self._queue: Queue[Message | None] = Queue(QUEUE_LENGTH)
        self._heard: deque[Heard] = deque()
        self._place = self._processed = self._ready_at = 0
        self._alive_s: float | None = None
        """When the process gave its last sign of life; None before its first."""
        self._started_s = 0.0
        self._expected: Message | None = None
        """What is open. It waits in no queue, for a full one would drop it, and nobody says it again."""
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = threading.Event()
        self.speaking = False
        self.trouble: str | None = None
        self.ready = False
        """True while a loaded model listens."""
        self._failed = False
        self.deaths = 0
        """How often the process ended by itself."""
        self._keeper = WatchedThread("ears", self._keep, report)

    @property
    def pid(self) -> int | None:
        """Return the process's id while there is one."""
        return self._process.pid if self._process else None

    @property
    def behind_s(self) -> float:
        """Return how far the process is behind the stream, to half a second: it reports that often.

        It grows with the stream while there is no process, none that is loaded, or one that hangs.
        """
        return (self._place - self._processed) / HEARING_HZ

    def expect(self, commands: frozenset[Command]) -> None:
        """Tell the process, and each one after it, which commands are open, before the next block that it is given."""
        self._expected = expect_message(commands)

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:
        """Queue the next block; return what was recognized since the last call, in earlier blocks."""
        self._put(block_message(mic, played, self._place))
        self._place += len(mic)
        if self._hangs():
            self._kill()
        return [self._heard.popleft() for _ in range(len(self._heard))]

    def close(self) -> None:
        """End the process, by force where it hangs. Closing again does nothing."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._put(None)
        self._keeper.join(LEAVING_S)
        self._kill()  # where it hangs and reads nothing any more
        self._keeper.join(LEAVING_S)

    def _hangs(self) -> bool:
        """Tell whether the process is there and answers no more: stopped, in a deadlock, or never to be loaded."""
        if self._process is None:
            return False
        silent_s = time.monotonic() - (self._alive_s or self._started_s)
        if not self.ready:
            return silent_s > STARTS_S
        unread_s = (self._place - max(self._processed, self._ready_at)) / HEARING_HZ
        return silent_s > SILENT_S or unread_s > HANGS_S

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _put(self, block: Message | None) -> None:
        """Queue a block without ever waiting, or None to wake the feeding thread; a full queue drops its oldest."""
        while True:
            try:
                return self._queue.put_nowait(block)
            except Full:
                self._drop_oldest()

    def _drop_oldest(self) -> None:
        try:
            self._queue.get_nowait()
        except Empty:  # the feeding thread was faster
            return

    def _keep(self) -> None:
        """Run one process after the other until closed, with a growing back-off (in its own thread)."""
        back_off_s = 0.0
        while not self._closed.is_set():
            began_s = time.monotonic()
            listened = self._run()
            if self._closed.is_set() or listened is None:
                return
            steady = listened and time.monotonic() - began_s > STEADY_S
            back_off_s = 0.0 if steady else min(max(FIRST_BACK_OFF_S, 2 * back_off_s), LONGEST_BACK_OFF_S)
            self._closed.wait(back_off_s)

    def _run(self) -> bool | None:
        """Run one process to its end; return whether its model loaded, None where no other process could load it."""
        self.ready, self.speaking, self._alive_s, self._started_s = False, False, None, time.monotonic()
        try:
            started = self._start()
        except OSError as error:  # no memory or too many processes: often over by the next try
            self.trouble = f"the speech recognition couldn't be started ({error.strerror}); trying again"
            return False
        with started as process:
            self._process = process
            reader = WatchedThread("ears' answers", partial(self._read, process), self._report)
            self._feed(process)
            self._end(process)
            reader.join()
        listened, self.ready, self.speaking, self._process = self.ready, False, False, None
        if self._failed:
            return None
        self.deaths += not self._closed.is_set()
        self.trouble = f"the speech recognition stopped (exit {process.returncode}) and is being restarted"
        return listened

    def _start(self) -> subprocess.Popen[bytes]:
        low = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)  # Windows only; elsewhere the worker is nice
        command = python(*self._worker)
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=low,
            env=os.environ | ONE_THREAD | ONE_HEAP,
        )

    def _feed(self, process: subprocess.Popen[bytes]) -> None:
        """Write the recipe into the process, then the queue; before a block what is open, where that has changed."""
        assert process.stdin is not None
        sent: Message | None = None
        with contextlib.suppress(OSError):  # it died while we wrote
            process.stdin.write(recipe_message(self._recipe).encoded())
            process.stdin.flush()
            for block in self._queued(process):
                expected = self._expected
                if expected and expected != sent:
                    process.stdin.write(expected.encoded())
                    sent = expected
                process.stdin.write(block.encoded())
                process.stdin.flush()

    def _queued(self, process: subprocess.Popen[bytes]) -> Iterator[Message]:
        """Yield the queue's blocks until the process ends or the ears are closed."""
        while not self._closed.is_set() and process.poll() is None:
            try:
                block = self._queue.get(timeout=0.2)
            except Empty:
                continue
            if block:
                yield block

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # what was still in the buffer finds no reader
            process.stdin.close()
        try:
            process.wait(LEAVING_S)
        except subprocess.TimeoutExpired:
            process.kill()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Read the process's answers until it ends."""
        assert process.stdout is not None
        while not process.stdout.closed and (line := process.stdout.readline()):
            self._alive_s = time.monotonic()
            # Half a line is what a process leaves that is killed as it writes.
            with contextlib.suppress(ValueError, KeyError, TypeError):
                self._take(json.loads(line))

    def _take(self, data: dict[str, Any]) -> None:
        """Take in one answer of the process."""
        if "heard" in data:
            self._heard.append(parse_heard(data["heard"]))
        elif "speaking" in data:
            self.speaking = data["speaking"]
        elif "at" in data:
            self._processed = data["at"]
        elif "ready" in data:
            self.ready, self.trouble, self._ready_at = True, None, self._place
        elif "failed" in data:
            self._failed, self.trouble = True, data["failed"]
