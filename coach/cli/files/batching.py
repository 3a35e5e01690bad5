"""Make many people's files with any executor; results come as they are ready, and what is lost is done again.

A job is a value and `make` a plain function, so that a process of this machine or of a cluster carries it out alike.
A file is made when it is there and the note beside it (in `.batch`) says that it was made of this very job: the old
file goes before the new note comes, so that whatever is killed when, no file is taken for what it is not.
"""

import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path

from coach.children import keep_pools_apart
from coach.cli.files.people import Wanted
from coach.errors import CoachError
from coach.library.routine import Routine

NOTES = ".batch"
LOST_IN_A_ROW = 3  # executors that broke without a single file in between


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be made: all that shapes it, and where it goes."""

    line: int
    routine: Routine
    pace: float
    voice: str | None
    target: Path
    """Absolute: a worker may stand elsewhere."""

    @property
    def note(self) -> Path:
        """Return the file beside it that says which job it was made of."""
        return self.target.parent / NOTES / f"{self.target.stem}.txt"

    @property
    def mark(self) -> str:
        """Return what tells this job from any other."""
        return hashlib.sha256(repr((self.routine, self.pace, self.voice)).encode()).hexdigest()

    @property
    def is_made(self) -> bool:
        """Tell whether the file is there, made of this very job."""
        try:
            return self.target.is_file() and self.note.read_text("utf-8") == self.mark
        except (OSError, UnicodeDecodeError):
            return False


@dataclass(frozen=True, slots=True)
class Result:
    job: Job
    problem: str | None = None
    """Why there is no file."""
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workers:
    """Where jobs are carried out."""

    open: Callable[[], AbstractContextManager[Executor]]
    lost: tuple[type[BaseException], ...]
    """What a job raises whose worker was lost."""


def jobs_of(wanted: Sequence[Wanted], folder: Path) -> tuple[Job, ...]:
    """Return a job for every person."""
    whole = folder.resolve()
    return tuple(Job(w.line, w.routine, w.pace, w.voice, whole / f"{w.file_name}.mp3") for w in wanted)


def make(job: Job) -> Result:
    """Make one file, unless it is there; a user's mistake is a result, no exception."""
    from coach.export.order import Order, fulfil
    from coach.export.target import written_whole
    from coach.timeline.step import Shape

    if job.is_made:
        return Result(job)
    messages: list[str] = []
    try:
        job.note.parent.mkdir(exist_ok=True)
        job.target.unlink(missing_ok=True)
        with written_whole(job.note) as beside:
            beside.write_text(job.mark, "utf-8")
        order = Order(job.routine, Shape(pace=job.pace), job.target, voice=job.voice, tell=messages.append)
        fulfil(order, _nothing, _nothing)
    except CoachError as error:
        return Result(job, str(error), tuple(messages))
    except OSError as error:
        return Result(job, f"{job.target}: can't be written ({error.strerror or error})", tuple(messages))
    return Result(job, messages=tuple(messages))


def carried_out(jobs: Sequence[Job], workers: Workers) -> Iterator[Result]:
    """Yield the result of every job, once, as they come. Jobs whose worker was lost are done again by new ones."""
    left = {job.target: job for job in jobs}
    lost = 0
    while left and lost < LOST_IN_A_ROW:
        before = len(left)
        with workers.open() as executor:
            futures = {executor.submit(make, job): job for job in left.values()}
            try:
                for future in as_completed(futures):
                    try:
                        result = future.result()
                    except workers.lost:
                        continue
                    del left[futures[future].target]
                    yield result
            finally:  # Ctrl-C: what runs is finished, what waits is not begun
                for future in futures:
                    future.cancel()
                executor.shutdown()
        lost = lost + 1 if len(left) == before else 0
    yield from (Result(job, f"its worker was killed, {LOST_IN_A_ROW} times in a row") for job in left.values())


def processes(count: int) -> Workers:
    """Carry jobs out in so many processes of this machine."""

    @contextmanager
    def opened() -> Iterator[Executor]:
        keep_pools_apart()
        # Spawned: a fork of a process with threads may hang.
        with ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin_worker) as pool:
            yield pool

    return Workers(opened, (BrokenProcessPool,))


def _begin_worker() -> None:
    """Let Ctrl-C be the main process's: a file that is being written is finished. But end with that process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the main process's end: killed, it would leave its workers waiting for jobs for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _nothing(_done: float, _of: float) -> None:
    """Show no progress: the main process does."""
