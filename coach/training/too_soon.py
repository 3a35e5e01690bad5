"""Say before a session that the last one was less than 48 hours ago, and offer the walk.

Going on with a session that broke off is not a second one (`unfinished`).
"""

from datetime import datetime, timedelta

from coach.training.history import History
from coach.training.unfinished import unfinished
from coach.training.week import REST_DAYS

RESUME = "a session of today broke off: coach run --resume goes on with it, and counts it once"

_WHEN = {0: "You have trained today already", 1: "You trained yesterday"}


def told(history: History, now: datetime) -> str | None:
    """Return what the welcome says where she trains again too soon; None: it is not."""
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
        f"{_WHEN[0 if day == today.isoformat() else 1]}, and muscles want forty-eight hours, the bands too. "
        "A walk does you more good today; you can end this one and take the walk instead."
    )
