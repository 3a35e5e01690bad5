"""End a thread of this process from outside, as a fault would: at its next step it raises."""

import ctypes
import sys
import threading
import time
from collections.abc import Callable


class KilledError(BaseException):
    """No Exception: what catches all errors does not catch this."""


def threads_named(name: str) -> list[threading.Thread]:
    """Return the threads of a name that are alive."""
    return [thread for thread in threading.enumerate() if thread.name == name]


def kill_thread(name: str) -> None:
    """Let the threads of a name die at their next step, each once it waits for something.

    Amid a step a thread may have taken a lock and not yet entered the `with`: nobody would ever give it back.
    """
    found = threads_named(name)
    assert found, f"there is no thread {name}, only {[thread.name for thread in threading.enumerate()]}"
    for thread in found:
        wait_until(lambda: _waits(thread))  # noqa: B023  (asked at once)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(KilledError))


def _waits(thread: threading.Thread) -> bool:
    """Tell whether a thread stands still at one place, or is gone."""
    before = _place(thread)
    time.sleep(0.005)
    return _place(thread) == before


def _place(thread: threading.Thread) -> tuple[object, int] | None:
    frame = sys._current_frames().get(thread.ident or 0)
    return (frame.f_code, frame.f_lasti) if frame else None


def wait_until(true: Callable[[], object], patience_s: float = 30.0) -> None:
    """Wait until something becomes true."""
    until = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.01)
