"""Ears in a process of their own: the loop that plays hands blocks over and never waits, whatever the recognizer does.

Models load while the coach already speaks: blocks wait meanwhile. When the process dies, or hangs and is ended, it is
started again, and goes on at the present place of the stream; what was said in between is lost, and `trouble` says so.
"""

import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from queue import Empty, Full, Queue

from coach.hearing.echo.aec3 import canceller_is_here
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.recipe import Recipe
from coach.hearing.vocabulary.commands import Command
from coach.hearing.wire import Kind, Message, block, heard_from
from coach.sound.pcm import Pcm

MOST_WAITING = 250  # messages, 5 s of blocks: loading takes one; older ones are dropped
FIRST_BACK_OFF_S, LONGEST_BACK_OFF_S = 0.2, 8.0
HANGS_S = 15.0  # behind the stream: more than can wait, so nothing is taken in any more
LEAVING_S = 2.0  # for the process to end by itself
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""For numpy in the process, whose idle threads would spin beside the models: a word takes a tenth longer with them."""


class EarsProcess:
    def __init__(self, recipe: Recipe, *, worker: Sequence[str] = ("-m", "coach.hearing.worker")) -> None:
        """Start the process and return at once; what can't be loaded is told as `trouble`."""
        self._recipe, self._worker = recipe, worker
        self._waiting: Queue[Message | None] = Queue(MOST_WAITING)
        self._heard: deque[Heard] = deque()
        self._place = self._at = 0
        self._expected: Message | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = threading.Event()
        self.speaking = False
        self.trouble: str | None = None
        self.ready = False
        """True while a loaded model listens."""
        self._failed = False
        self.dropped = 0
        """Messages that waited too long."""
        self.deaths = 0
        self._keeper = threading.Thread(target=self._keep, name="ears", daemon=True)
        self._keeper.start()

    @property
    def name(self) -> str:
        """Return the recognizer's name."""
        return self._recipe.recognizer

    @property
    def thresholds(self) -> Thresholds:
        """Return the recognizer's thresholds: the recipe knows them before the process has loaded its model."""
        return self._recipe.thresholds

    @property
    def half_duplex(self) -> bool:
        return not self._recipe.headphones and not canceller_is_here()

    @property
    def pid(self) -> int | None:
        """Return the process's id while there is one."""
        return self._process.pid if self._process else None

    @property
    def heard_s(self) -> float:
        """Return how long the stream is so far."""
        return self._place / HEARING_HZ

    @property
    def behind_s(self) -> float:
        """Return how far the process is behind the stream; up to half a second says nothing."""
        return (self._place - self._at) / HEARING_HZ

    def expect(self, commands: frozenset[Command]) -> None:
        self._expected = Message(Kind.EXPECT, " ".join(sorted(commands)).encode())
        self._hand_over(self._expected)

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:
        self._hand_over(block(mic, played, self._place))
        self._place += len(mic)
        if self.ready and self.behind_s > HANGS_S:
            self._kill()
        return [self._heard.popleft() for _ in range(len(self._heard))]

    def close(self) -> None:
        if self._closed.is_set():
            return
        self._closed.set()
        self._hand_over(None)
        self._keeper.join(LEAVING_S)
        self._kill()  # where it hangs and takes nothing in any more
        self._keeper.join(LEAVING_S)

    def _kill(self) -> None:
        process = self._process
        if process is not None:
            process.kill()

    def _hand_over(self, message: Message | None) -> None:
        """Queue a message without ever waiting: the oldest makes room."""
        while True:
            try:
                return self._waiting.put_nowait(message)
            except Full:
                self.dropped += 1
                self._drop_oldest()

    def _drop_oldest(self) -> None:
        try:
            self._waiting.get_nowait()
        except Empty:  # the keeper was faster
            return

    def _keep(self) -> None:
        """Run one process after the other until closed (in its own thread)."""
        back_off_s = FIRST_BACK_OFF_S
        while not self._closed.is_set():
            lived = self._run()
            if self._closed.is_set() or lived is None:
                return
            back_off_s = FIRST_BACK_OFF_S if lived else min(2 * back_off_s, LONGEST_BACK_OFF_S)
            self._closed.wait(back_off_s)

    def _run(self) -> bool | None:
        """Run one process to its end; return whether it ever listened, None where another one would not either."""
        try:
            started = self._started()
        except OSError as error:  # no memory or too many processes: often over by the next try
            self.trouble = f"the ears could not be started ({error.strerror}) and are being tried again"
            return False
        with started as process:
            self._process = process
            reader = threading.Thread(target=self._read, args=(process,), name="ears' answers", daemon=True)
            reader.start()
            self._feed(process)
            self._end(process)
            reader.join()
        listened, self.ready, self.speaking, self._process = self.ready, False, False, None
        if self._failed:
            return None
        self.deaths += not self._closed.is_set()
        self.trouble = f"the ears stopped (exit {process.returncode}) and are being started again"
        return listened

    def _started(self) -> subprocess.Popen[bytes]:
        low = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)  # Windows only; elsewhere the worker is nice
        command = [sys.executable, *self._worker]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=low,
            env=os.environ | ONE_THREAD,
        )

    def _feed(self, process: subprocess.Popen[bytes]) -> None:
        """Write what waits into the process until it ends or the ears are closed."""
        assert process.stdin is not None
        try:
            process.stdin.write(Message(Kind.RECIPE, pickle.dumps(self._recipe)).written())
            if self._expected:
                process.stdin.write(self._expected.written())
            process.stdin.flush()
            while not self._closed.is_set() and process.poll() is None:
                try:
                    message = self._waiting.get(timeout=0.2)
                except Empty:
                    continue
                if message:
                    process.stdin.write(message.written())
                    process.stdin.flush()
        except OSError:  # it died while we wrote
            return

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        with contextlib.suppress(OSError):  # what was still in the buffer finds no reader
            process.stdin.close()
        try:
            process.wait(LEAVING_S)
        except subprocess.TimeoutExpired:
            process.kill()

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Take in the process's lines until it ends."""
        assert process.stdout is not None
        for line in process.stdout:
            data = json.loads(line)
            if "heard" in data:
                self._heard.append(heard_from(data["heard"]))
            elif "speaking" in data:
                self.speaking = data["speaking"]
            elif "at" in data:
                self._at = data["at"]
            elif "ready" in data:
                self.ready, self.trouble, self._at = True, None, self._place
            else:
                self._failed, self.trouble = True, data["failed"]
