"""Track the level of continuous background talk, and find a voice that rises above it.

A radio, or somebody across the room, may talk without end. She is nearer to the microphone, so her word is louder than
that talk and becomes a segment of its own. Only continuous talk counts: people stress words, and a stressed word in
somebody else's sentence is no command.
"""

from collections import deque

import numpy as np

from coach.hearing.endpointing.silero_vad import FINE_FRAMES
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, db_of, rms

WINDOW = 5 * HEARING_HZ  # frames that count as recent
# `scripts/bench hearing` measures these: with less talk, or a smaller rise, stressed words of sentences rise too.
ENOUGH = round(2.5 * HEARING_HZ / FINE_FRAMES)  # chunks of speech in the window that make it continuous talk
LOUD_PERCENT = 90  # percentile of the chunks' levels that is the talk's level
ABOVE_DB = 5.0
RISES_AFTER = 2  # chunks in a row


class TalkLevel:
    """The levels of recent speech chunks."""

    def __init__(self) -> None:
        """Begin with no talk."""
        self._levels_db: deque[tuple[int, float]] = deque()
        self._above = 0

    def rises_above(self, level_db: float, end: int) -> float | None:
        """Take the next chunk of speech; return the level, dB, that a voice has just risen above. None where none has.

        Args: end: the frame that the chunk ends at.
        """
        bar_db = self._bar_db(end)
        self._levels_db.append((end, level_db))
        self._above = self._above + 1 if level_db > bar_db else 0
        return bar_db if self._above == RISES_AFTER else None

    def _bar_db(self, now: int) -> float:
        while self._levels_db and self._levels_db[0][0] <= now - WINDOW:
            self._levels_db.popleft()
        if len(self._levels_db) < ENOUGH:
            return float("inf")
        return float(np.percentile([level for _, level in self._levels_db], LOUD_PERCENT)) + ABOVE_DB


def level_db(chunk: Pcm) -> float:
    """Return a chunk's level in dB over one int16 step; 0 for silence."""
    return in_db(rms(chunk))


def in_db(rms_steps: float) -> float:
    """Return an rms in int16 steps as dB over one step; 0 for silence."""
    return db_of(rms_steps + 1)
