"""The plan as a calendar: `coach plan --ics FILE`."""

import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach.cli.training.planning import Plan
from coach.export.target import checked, written_whole
from coach.library.files import load_exercises
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.training.history import History
from coach.training.shape import shape
from coach.training.sharing.calendar import calendar
from coach.training.sharing.calendar_told import numbered
from coach.training.sharing.due_days import Status, due_days

STEP_MINUTES = 5
"""A session's length is rounded up to it."""


def checked_target(target: Path) -> Path:
    """Return a file that may be written, before anything else is done. Raises InputError."""
    return checked(target, ("ics",))


def write_calendar(target: Path, plan: Plan, history: History, file: Path, person: str) -> str:
    """Write the coming weeks, and return what is to be said. `file`: the history's; `person`: her key."""
    at = plan.profile.time_of_day
    events = numbered(file, due_days(history, plan.week.today), at, person)
    with written_whole(target) as beside:
        beside.write_bytes(calendar(events, at, _length(plan), datetime.now(UTC), plan.profile.name))
    due = sum(event.due.status is Status.DUE for event in events)
    again = "Import it into your calendar. If the days change, create the file again and import it again."
    return f"{target}: the next {due} sessions and walks, at {at:%H:%M}. {again}"


def _length(plan: Plan) -> timedelta:
    """Return about how long the due session takes."""
    due = shape(plan.safe.routine, plan.due, load_exercises(), plan.profile).routine
    minutes = build_timeline(due if due.blocks else plan.routine, estimate).length_s / 60
    return timedelta(minutes=STEP_MINUTES * math.ceil(minutes / STEP_MINUTES))
