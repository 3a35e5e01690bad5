"""Hold the machine awake while a session runs (a wake lock). The only file that imports wakepy.

Asks for the machine alone, or for its screen too; where the one is refused, for the other. A session manager that does
not answer blocks for seconds, so all of it happens in a thread of its own.
"""

import contextlib
import logging
import threading
from typing import TYPE_CHECKING

from coach.threads import Report, WatchedThread, nobody

if TYPE_CHECKING:
    from wakepy import Mode

LETTING_GO_S = 1.0
"""A manager that does not answer is waited for this long. The lock goes with the process."""


class WakeLock:
    """Keeps the machine awake from now until it is closed."""

    def __init__(self, *, screen: bool = False, report: Report = nobody) -> None:
        """Ask for it, without waiting for an answer. `screen`: it is looked at, so it shall not go dark."""
        self._screen = screen
        self._method: str | None = None
        self._settled, self._closing = threading.Event(), threading.Event()
        self._thread = WatchedThread("awake", self._hold, report)

    @property
    def settled(self) -> bool:
        """Tell whether it is known by now what holds the machine awake, or that nothing does."""
        return self._settled.is_set()

    @property
    def method(self) -> str | None:
        """Return what holds the machine awake, as wakepy names it; None where nothing does."""
        return self._method

    def wait(self, patience_s: float) -> None:
        """Wait until it is settled."""
        self._settled.wait(patience_s)

    def close(self) -> None:
        """Let go."""
        self._closing.set()
        self._thread.join(LETTING_GO_S)

    def _hold(self) -> None:
        """Enter and leave in one thread, as wakepy wants it."""
        mode, self._method = _entered(self._screen)
        self._settled.set()
        try:
            self._closing.wait()
        finally:
            if mode is not None:
                _left(mode)


def _entered(screen: bool) -> "tuple[Mode | None, str | None]":
    logging.getLogger("wakepy").addHandler(logging.NullHandler())  # else its warnings reach the terminal
    try:
        from wakepy import keep
    except ImportError:
        return None, None
    for make in (keep.presenting,) if screen else (keep.running, keep.presenting):
        mode = make(on_fail="pass")
        with contextlib.suppress(Exception):  # a broken bus or manager: whatever it says, nothing holds
            mode.__enter__()
            if mode.active and mode.method is not None:
                return mode, mode.method.name
        _left(mode)
    return None, None


def _left(mode: "Mode") -> None:
    with contextlib.suppress(Exception):  # the manager or its bus is gone, and the lock with it
        mode.__exit__(None, None, None)
