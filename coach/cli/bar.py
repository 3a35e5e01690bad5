"""Progress bars for long work: on a terminal only, and on stderr."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Step = Callable[[float, float], None]
"""Called with how much is done, and of how much."""


@contextmanager
def bar(what: str) -> Iterator[Step]:
    """Show a bar while the work goes on; give the function that moves it."""
    with bars([what]) as (step,):
        yield step


@contextmanager
def bars(whats: Sequence[str]) -> Iterator[list[Step]]:
    """Show a bar for each part of the work; give the functions that move them."""
    if not sys.stderr.isatty():
        yield [lambda _done, _total: None for _ in whats]
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        tasks = [progress.add_task(what, total=None) for what in whats]
        yield [partial(_move, progress, task) for task in tasks]


def _move(progress: "Progress", task: "TaskID", done: float, total: float) -> None:
    progress.update(task, completed=done, total=total)
