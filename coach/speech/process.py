"""Run a worker process that speaks: JSON lines to it and from it, WAV files in a folder of its own."""

import contextlib
import json
import math
import queue
import subprocess
import tempfile
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from coach.children import python

START_S = 20.0  # a worker that is silent for longer hangs
ENDS_S = 2.0  # for a process that closed its output to be gone


class ClipError(Exception):
    """The worker gave no clip."""


class NotYetError(ClipError):
    """The worker has not answered in time."""


class Worker:
    """One process of a module, and the folder it writes into. Ends with this object at the latest."""

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        self._files = tempfile.TemporaryDirectory(prefix="coach-voice-")
        self.folder = Path(self._files.name)
        self._complaints = self.folder / "stderr"
        command = python("-m", module, *arguments)
        with self._complaints.open("wb") as complaints:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints, encoding="utf-8"
            )
        self._answers: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(
            target=_forward, args=(self._process.stdout, self._answers), name="voice's answers", daemon=True
        ).start()
        self._end = weakref.finalize(self, _end, self._process)

    def ask(self, **question: str) -> None:
        """Send one line. A worker that is gone is noticed when its answer is waited for."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()

    def answer(self, timeout_s: float) -> dict[str, Any]:
        """Wait for the next line. Raises ClipError when the worker ends, NotYetError when it is silent."""
        try:
            line = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            raise NotYetError(f"no answer within {math.ceil(timeout_s)} s") from None
        if not line:
            raise ClipError(self._last_words())
        try:
            answer: dict[str, Any] = json.loads(line)
        except ValueError as error:  # half a line, of a process that was killed as it wrote
            raise ClipError("its process gave an incomplete answer") from error
        return answer

    def close(self) -> None:
        """End the process and remove its folder."""
        self._end()
        self._files.cleanup()

    def _last_words(self) -> str:
        try:
            self._process.wait(ENDS_S)
        except subprocess.TimeoutExpired:
            return "its process has stopped responding"
        lines = self._complaints.read_text("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"its process ended with {self._process.returncode}"


def _forward(lines: IO[str], answers: queue.SimpleQueue[str]) -> None:
    """Pass lines on, then an empty one: select() on pipes does not exist on Windows."""
    with contextlib.suppress(BaseException):  # whatever ends it is told by the empty line
        for line in lines:
            answers.put(line)
    answers.put("")


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            assert pipe is not None
            pipe.close()
