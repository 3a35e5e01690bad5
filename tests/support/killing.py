"""End a thread of this process from outside, as a fault would: at its next step it raises."""

import ctypes
import threading
import time
from collections.abc import Callable


class KilledError(BaseException):
    """No Exception: what catches all errors does not catch this."""


def threads_named(name: str) -> list[threading.Thread]:
    """Return the threads of a name that are alive."""
    return [thread for thread in threading.enumerate() if thread.name == name]


def kill_thread(name: str) -> None:
    """Let the threads of a name die at their next step."""
    found = threads_named(name)
    assert found, f"there is no thread {name}, only {[thread.name for thread in threading.enumerate()]}"
    for thread in found:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(KilledError))


def wait_until(true: Callable[[], object], patience_s: float = 30.0) -> None:
    """Wait until something becomes true."""
    until = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.01)
