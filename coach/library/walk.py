"""Define a walk: how long, how many steps a minute, and where. Plain values, checked as they are made."""

from dataclasses import dataclass
from enum import StrEnum

from coach.errors import InputError

LEAST_MINUTES, MOST_MINUTES = 1, 120
USUAL_MINUTES = 20  # brisk walking of 20 minutes a day is what even a fractured spine is advised (ROS 2022)
SLOWEST_CADENCE, FASTEST_CADENCE = 90, 135
"""Steps a minute: 100 are moderate effort for anybody up to 85, 130 are vigorous (CADENCE-Adults 2019 to 2021)."""
USUAL_CADENCE = 110
CADENCE_STEP = 5
"""Of "faster" and "slower": less is hardly felt."""


class Ground(StrEnum):
    OUTSIDE = "outside"
    SPOT = "spot"
    TREADMILL = "treadmill"


@dataclass(frozen=True, slots=True)
class Walk:
    minutes: int
    """Ramps included."""
    cadence: int
    """Steps a minute between the ramps."""
    ground: Ground = Ground.OUTSIDE
    notes: tuple[str, ...] = ()
    """Sentences for the welcome: what is different today, and why."""


def checked_walk(minutes: int, cadence: int, ground: str) -> Walk:
    """Return a walk within its bounds. Raises InputError out of them."""
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise InputError(f"--minutes {minutes}: must be {LEAST_MINUTES} to {MOST_MINUTES}")
    if not SLOWEST_CADENCE <= cadence <= FASTEST_CADENCE:
        raise InputError(f"--cadence {cadence}: must be {SLOWEST_CADENCE} to {FASTEST_CADENCE} steps a minute")
    if ground not in list(Ground):
        raise InputError(f"--where {ground}: choose one of {', '.join(Ground)}")
    return Walk(minutes, cadence, Ground(ground))
