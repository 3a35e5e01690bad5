"""Summarize the week: what was done, what is due today, what is missing for the guidelines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach.library.exercise import Exercise
from coach.library.files import BALANCE
from coach.training import words
from coach.training.history import History
from coach.training.unfinished import unfinished

STRENGTH_A_WEEK = 2
BALANCE_A_WEEK = 2
BACK_A_WEEK = 2
WALK_MINUTES = 150
REST_DAYS = 2  # 48 hours, counted in days: trained on Monday, due again on Wednesday

RESUME = "a session was cut short today: coach run --resume picks it up, and counts it once"

_WHEN = {0: "You've already trained today", 1: "You trained yesterday"}

STRENGTH_SOURCE = "TFTF 2014 Table 4; Osteoporosis Canada 2023, 1.2; 48 hours: National Institute on Aging"
BALANCE_SOURCE = "Osteoporosis Canada 2023, 1.1; birddog.target"
BACK_SOURCE = "TFTF 2014 Table 4 (a little every day is better still); Osteoporosis Canada 2023, 1.2"
WALK_SOURCE = "TFTF 2014 Table 4 (150 minutes, in bouts of ten or more); cardio.do"


@dataclass(frozen=True, slots=True)
class Goal:
    what: str
    done: float
    goal: float
    unit: str
    source: str

    @property
    def lacks(self) -> float:
        """Return how much is missing for the goal."""
        return max(0.0, self.goal - self.done)


@dataclass(frozen=True, slots=True)
class Week:
    today: date
    due: bool
    """Strength is due today."""
    says: str
    """Why, or when it is due again."""
    goals: tuple[Goal, ...]
    notes: tuple[str, ...]
    """What has to be said besides, e.g. that the clock looks wrong."""


def week(history: History, exercises: Mapping[str, Exercise], today: date) -> Week:
    """Return the week from Monday to today."""
    monday = today - timedelta(days=today.weekday())
    strength = history.days(monday, today)
    due, says = _due(history, today, len(strength))
    walked = history.walked(today, today)
    if walked:
        says = f"{says} You walked {walked:g} {'minute' if walked == 1 else 'minutes'} today."
    goals = (
        Goal("strength", len(strength), STRENGTH_A_WEEK, "days", STRENGTH_SOURCE),
        Goal("balance", len(history.days(monday, today, _balance(exercises))), BALANCE_A_WEEK, "days", BALANCE_SOURCE),
        Goal("back extensors", len(history.days(monday, today, _back(exercises))), BACK_A_WEEK, "days", BACK_SOURCE),
        Goal("walking", history.walked(monday, today), WALK_MINUTES, "minutes", WALK_SOURCE),
    )
    return Week(today, due, says, goals, _notes(history, today))


def _balance(exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    """Return the steps of the balance hold: on one foot, standing. What else steadies her is no such exercise."""
    return tuple(exercise.id for exercise in exercises.values() if exercise.id.startswith(BALANCE))


def _back(exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    along_the_spine = {"extension.target", "birddog.target"}
    return tuple(exercise.id for exercise in exercises.values() if exercise.target_fact in along_the_spine)


def _due(history: History, today: date, done: int) -> tuple[bool, str]:
    trained = history.days(date.min, today)
    if not trained:
        what = "No strength training" if history.walks(last=today) else "Nothing"
        return True, f"{what} is on record yet: today's a good day to begin."
    last = trained[-1]
    days_ago = (today - last).days
    if days_ago < REST_DAYS:
        when = "today" if days_ago == 0 else "yesterday"
        again = words.day(last + timedelta(REST_DAYS))
        return False, f"You trained {when}: muscles need 48 hours. Strength is due again on {again}."
    ago = f"{words.number(days_ago)} days ago, on {words.weekday(last)}" if days_ago < 14 else f"on {words.day(last)}"
    if done >= STRENGTH_A_WEEK:
        return (
            False,
            f"You've had your {words.number(done)} strength days this week, and you last trained {ago}. "
            "One more would be fine.",
        )
    return True, f"Strength training is due today: you last trained {ago}."


def _notes(history: History, today: date) -> tuple[str, ...]:
    last = history.last_day()
    if last is not None and last > today:
        return (f"The history runs to {words.day(last)}: is the clock right? The days after today don't count yet.",)
    return ()


def too_soon(history: History, now: datetime) -> str | None:
    """Return what the welcome says where she trains again too soon; None: it is not.

    Going on with a session that broke off is not a second one.
    """
    today = now.date()
    left = unfinished(history, now)
    rows = history.db.execute(
        "SELECT max(s.day) FROM session s JOIN set_done d ON d.session = s.id"
        f" WHERE s.day BETWEEN ? AND ? AND d.done > 0 AND {history.counted} AND s.id IS NOT ?",
        ((today - timedelta(days=REST_DAYS - 1)).isoformat(), today.isoformat(), left.session if left else None),
    )
    day = rows.fetchone()[0]
    if day is None:
        return None
    return (
        f"{_WHEN[0 if day == today.isoformat() else 1]}, and muscles need forty-eight hours of rest, "
        "even after training with bands. "
        "A walk would do you more good today. You can finish here, and go for one instead."
    )
