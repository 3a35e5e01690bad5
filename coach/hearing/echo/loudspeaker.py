"""How hard is the loudspeaker driven? One driven too hard flattens the peaks, and no linear filter takes that away.

The curve is one of a row of saturations told apart by a single number (Stenger and Kellermann 2000 put such a curve
before a linear filter, too). It is found by trial: the last seconds are learned again with the curves of the row, and
the one that leaves least is kept. Where a loudspeaker clips gently, 28 dB are removed so instead of 11; where it clips
hard or along another curve, 10 to 20 instead of 5 to 12 (measured). Looks are seldom: one takes some 0.1 s of a core.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from coach.hearing.echo.alignment import Block

DRIVES = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
"""The signal is multiplied so before the curve; 0 is clean, 4 clips gently, 12 heavily."""

POOR = 0.04
"""Left of the microphone's power: where a filter removes 13 dB, there is nothing to look for."""
CLEARLY = 0.8
"""What is clearly better leaves so much of what the other leaves, 1 dB less."""
_WAIT, _LONGEST_WAIT = 100, 1_600  # blocks of the coach, 2 s and 32 s

Learned = TypeVar("Learned")


def saturate(played: Block, drive: float) -> Block:
    """Return what a loudspeaker driven so hard makes of a sound; faint sounds keep their level."""
    if not drive:
        return played
    curve: Block = np.tanh(np.float32(drive) * played) / np.float32(drive)
    return curve


@dataclass(frozen=True, slots=True)
class DriveFit(Generic[Learned]):
    """What was learned with one drive."""

    drive: float
    left: float
    """Mean power that it leaves."""
    learned: Learned


def fit_drive(drive: float, learn: Callable[[float], tuple[float, Learned]]) -> DriveFit[Learned]:
    """Return what leaves least; with the drive given unless another is clearly better.

    Args: learn: takes a drive; returns the power left with it, and what learned it.
    """
    fits: dict[float, DriveFit[Learned]] = {}

    def best_of(drives: Sequence[float]) -> DriveFit[Learned]:
        for each in drives:
            if each not in fits:
                fits[each] = DriveFit(each, *learn(each))
        return min(fits.values(), key=lambda fit: fit.left)

    at = DRIVES.index(best_of([drive, *DRIVES[::2]]).drive)
    best = best_of(DRIVES[max(0, at - 1) : at + 2])
    return best if best.left < CLEARLY * fits[drive].left else fits[drive]


class SearchSchedule:
    """Tells when so little of the coach is taken away that its loudspeaker may be driven hard.

    Waits twice as long after each look that brought nothing: in a loud kitchen little is taken away, too.
    """

    def __init__(self) -> None:
        self._left: deque[float] = deque(maxlen=_WAIT)
        self._since = 0
        self._wait = _WAIT

    def due(self, mic: float, rest: float) -> bool:
        """Take the powers of a block in which the coach sounds, as heard and as left; tell whether to look now."""
        self._left.append(rest / mic)
        self._since += 1
        return self._since >= self._wait and sorted(self._left)[len(self._left) // 4] > POOR

    def looked(self, *, found: bool) -> None:
        """Wait again: as at the start where another curve was found, else longer."""
        self._since = 0
        self._wait = _WAIT if found else min(2 * self._wait, _LONGEST_WAIT)
