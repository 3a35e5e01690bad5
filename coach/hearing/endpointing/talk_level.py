"""How loud the talk of the last seconds was: a voice that is clearly louder rises above it.

A radio or somebody across the room may talk without end. She is nearer to the microphone, so her word rises above that
talk, and what rises is heard by itself. It must be talk that goes on: people stress words, and a stressed word of
somebody else's sentence is no command.
"""

from collections import deque

import numpy as np

from coach.hearing.endpointing.silero_vad import FINE_FRAMES
from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, db_of, rms

LATELY = 5 * HEARING_HZ  # frames
# Of talk in them. Of 168 words 10 dB above talk without pauses 166 rise so, of 168 above people who order coffee, and
# pause, 38; in 71 minutes of sentences with two seconds between them one thing rises, and with 1 s and 4 dB 61 do.
ENOUGH = round(2.5 * HEARING_HZ / FINE_FRAMES)  # chunks
LOUD_PERCENT = 90  # of the chunks are softer than what counts as the talk's level
ABOVE_DB = 5.0
RISES_AFTER = 2  # chunks in a row


class TalkLevel:
    def __init__(self) -> None:
        self._levels_db: deque[tuple[int, float]] = deque()
        self._above = 0

    def rises_above(self, level_db: float, end: int) -> float | None:
        """Take the next chunk of speech and the frame that it ends at.

        Where a voice rises with it return the level that it has risen above, dB.
        """
        bar_db = self._bar_db(end)
        self._levels_db.append((end, level_db))
        self._above = self._above + 1 if level_db > bar_db else 0
        return bar_db if self._above == RISES_AFTER else None

    def _bar_db(self, now: int) -> float:
        while self._levels_db and self._levels_db[0][0] <= now - LATELY:
            self._levels_db.popleft()
        if len(self._levels_db) < ENOUGH:
            return float("inf")
        return float(np.percentile([level for _, level in self._levels_db], LOUD_PERCENT)) + ABOVE_DB


def level_db(chunk: Pcm) -> float:
    """Return a chunk's level in dB over one int16 step; 0 for silence."""
    return in_db(rms(chunk))


def in_db(rms_steps: float) -> float:
    """Return an rms in int16 steps as `level_db` has it."""
    return db_of(rms_steps + 1)
