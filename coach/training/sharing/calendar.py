"""Due days as an iCalendar file (RFC 5545). The gate to icalendar.

Times are floating: nine o'clock is nine o'clock wherever she is, in summer time and out of it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event, vText

from coach.training.sharing.calendar_told import Numbered
from coach.training.sharing.due_days import A_WALK_MINUTES, Kind, Status

ALARM_BEFORE = timedelta(minutes=15)
_ABOUT = (
    "Moved or missed a day? Make the calendar file again with coach plan --ics and import it: "
    "the coming days will be updated."
)


def calendar(events: Sequence[Numbered], at: time, strength: timedelta, now: datetime, name: str = "") -> bytes:
    """Write the file. `at`: the time of day; `strength`: how long it takes; `now`: when it is written; `name`: hers."""
    found = Calendar()
    found.add("prodid", "-//coach//training plan//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    # As text: icalendar does not escape what begins with X- by itself.
    found.add("x-wr-calname", vText(f"Training: {name}" if name else "Training"))
    for event in events:
        found.add_component(_event(event, at, strength, now))
    return bytes(found.to_ical())


def _event(numbered: Numbered, at: time, strength: timedelta, now: datetime) -> Event:
    due = numbered.due
    title, length = _titled(due.kind, strength)
    event = Event()
    event.add("uid", numbered.uid)
    event.add("sequence", numbered.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", datetime.combine(due.day, at))
    event.add("duration", length)
    event.add("summary", title)
    event.add("description", _ABOUT)
    event.add("status", "CANCELLED" if due.status is Status.OFF else "CONFIRMED")
    if due.status is Status.DUE:
        event.add_component(_alarm(title))
    return event


def _titled(kind: Kind, strength: timedelta) -> tuple[str, timedelta]:
    if kind is Kind.WALK:
        return f"Brisk walk, {A_WALK_MINUTES} minutes", timedelta(minutes=A_WALK_MINUTES)
    return "Strength training", strength


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm
