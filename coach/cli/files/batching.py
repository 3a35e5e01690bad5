"""Make many people's files with any executor; results come as they are ready, and what is lost is done again.

A job is a value and `make` a plain function, so that a process of this machine or of a cluster carries it out alike.
A file is made when it is there and the note beside it (in `.batch`) says that it was made of this very job: the old
note goes first and the new one comes last, so that whatever is killed when, no file is taken for what it is not.
"""

import hashlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING

from coach.children import keep_pools_apart
from coach.cli.files.guide import write_page
from coach.cli.files.people import Wanted
from coach.errors import CoachError, InputError
from coach.library.routine import Routine

if TYPE_CHECKING:
    from coach.export.order import Exported
    from coach.speech.two_voices import Tell

NOTES = ".batch"
LOST_IN_A_ROW = 3  # executors that broke without a single file in between


@dataclass(frozen=True, slots=True)
class Job:
    """One file, or one folder of tracks, to be made: all that shapes it, and where it goes."""

    wanted: Wanted
    target: Path
    """Absolute: a worker may stand elsewhere."""
    guide: bool = False
    """Also her page, beside it."""
    cache: Path | None = None
    """Where clips and passages are kept; None: each machine's own cache."""

    @property
    def line(self) -> int:
        """Return its line in the list."""
        return self.wanted.line

    @property
    def routine(self) -> Routine:
        """Return its routine."""
        return self.wanted.routine

    @property
    def page(self) -> Path:
        """Return where her page goes."""
        return self.target.parent / f"{self.wanted.file_name}.html"

    @property
    def note(self) -> Path:
        """Return the file beside it that says which job it was made of."""
        return self.target.parent / NOTES / f"{self.wanted.file_name}.txt"

    @property
    def mark(self) -> str:
        """Return what tells this job from any other, wherever it stands in a list."""
        shaped_by = replace(self.wanted, line=0, told=())
        return hashlib.sha256(repr((shaped_by, self.target.name, self.guide)).encode()).hexdigest()

    @property
    def is_made(self) -> bool:
        """Tell whether all of it is there, made of this very job."""
        try:
            return (
                self.target.exists()
                and (self.page.is_file() or not self.guide)
                and self.note.read_text("utf-8") == self.mark
            )
        except (OSError, UnicodeDecodeError):
            return False


@dataclass(frozen=True, slots=True)
class Result:
    job: Job
    problem: str | None = None
    """Why there is no file."""
    messages: tuple[str, ...] = ()
    length_s: float = field(default=0.0, compare=False)
    size: int = field(default=0, compare=False)
    """In bytes, of all its sound."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Where jobs are carried out."""

    open: Callable[[], AbstractContextManager[Executor]]
    lost: tuple[type[BaseException], ...]
    """What a job raises whose worker was lost."""


def jobs_of(wanted: Sequence[Wanted], folder: Path, *, guide: bool = False, shared: bool = False) -> tuple[Job, ...]:
    """Return a job for every person. `guide`: also a page, where the list does not say otherwise.

    `shared`: clips and passages are kept beside the files, where workers of several machines find them.
    """
    whole = folder.resolve()
    cache = whole / NOTES / "cache" if shared else None
    return tuple(
        Job(
            each,
            whole / (each.file_name if each.split else f"{each.file_name}.{each.kind}"),
            guide if each.guide is None else each.guide,
            cache,
        )
        for each in wanted
    )


def make(job: Job) -> Result:
    """Make one file, unless it is there; a user's mistake is a result, no exception."""
    if job.is_made:
        return Result(job)
    messages: list[str] = []
    try:
        made = _made(job, messages.append)
    except CoachError as error:
        return Result(job, str(error), tuple(messages))
    except OSError as error:
        return Result(job, f"{job.target}: can't be written ({error.strerror or error})", tuple(messages))
    size = sum(path.stat().st_size for path in made.files)
    return Result(job, None, tuple(messages), made.timeline.length_s, size)


def _made(job: Job, tell: "Tell") -> "Exported":
    """Make all of a job; its note comes last, and none of an earlier job stays."""
    from coach.export.order import Order, fulfil
    from coach.export.target import written_whole

    job.note.parent.mkdir(exist_ok=True)
    job.note.unlink(missing_ok=True)
    _make_way(job)
    each = job.wanted
    order = Order(
        each.routine,
        each.shape,
        job.target,
        each.kind,
        each.voice,
        each.speech_rate,
        split=each.split,
        words=each.words,
        music=each.music,
        title=each.title,
        cache=job.cache,
        encoders=1,  # each core has a worker
        tell=tell,
    )
    made = fulfil(order, _nothing, _nothing)
    if job.guide:
        write_page(each.routine, job.page, each.address)
    with written_whole(job.note) as beside:
        beside.write_text(job.mark, "utf-8")
    return made


def _make_way(job: Job) -> None:
    """Remove an earlier file of this name, so that none is left that is not what the list says."""
    if not job.target.is_dir():
        job.target.unlink(missing_ok=True)
    elif not job.wanted.split:
        raise InputError(f"{job.target}: is a folder; move it away, or choose another place")


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
    yield from (
        Result(
            job,
            f"its worker process was killed {LOST_IN_A_ROW} times in a row; give it more memory, or use fewer workers",
        )
        for job in left.values()
    )


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
