"""When the usability scale is asked, and what was answered so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coach.session.record import UsabilitySaid
from coach.training.history import History
from coach.training.usability.scale import score

ASKED_AFTER = (3, 20)  # sessions: once she knows it, and once it is a habit


@dataclass(frozen=True, slots=True)
class UsabilityRecord:
    """The scale as it was asked once."""

    number: int
    """Of the session, from 1; only sessions that count."""
    day: date
    said: UsabilitySaid
    answers: tuple[int, ...]
    """Ten where it was answered, else none."""

    @property
    def score(self) -> float | None:
        """Return the score, 0 to 100; None where it was put off."""
        return score(self.answers) if self.said is UsabilitySaid.ANSWERED else None


def is_due(sessions: int, asked: Sequence[UsabilityRecord]) -> bool:
    """Tell whether the scale is due at the end of a session that comes after so many others."""
    reached = [after for after in ASKED_AFTER if after <= sessions + 1]
    if not reached or any(one.said is UsabilitySaid.NEVER for one in asked):
        return False
    return not any(one.said is UsabilitySaid.ANSWERED and one.number >= reached[-1] for one in asked)


def asked_so_far(history: History) -> tuple[UsabilityRecord, ...]:
    """Return every time the scale was asked, the earliest first."""
    number = f"(SELECT count(*) FROM session s WHERE s.id <= u.session AND {_done(history)})"
    rows = history.db.execute(
        f"SELECT {number}, s.day, u.said, u.answers FROM usability u JOIN session s ON s.id = u.session"
        f" WHERE {history.counted} ORDER BY u.session"
    )
    return tuple(
        UsabilityRecord(number, date.fromisoformat(day), UsabilitySaid(said), tuple(map(int, (answers or "").split())))
        for number, day, said, answers in rows
    )


def sessions_done(history: History, but: int | None = None) -> int:
    """Return how many sessions had at least one rep. `but`: one that goes on, which does not count yet."""
    query = f"SELECT count(*) FROM session s WHERE {_done(history)} AND s.id IS NOT ?"
    return int(history.db.execute(query, (but,)).fetchone()[0])


def asks_today(history: History | None, resumed: int | None = None) -> bool:
    """Tell whether the session that begins, or the one that is resumed, ends with the scale."""
    return history is not None and is_due(sessions_done(history, resumed), asked_so_far(history))


def _done(history: History) -> str:
    reps = "EXISTS (SELECT 1 FROM set_done d WHERE d.session = s.id AND d.done > 0)"
    return f"{history.counted} AND {reps}"
