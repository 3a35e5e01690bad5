"""Notice that the machine slept: clocks that count sleep and clocks that don't have come apart."""

import ctypes
import sys
import time
from collections.abc import Callable

SHORTEST_S = 1.0
"""Less than this is no sleep: two clocks are never read at the same moment."""


def slept_in_all_s() -> float:
    """Return how long the machine has slept, in seconds from a moment that stays the same."""
    if sys.platform == "win32":
        awake = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(awake))  # 100 ns
        return time.monotonic() - awake.value * 1e-7
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC) - time.clock_gettime(time.CLOCK_UPTIME_RAW)
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    return 0.0


class SleepWatch:
    """Tells how long the machine slept since it was last asked."""

    def __init__(self, slept_in_all_s: Callable[[], float] = slept_in_all_s) -> None:
        self._slept_in_all_s = slept_in_all_s
        self._known_s = slept_in_all_s()

    def slept_s(self) -> float:
        """Return the seconds of a sleep that is over, once; 0.0 where there was none."""
        found_s = self._slept_in_all_s()
        slept_s = found_s - self._known_s
        self._known_s = max(self._known_s, found_s)  # a reading that was held up between the clocks is too low
        return slept_s if slept_s >= SHORTEST_S else 0.0
