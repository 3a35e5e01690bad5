"""The days on which strength and walks are due, for the coming weeks: what a calendar is told.

Every week has the same places: two for strength, five for walks. A place moves when she trains on another day, so it
can be found again in a calendar that has it already.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coach.training.history import History
from coach.training.week import REST_DAYS, STRENGTH_A_WEEK, WALK_MINUTES

WEEKS_AHEAD = 4
"""This one included."""
A_WALK_MINUTES = 30
WALKS_A_WEEK = WALK_MINUTES // A_WALK_MINUTES

# From one strength day to the next: three and four days make a week.
_TO_SECOND_DAYS, _TO_NEXT_WEEK_DAYS = 3, 4


class Kind(StrEnum):
    STRENGTH = "strength"
    WALK = "walk"


class Status(StrEnum):
    DUE = "due"
    DONE = "done"
    OFF = "off"
    """No day is left for it this week, or the week's minutes are walked."""


@dataclass(frozen=True, slots=True)
class DueDay:
    kind: Kind
    monday: date
    """Of its week."""
    number: int
    """Its place in the week, from 1."""
    day: date
    status: Status


def due_days(history: History, today: date, weeks: int = WEEKS_AHEAD) -> tuple[DueDay, ...]:
    """Return the places of the coming weeks, by week; strength first, then walks."""
    monday = today - timedelta(days=today.weekday())
    trained = history.days(date.min, today)
    before = [day for day in trained if day < monday]
    last = before[-1] if before else None
    found: list[DueDay] = []
    for week in range(weeks):
        first = monday + timedelta(weeks=week)
        strength = _strength(first, max(today, first), [day for day in trained if day >= first], last)
        walked = [(walk.day, walk.minutes) for walk in history.walks(first, today)] if week == 0 else []
        found += [*strength, *_walks(first, max(today, first), strength, walked)]
        last = max((place.day for place in strength if place.status is not Status.OFF), default=last)
    return tuple(found)


def _strength(monday: date, earliest: date, done: Sequence[date], last: date | None) -> list[DueDay]:
    """Return a week's two strength days: those done, then those due, 48 hours apart."""
    sunday = monday + timedelta(days=6)
    places = [(day, Status.DONE) for day in done[:STRENGTH_A_WEEK]]
    last = done[-1] if done else last
    while len(places) < STRENGTH_A_WEEK:
        gap = _TO_SECOND_DAYS if last is not None and last >= monday else _TO_NEXT_WEEK_DAYS
        wanted = earliest if last is None else max(earliest, min(last + timedelta(days=gap), sunday))
        possible = earliest if last is None else last + timedelta(days=REST_DAYS)
        if not possible <= wanted <= sunday:
            places.append((sunday, Status.OFF))
            continue
        places.append((wanted, Status.DUE))
        last = wanted
    return [DueDay(Kind.STRENGTH, monday, number, *place) for number, place in enumerate(places, 1)]


def _walks(
    monday: date, earliest: date, strength: Sequence[DueDay], walked: Sequence[tuple[date, float]]
) -> list[DueDay]:
    """Return a week's walks: the days walked, then days without strength until the minutes are full."""
    done = sorted({day for day, _ in walked})[:WALKS_A_WEEK]
    minutes = sum(minutes for _, minutes in walked)
    lacking = math.ceil(max(0.0, WALK_MINUTES - minutes) / A_WALK_MINUTES)
    taken = {*done, *(place.day for place in strength if place.status is not Status.OFF)}
    week = [monday + timedelta(days=number) for number in range(7)]
    free = [day for day in week if day >= earliest and day not in taken]
    room = min(lacking, WALKS_A_WEEK - len(done))
    places = [*((day, Status.DONE) for day in done), *((day, Status.DUE) for day in free[:room])]
    places += [(week[-1], Status.OFF)] * (WALKS_A_WEEK - len(places))
    return [DueDay(Kind.WALK, monday, number, *place) for number, place in enumerate(places, 1)]
