"""How loud the talk of the last seconds was: a voice that is clearly louder rises above it.

A radio or somebody across the room may talk without end. She is nearer to the microphone, so her word rises above that
talk, and what rises is heard by itself.
"""

from collections import deque

import numpy as np

from coach.hearing.ears import HEARING_HZ, Pcm
from coach.hearing.silero_vad import FINE_FRAMES

LATELY = round(3.0 * HEARING_HZ / FINE_FRAMES)  # chunks of talk that count
ENOUGH = round(1.0 * HEARING_HZ / FINE_FRAMES)  # with less nothing can be told: a phrase may grow louder by itself
LOUD_PERCENT = 90  # of the chunks are softer than what counts as the talk's level
# Of 112 words 10 dB above talk 104 rise by so much, and in 310 s of that talk four other things; with 3 dB 111 and 8,
# with 5 dB 94 and 3.
ABOVE_DB = 4.0
RISES_AFTER = 2  # chunks in a row


class TalkLevel:
    def __init__(self) -> None:
        self._levels_db: deque[float] = deque(maxlen=LATELY)
        self._above = 0

    def rises_above(self, level_db: float) -> float | None:
        """Take the next chunk of speech. Where a voice rises with it return the level that it has risen above, dB."""
        bar_db = self._bar_db()
        self._levels_db.append(level_db)
        self._above = self._above + 1 if level_db > bar_db else 0
        return bar_db if self._above == RISES_AFTER else None

    def _bar_db(self) -> float:
        if len(self._levels_db) < ENOUGH:
            return float("inf")
        return float(np.percentile(self._levels_db, LOUD_PERCENT)) + ABOVE_DB


def level_db(chunk: Pcm) -> float:
    """Return a chunk's level in dB over one int16 step; 0 for silence."""
    return float(20 * np.log10(np.sqrt(np.mean(np.square(chunk, dtype=np.float64))) + 1))
