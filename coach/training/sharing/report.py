"""A report for the physiotherapist: what was planned and done, how hard it was, what hurt, and what changed. Values."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coach.training import progress
from coach.training.history import History
from coach.training.progress import Course
from coach.training.usability.asked import UsabilityRecord, asked_so_far
from coach.training.usability.scale import BENCHMARKS
from coach.training.week import STRENGTH_A_WEEK

USUAL_WEEKS, MOST_WEEKS = 12, 520

_STEPS = {
    "reps": "more reps",
    "sets": "one more set",
    "load": "more load",
    "variant": "the harder variant",
    "cleared": "begun again",
    "out": "left out",
}
"""What a rule changed; every other one that changed something is a step back."""

_SAID = frozenset({"it_hurts", "emergency"})  # what ends a set in the middle of a rep


class PainPlace(StrEnum):
    BACK = "back"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Hurt:
    """Once that it hurt, or that she asked for help."""

    day: date
    exercise: str
    side: str | None
    set_no: int
    rep: int
    """The rep in which she said so; the last one done where it was after the set. 0: before the first."""
    place: PainPlace | None
    """None: not said."""
    help_called: bool
    """She asked for help; whether it hurt was not said."""


@dataclass(frozen=True, slots=True)
class ReportedWeek:
    start: date
    planned: int
    """Strength days. 0 before the first session of all."""
    done: int
    walked: float
    """Minutes."""


@dataclass(frozen=True, slots=True)
class ReportedExercise:
    course: Course
    """Session by session."""
    planned: int
    """Reps, of both sides together."""
    done: int
    pauses: int
    hurts: tuple[Hurt, ...]

    @property
    def id(self) -> str:
        """Return the exercise's id."""
        return self.course.exercise

    @property
    def load_kg(self) -> float | None:
        """Return the last load that is known."""
        return next((point.load_kg for point in reversed(self.course.points) if point.load_kg is not None), None)

    @property
    def effort(self) -> int | None:
        """Return the last effort she named."""
        return next((point.effort for point in reversed(self.course.points) if point.effort is not None), None)


@dataclass(frozen=True, slots=True)
class ReportedChange:
    day: date
    exercise: str
    what: str
    why: str
    """The sentence that was said for it."""
    source: str


@dataclass(frozen=True, slots=True)
class Report:
    person: str | None
    first: date
    """A Monday."""
    today: date
    weeks: tuple[ReportedWeek, ...]
    """The last one is still running."""
    sessions: int
    completed: int
    exercises: tuple[ReportedExercise, ...]
    changes: tuple[ReportedChange, ...]
    usability: tuple[UsabilityRecord, ...]
    """Answered ones of all time, the earliest first."""

    @property
    def hurts(self) -> tuple[Hurt, ...]:
        """Return all of them, the latest first."""
        found = (hurt for exercise in self.exercises for hurt in exercise.hurts)
        return tuple(sorted(found, key=lambda hurt: hurt.day, reverse=True))

    @property
    def walked(self) -> float:
        """Return the minutes walked in these weeks."""
        return sum(week.walked for week in self.weeks)


def report(history: History, today: date, weeks: int = USUAL_WEEKS, person: str | None = None) -> Report:
    """Look back over so many weeks, the running one included."""
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    sessions, completed = _sessions(history, first, today)
    return Report(
        person=person or None,
        first=first,
        today=today,
        weeks=_weeks(history, first, today, weeks),
        sessions=sessions,
        completed=completed,
        exercises=_exercises(history, first, today),
        changes=_changes(history, first, today),
        usability=tuple(one for one in asked_so_far(history) if one.score is not None),
    )


def _sessions(history: History, first: date, today: date) -> tuple[int, int]:
    """Return how many sessions had at least one rep, and how many of them were done to the end."""
    row = history.db.execute(
        "SELECT count(*), coalesce(sum(s.reason IS 'completed'), 0) FROM session s"
        f" WHERE s.day BETWEEN ? AND ? AND {history.counted}"
        " AND EXISTS (SELECT 1 FROM set_done d WHERE d.session = s.id AND d.done > 0)",
        (first.isoformat(), today.isoformat()),
    ).fetchone()
    return int(row[0]), int(row[1])


def _weeks(history: History, first: date, today: date, weeks: int) -> tuple[ReportedWeek, ...]:
    begun = history.first_day()
    trained = history.days(first, today)
    walks = history.walks(first, today)
    found = []
    for number in range(weeks):
        start = first + timedelta(weeks=number)
        end = start + timedelta(days=6)
        planned = STRENGTH_A_WEEK if begun is not None and begun <= end else 0
        done = sum(start <= day <= end for day in trained)
        found.append(ReportedWeek(start, planned, done, math.fsum(w.minutes for w in walks if start <= w.day <= end)))
    return tuple(found)


def _exercises(history: History, first: date, today: date) -> tuple[ReportedExercise, ...]:
    hurts = _hurts(history, first, today)
    totals = history.db.execute(
        "SELECT d.exercise, sum(d.planned), sum(d.done), sum(d.pauses)"
        " FROM all_done d JOIN session s ON s.id = d.session"
        f" WHERE s.day BETWEEN ? AND ? AND {history.counted} GROUP BY d.exercise",
        (first.isoformat(), today.isoformat()),
    )
    sums = {str(exercise): (int(planned), int(done), int(pauses)) for exercise, planned, done, pauses in totals}
    found = []
    for course in progress.courses(history, today):
        points = tuple(point for point in course.points if point.day >= first.isoformat())
        if points:
            own = tuple(hurt for hurt in hurts if hurt.exercise == course.exercise)
            found.append(ReportedExercise(Course(course.exercise, points), *sums[course.exercise], own))
    return tuple(found)


def _hurts(history: History, first: date, today: date) -> tuple[Hurt, ...]:
    rows = history.db.execute(
        "SELECT s.day, d.exercise, d.side, d.set_no, d.done, d.planned, d.ended_by, d.pain, d.pain_back"
        " FROM all_done d JOIN session s ON s.id = d.session"
        f" WHERE s.day BETWEEN ? AND ? AND {history.counted} AND (d.pain OR d.ended_by = 'emergency')"
        " ORDER BY d.session, d.is_hold DESC, d.id",
        (first.isoformat(), today.isoformat()),
    )
    return tuple(
        Hurt(
            day=date.fromisoformat(day),
            exercise=exercise,
            side=side,
            set_no=set_no,
            rep=done + 1 if ended_by in _SAID and done < planned else done,
            place=None if back is None else PainPlace.BACK if back else PainPlace.ELSEWHERE,
            help_called=not pain,
        )
        for day, exercise, side, set_no, done, planned, ended_by, pain, back in rows
    )


def _changes(history: History, first: date, today: date) -> tuple[ReportedChange, ...]:
    found = progress.changes(history, today)
    return tuple(
        ReportedChange(
            date.fromisoformat(one.day), one.exercise, _STEPS.get(one.rule, "a step back"), one.why, one.source
        )
        for one in found
        if one.day >= first.isoformat()
    )


def as_json(found: Report) -> dict[str, object]:
    """Return the report in the documented shape and order of keys."""
    return {
        "person": found.person,
        "weeks": [
            {"start": week.start.isoformat(), "planned": week.planned, "done": week.done, "walked": week.walked}
            for week in found.weeks
        ],
        "exercises": [_exercise_json(exercise) for exercise in found.exercises],
        "changes": [
            {"day": one.day.isoformat(), "exercise": one.exercise, "what": one.what, "why": one.why}
            for one in found.changes
        ],
        "usability": _usability_json(found.usability),
    }


def _exercise_json(exercise: ReportedExercise) -> dict[str, object]:
    return {
        "id": exercise.id,
        "reps": exercise.done,
        "load_kg": None if exercise.load_kg is None else round(exercise.load_kg, 3),
        "effort": exercise.effort,
        "pain": [
            {"day": hurt.day.isoformat(), "side": hurt.side, "set": hurt.set_no, "rep": hurt.rep, "place": hurt.place}
            for hurt in exercise.hurts
            if not hurt.help_called
        ],
    }


def _usability_json(asked: tuple[UsabilityRecord, ...]) -> dict[str, object] | None:
    if not asked:
        return None
    last = asked[-1]
    return {
        "score": last.score,
        "day": last.day.isoformat(),
        "session": last.number,
        "answers": list(last.answers),
        "means": [{"of": mean.of, "mean": mean.mean, "source": mean.source} for mean in BENCHMARKS],
    }
