"""Read the clock once for a whole session: two readings around midnight would give a day and a time that never met."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class ClockReading:
    """When a session begins: the day and the time, of one reading."""

    day: date
    """The training day."""
    at: datetime
    """On that day, with its offset from UTC."""


def now_on(day: date | None = None) -> ClockReading:
    """Read the clock; on another day it is the same time of that day."""
    at = datetime.now().astimezone()
    return (
        ClockReading(at.date(), at) if day is None else ClockReading(day, datetime.combine(day, at.time()).astimezone())
    )
