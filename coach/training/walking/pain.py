"""Decide what pain in the last walk means for the next one: ask first, or walk less and slower."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from coach.library.walk import SLOWEST_CADENCE, Walk
from coach.training import words
from coach.training.history import WALKED, History

WALK = "walk"
"""The routine of a session that is a walk; there is one only where it hurt."""
STEPS_FEWER = 10
"""A minute: two steps of "slower". Ours."""
GENTLER = "You had some pain on your last walk, so today's is slower and half as long."


@dataclass(frozen=True, slots=True)
class WalkPain:
    """Pain in the last walk, of which no clinician has said yet that it is fine."""

    session: int
    day: date
    asks: bool
    """Her back, a place that she did not name, or pain twice running: no walk before a clinician agreed."""

    @property
    def line(self) -> str:
        """Return what is to be read about it."""
        if not self.asks:
            return GENTLER
        return (
            f"It hurt on your last walk, on {words.day(self.day)}. Please don't walk or train again until a doctor or "
            "physiotherapist has said you can."
        )


def walk_pain(history: History) -> WalkPain | None:
    """Return the pain of the last walk; None where it did not hurt, or a clinician has agreed since."""
    rows = history.db.execute(
        f"SELECT s.id, s.day, s.cleared, s.pain_place FROM session s WHERE {history.counted} AND {WALKED}"
        " ORDER BY s.at DESC, s.id DESC LIMIT 2"
    )
    if not rows or rows[0][2] is not None:
        return None
    session, day, _, place = rows[0]
    hurt = date.fromisoformat(day)
    if place != "elsewhere":
        return WalkPain(session, hurt, asks=True)
    if _walked_between(history, hurt, date.max):
        return None
    before = [date.fromisoformat(row[1]) for row in rows[1:] if row[2] is None]
    twice = any(not _walked_between(history, other, hurt) for other in before)
    return WalkPain(session, hurt, asks=twice)


def _walked_between(history: History, after: date, before: date) -> bool:
    """Tell whether there was a walk on a day in between, which then was one without pain."""
    last = before - timedelta(days=1) if before < date.max else before
    return bool(history.walks(after + timedelta(days=1), last))


def gentler(walk: Walk) -> Walk:
    """Return a walk of half the length, at fewer steps a minute, which says why."""
    cadence = max(SLOWEST_CADENCE, walk.cadence - STEPS_FEWER)
    return replace(walk, minutes=-(-walk.minutes // 2), cadence=cadence, notes=(GENTLER,))
