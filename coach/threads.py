"""Threads that can't die unseen: whatever one raises is reported, and its work is begun anew (supervision)."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.02, 2.0  # before work is begun anew; longer each time
LASTS_S = 10.0  # work that went on for so long begins anew at once

Report = Callable[[str], None]
"""Takes one line about a fault, from any thread."""


def nobody(_what: str) -> None:
    """Report to nobody: where there is no session that could tell it."""


def described(fault: BaseException) -> str:
    """Return a fault as one line: its kind, and what it says."""
    said = str(fault).strip().splitlines()
    return f"{type(fault).__name__}: {said[0]}" if said else type(fault).__name__


class Faults:
    """What threads reported, until the session's loop takes it."""

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()

    def report(self, what: str) -> None:
        """Let it be told soon."""
        self._waiting.append(what)

    def taken(self) -> list[str]:
        """Return what was reported since the last call, in order."""
        return [self._waiting.popleft() for _ in range(len(self._waiting))]


class LastFault:
    """The fault of the last look at a session, as one line; None where it had none."""

    def __init__(self) -> None:
        self.line: str | None = None

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep what is raised in here, and let it pass."""
        try:
            yield
        except Exception as fault:
            self.line = described(fault)
            raise
        self.line = None


class WatchedThread:
    """A daemon thread that works until its work returns; a fault only interrupts it.

    The work itself has to be one that can be begun anew: it takes up what it had in hand.
    """

    def __init__(self, name: str, work: Callable[[], None], report: Report = nobody) -> None:
        """Start at once."""
        self._name, self._work, self._report = name, work, report
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end of the work."""
        self._thread.join(timeout)

    def is_alive(self) -> bool:
        """Tell whether it still works."""
        return self._thread.is_alive()

    def _run(self) -> None:
        pause_s = 0.0
        while True:
            began_s = time.monotonic()
            try:
                time.sleep(pause_s)
                return self._work()
            except BaseException as fault:  # noqa: BLE001  (a thread: what is not told here is lost)
                self._report(f"{self._name}: {described(fault)}")
            lasted_s = time.monotonic() - began_s - pause_s
            pause_s = FIRST_PAUSE_S if lasted_s > LASTS_S else min(max(2 * pause_s, FIRST_PAUSE_S), LONGEST_PAUSE_S)
