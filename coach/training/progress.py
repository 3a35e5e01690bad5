"""Summarize the whole history: each exercise's course, regularity, what changed and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from coach.training.history import History
from coach.training.rules import RULES
from coach.training.week import STRENGTH_A_WEEK

WEEKS_BACK = 8
"""Of adherence: the length of the trials that regular training is known from (Daly 2021)."""


@dataclass(frozen=True, slots=True)
class Point:
    """One exercise in one session."""

    day: str
    reps: int
    """All reps of one side, the better one."""
    load_kg: float | None
    effort: int | None
    pain: bool


@dataclass(frozen=True, slots=True)
class Course:
    exercise: str
    points: tuple[Point, ...]
    """By time."""


@dataclass(frozen=True, slots=True)
class Changed:
    day: str
    exercise: str
    rule: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Adherence:
    weeks: int
    """Whole weeks looked at, the running one apart."""
    met: int
    """Weeks with enough strength days."""
    days: int
    """Strength days in them."""
    counted: int = 0
    """Of them at most two a week: four in one week make up for no other."""

    @property
    def percent(self) -> int | None:
        """Return how many of the wanted strength days were trained, in percent; None before the first week."""
        return round(100 * self.counted / (STRENGTH_A_WEEK * self.weeks)) if self.weeks else None


@dataclass(frozen=True, slots=True)
class Walked:
    this_week: float
    """Minutes, from Monday on."""
    weeks: int
    """Whole weeks looked at, the running one apart."""
    minutes: float
    """In them."""


def walked(history: History, today: date) -> Walked | None:
    """Return the minutes walked lately; None where no walk is on record."""
    walks = history.walks(last=today)
    if not walks:
        return None
    monday = today - timedelta(days=today.weekday())
    first = walks[0].day - timedelta(days=walks[0].day.weekday())
    weeks = max(0, min(WEEKS_BACK, (monday - first).days // 7))
    before = history.walked(monday - timedelta(weeks=weeks), monday - timedelta(days=1)) if weeks else 0.0
    return Walked(history.walked(monday, today), weeks, before)


def courses(history: History, today: date) -> tuple[Course, ...]:
    """Return each exercise's course up to today."""
    rows = history.db.execute(
        "SELECT d.exercise, s.day, max(total(d.done) FILTER (WHERE d.side IS NOT 'left'),"
        " total(d.done) FILTER (WHERE d.side IS 'left')), max(d.load_kg), max(d.effort), max(d.pain)"
        f" FROM all_done d JOIN session s ON s.id = d.session WHERE {history.counted} AND s.day <= ?"
        " GROUP BY d.exercise, d.session ORDER BY d.exercise, s.at, d.session",
        (today.isoformat(),),
    )
    return tuple(
        Course(exercise, tuple(Point(row[1], int(row[2]), row[3], row[4], bool(row[5])) for row in group))
        for exercise, group in groupby(rows, key=lambda row: str(row[0]))
    )


_MOVES = ("reps", "sets", "load", "variant", "cleared", *(rule for rule in RULES if rule.endswith("-back")))


def changes(history: History, today: date, latest: int = -1) -> tuple[Changed, ...]:
    """Return the latest steps up or back (-1: all), with the sentence that was said for each."""
    marks = ", ".join("?" * len(_MOVES))
    rows = history.db.execute(
        "SELECT s.day, p.exercise, p.rule, p.why FROM planned p JOIN session s ON s.id = p.session"
        f" WHERE {history.counted} AND s.day <= ? AND p.rule IN ({marks})"
        " ORDER BY s.at DESC, p.session DESC, p.block DESC LIMIT ?",
        (today.isoformat(), *_MOVES, latest),
    )
    found = [Changed(day, exercise, rule, why or "", RULES[rule].source) for day, exercise, rule, why in rows]
    return tuple(reversed(found))


def adherence(history: History, today: date) -> Adherence:
    """Return how regularly strength was trained in the last whole weeks, from the first session on."""
    first = history.first_day()
    monday = today - timedelta(days=today.weekday())
    if first is None:
        return Adherence(0, 0, 0)
    first_monday = first - timedelta(days=first.weekday())
    weeks = max(0, min(WEEKS_BACK, (monday - first_monday).days // 7))
    days = history.days(monday - timedelta(weeks=weeks), monday - timedelta(days=1)) if weeks else ()
    in_weeks = [len(list(group)) for _, group in groupby(days, key=lambda day: day.toordinal() - day.weekday())]
    met = sum(count >= STRENGTH_A_WEEK for count in in_weeks)
    return Adherence(weeks, met, len(days), sum(min(count, STRENGTH_A_WEEK) for count in in_weeks))
