"""The day that a command takes for today: `--today`, or the clock's."""

import re
from datetime import date

from coach.clock import ClockReading, now_on
from coach.errors import InputError

_DAY = re.compile(r"(?:19|20|21)\d\d-\d\d-\d\d")


def now_of(today: str | None) -> ClockReading:
    """Read the clock, once; on a day that is given it is the same time of that day. InputError for what is no day."""
    return now_on() if today is None else now_on(day_of(today))


def day_of(today: str | None, option: str = "--today") -> date:
    """Read YYYY-MM-DD; None: the clock's day. InputError for what is no day."""
    if today is None:
        return date.today()
    try:
        if not _DAY.fullmatch(today):
            raise ValueError
        return date.fromisoformat(today)
    except ValueError as error:
        raise InputError(f"{option} {today!r} isn't a date; write it as YYYY-MM-DD, e.g. 2027-05-04") from error
