"""Ctrl-C, a request to end and a closed terminal: the log is kept, the terminal is put back, the exit code is 130."""

import contextlib
import signal
from collections.abc import Iterator

from coach.log.entries import FinishEntry
from coach.log.writer import LogWriter

INTERRUPTED = 130
"""The exit code."""


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGTERM (a request to end) and SIGHUP (a closed terminal) be the same as Ctrl-C."""

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def interrupt(_number: int, _frame: object) -> None:
        for name in names:  # a closed terminal sends more than one: none may cut the end short
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {name: signal.signal(getattr(signal, name), interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@contextlib.contextmanager
def interruptions_logged(log: LogWriter) -> Iterator[None]:
    """Finish the log of a session that is interrupted before it began."""
    try:
        yield
    except KeyboardInterrupt:
        log.add(FinishEntry(0.0, "interrupted", 0, 0))
        raise


@contextlib.contextmanager
def interruptions_wait() -> Iterator[None]:
    """Hold Ctrl-C back until the block is over: libraries that load swallow it, or take it for a broken install."""
    waiting: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if waiting:
        raise KeyboardInterrupt
