"""A priority queue of log entries by mixer frame: what is mixed now sounds a little later, and is logged then."""

import heapq
import itertools
from dataclasses import replace

from coach.log.entries import Entry
from coach.sound.clip import RATE_HZ, frames_of


class PendingEntries:
    """Entries by the mixer frame they belong to."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, Entry]] = []
        self._numbers = itertools.count()

    def add(self, frame: int, entry: Entry) -> None:
        """Let an entry wait for its frame; its time is filled in then."""
        heapq.heappush(self._waiting, (frame, next(self._numbers), entry))

    def until(self, clock_s: float, late_s: float) -> list[Entry]:
        """Return what is due at this time of the session clock, in order, and forget it."""
        entries: list[Entry] = []
        if not self._waiting:
            return entries
        frame = frames_of(clock_s - late_s)
        while self._waiting and self._waiting[0][0] <= frame:
            at, _, entry = heapq.heappop(self._waiting)
            entries.append(replace(entry, t=at / RATE_HZ + late_s))
        return entries
