"""Model an overdriven loudspeaker, whose distortion no linear filter can remove: a saturation curve before the filter.

One number, the drive, selects the curve (a memoryless nonlinearity, as in Stenger and Kellermann 2000). It is found by
trial: filters learn the last seconds with several drives, and the one that leaves the least echo wins. A trial costs
much, so trials are rare. `scripts/bench echo` measures the gain on gently and hard clipping loudspeakers.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from coach.hearing.echo.sample_history import Block

DRIVES = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0)
"""Gains before the saturation; 0 is clean, 4 clips gently, 12 heavily."""

POOR = 0.04
"""Share of the microphone's power, 13 dB removed: a filter that leaves less needs no search."""
CLEARLY_BETTER = 0.8
"""Share of another drive's residual power: 1 dB less counts as better."""
_WAIT, _LONGEST_WAIT = 100, 1_600  # blocks of the coach, 2 s and 32 s

Learned = TypeVar("Learned")


def saturate(played: Block, drive: float) -> Block:
    """Return what a loudspeaker with this drive makes of a sound; faint sounds keep their level."""
    if not drive:
        return played
    curve: Block = np.tanh(np.float32(drive) * played) / np.float32(drive)
    return curve


@dataclass(frozen=True, slots=True)
class DriveFit(Generic[Learned]):
    """What was learned with one drive."""

    drive: float
    residual: float
    """Mean power that it leaves."""
    learned: Learned


def fit_drive(current: float, learn: Callable[[float], tuple[float, Learned]]) -> DriveFit[Learned]:
    """Return the drive that leaves the least; the current one unless another is clearly better.

    Args: learn: takes a drive; returns the residual power, and the filter that learned with it.
    """
    fits: dict[float, DriveFit[Learned]] = {}

    def best_of(drives: Sequence[float]) -> DriveFit[Learned]:
        for each in drives:
            if each not in fits:
                fits[each] = DriveFit(each, *learn(each))
        return min(fits.values(), key=lambda fit: fit.residual)

    at = DRIVES.index(best_of([current, *DRIVES[::2]]).drive)
    best = best_of(DRIVES[max(0, at - 1) : at + 2])
    return best if best.residual < CLEARLY_BETTER * fits[current].residual else fits[current]


class SearchSchedule:
    """Tells when to search for another drive: where the filter removes little of the coach.

    The wait doubles after each search without success, for in a loud kitchen little is removed either way.
    """

    def __init__(self) -> None:
        self._shares: deque[float] = deque(maxlen=_WAIT)
        self._since_search = 0
        self._wait = _WAIT

    def due(self, mic_power: float, residual_power: float) -> bool:
        """Take the powers of a block in which the coach is heard; tell whether to search now."""
        self._shares.append(residual_power / mic_power)
        self._since_search += 1
        # The best quarter: her voice makes the filter look worse.
        return self._since_search >= self._wait and sorted(self._shares)[len(self._shares) // 4] > POOR

    def searched(self, *, found: bool) -> None:
        """Restart the wait: the first one if another drive was found, else twice the last."""
        self._since_search = 0
        self._wait = _WAIT if found else min(2 * self._wait, _LONGEST_WAIT)
