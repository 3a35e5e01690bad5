"""Query the history: bouts for the rules, sessions and days for views. Read-only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from coach.training.bout import Bout, DifficultyWish, SetRow, bout_of
from coach.training.dose import Dose, Load, Means
from coach.training.storage.order import Dated, believed, instant_of
from coach.training.store import Reader, history_path, open_to_read

RECENT = 12
"""Bouts that the rules look back on: more than a week of training every day."""


@dataclass(frozen=True, slots=True)
class SessionRow:
    id: int
    started: str
    """ISO 8601."""
    routine: str | None
    reason: str | None
    """None: broke off, or still running."""
    rehearsed: bool
    sets: tuple[SetRow, ...]
    holds: tuple[SetRow, ...] = ()
    """The balance hold, a row a foot."""
    dropped: bool = False
    """By hand: it is kept, and counts nowhere."""


@dataclass(frozen=True, slots=True)
class WalkRow:
    day: date
    minutes: float
    rehearsed: bool


@dataclass(frozen=True, slots=True)
class BackPain:
    """A session after which nobody trains before a clinician has agreed."""

    session: int
    day: date
    walking: bool = False
    """It hurt in a walk, so no walk is offered in place of the training."""


WALKED = "(s.routine IS 'walk' AND NOT EXISTS (SELECT 1 FROM planned p WHERE p.session = s.id))"
"""The SQL condition for a session that is a walk in which it hurt, over a session `s`; a routine of hers has a plan."""
_HURT = "(SELECT max(d.pain) FROM set_done d WHERE d.session = s.id)"
_IN_BACK = "(SELECT max(d.pain_back) FROM set_done d WHERE d.session = s.id)"
_WHOLE = ("completed", "ended")
"""How a session ends that went on after the pain."""

_ALL_DONE = """
CREATE TEMP VIEW all_done AS
SELECT id, 0 AS is_hold, session, exercise, side, set_no, planned, done, load_kg, effort, pain, pain_back, pauses,
ended_by FROM main.set_done
UNION ALL SELECT h.rowid, 1, h.session, h.exercise, h.side, 1, h.planned, h.done, NULL, NULL, h.pain,
CASE WHEN h.pain THEN (SELECT CASE s.pain_place WHEN 'back' THEN 1 WHEN 'elsewhere' THEN 0 END FROM main.session s
WHERE s.id = h.session) END, 0, h.ended_by FROM main.hold h
"""
"""Sets and balance holds alike."""
_SET = "d.exercise, d.side, d.set_no, d.planned, d.done, d.load_kg, d.effort, d.pain, d.ended_by"


@dataclass(frozen=True, slots=True)
class History:
    """An open history. Rehearsals count only where the file is one of their own (`--history FILE`)."""

    db: Reader
    counts_rehearsed: bool
    notice: str | None

    @classmethod
    def open(cls, file: Path | None = None, today: date | None = None, own: Path | None = None) -> "History":
        """Open the person's history, or a file named with --history, where rehearsals count too.

        `own`: the person's history, else the first person's. What lies after today, or out of order, has no known day.
        """
        store = open_to_read(file or own or history_path())
        history = cls(Reader(store), file is not None, store.notice)
        history._put_in_order(today or date.today())
        return history

    def _put_in_order(self, today: date) -> None:
        """Let every query see the sessions that count, on the days that are believed: by a view of the same name."""
        rows = self.db.execute(
            "SELECT s.id, s.day, s.started, s.edited FROM main.session s"
            f" WHERE NOT s.dropped AND {self.counted} ORDER BY s.id"
        )
        told = [
            Dated(number, day, instant_of(day, str(started)), edited is not None)
            for number, day, started, edited in ((row[0], date.fromisoformat(row[1]), *row[2:]) for row in rows)
        ]
        self.db.execute("CREATE TEMP TABLE believed (id INTEGER PRIMARY KEY, day TEXT, at REAL)")
        self.db.fill(
            "INSERT INTO believed VALUES (?, ?, ?)", [(b.id, b.day.isoformat(), b.at_s) for b in believed(told, today)]
        )
        self.db.execute(
            "CREATE TEMP VIEW session AS SELECT m.id, m.started, coalesce(b.day, m.day) AS day, m.routine, m.rehearsed,"
            " m.reason, m.owner, m.length_s, m.edited, m.pain_place, m.cleared,"
            " coalesce(b.at, CAST(strftime('%s', m.started) AS REAL)) AS at"
            " FROM main.session m LEFT JOIN believed b ON b.id = m.id WHERE NOT m.dropped"
        )
        self.db.execute(_ALL_DONE)

    @property
    def counted(self) -> str:
        """The SQL condition for what counts, over a session `s`."""
        return "1" if self.counts_rehearsed else "s.rehearsed = 0"

    def bouts(self, by: Means, limit: int = RECENT) -> tuple[Bout, ...]:
        """Return what was done lately of an exercise and its variants, the latest last."""
        rows = self.db.execute(
            "SELECT p.session, p.block, s.day, p.exercise, p.sides, p.sets, p.reps, p.load_kg, p.band, p.wish"
            " FROM planned p JOIN session s ON s.id = p.session"
            f" WHERE p.exercise IN ({_marks(by.exercises)}) AND {self.counted}"
            " AND EXISTS (SELECT 1 FROM set_done d WHERE d.session = p.session AND d.block = p.block)"
            " ORDER BY s.at DESC, p.session DESC, p.block DESC LIMIT ?",
            (*by.exercises, limit),
        ).fetchall()
        return tuple(self._bout(row) for row in reversed(rows))

    def _bout(self, row: Sequence[object]) -> Bout:
        session, block, day, exercise, sides, sets, reps, load_kg, band, wish = row
        load = Load(load_kg, band) if load_kg is not None or band is not None else None  # type: ignore[arg-type]  # typed by the schema
        sets_done = self.db.execute(
            f"SELECT {_SET} FROM set_done d WHERE d.session = ? AND d.block = ? ORDER BY d.id", (session, block)
        )
        return bout_of(
            date.fromisoformat(str(day)),
            Dose(str(exercise), int(str(sets)), int(str(reps)), load),
            [_set_row(found) for found in sets_done],
            int(str(sides)),
            DifficultyWish(str(wish)) if wish else None,
        )

    def holds(self, limit: int = RECENT) -> tuple[Bout, ...]:
        """Return the balance holds lately, the latest last."""
        rows = self.db.execute(
            "SELECT DISTINCT h.session, s.day, s.at FROM hold h JOIN session s ON s.id = h.session"
            f" WHERE {self.counted} ORDER BY s.at DESC, h.session DESC LIMIT ?",
            (limit,),
        )
        return tuple(self._hold(session, day) for session, day, _ in reversed(rows))

    def _hold(self, session: int, day: str) -> Bout:
        wish = self.db.execute("SELECT max(wish) FROM hold WHERE session = ?", (session,)).fetchone()[0]
        done = self.db.execute(f"SELECT {_SET} FROM all_done d WHERE d.session = ? AND d.is_hold", (session,))
        feet = [_set_row(row) for row in done]
        dose = Dose(feet[-1].exercise, 1, feet[-1].planned)
        return bout_of(date.fromisoformat(day), dose, feet, 2, DifficultyWish(wish) if wish else None)

    def cleared(self, exercises: Sequence[str]) -> date | None:
        """Return the last day a clinician agreed again to an exercise, or a variant of it."""
        found = self.db.execute(
            f"SELECT max(day) FROM cleared WHERE exercise IN ({_marks(exercises)})", tuple(exercises)
        ).fetchone()[0]
        return date.fromisoformat(found) if found else None

    def cleared_exercises(self) -> frozenset[str]:
        """Return the exercises that a clinician has ever cleared."""
        return frozenset(str(name) for (name,) in self.db.execute("SELECT DISTINCT exercise FROM cleared"))

    def back_pain(self) -> BackPain | None:
        """Return the last session that was trained in, where it ended with back pain and nobody has agreed since.

        Of a session that stopped after pain and does not say where, the back is meant. Only the last one asks, a walk
        in which something else hurt left out.
        """
        row = self.db.execute(
            f"SELECT s.id, s.day, s.cleared, s.reason, s.pain_place, {_HURT}, {_IN_BACK}, {WALKED} FROM session s"
            f" WHERE {self.counted} AND (s.reason = 'hurt' OR s.pain_place IS NOT NULL OR {WALKED} OR EXISTS"
            " (SELECT 1 FROM set_done d WHERE d.session = s.id AND (d.done > 0 OR d.pain)))"
            f" AND NOT ({WALKED} AND s.pain_place IS 'elsewhere')"
            " ORDER BY s.at DESC, s.id DESC LIMIT 1"
        ).fetchone()
        if row is None or row[2] is not None:
            return None
        session, day, _, reason, place, hurt, in_back, walking = row
        stopped = walking or reason == "hurt" or (hurt and reason not in _WHOLE)
        if place == "back" or in_back or (stopped and place is None and in_back is None):
            return BackPain(session, date.fromisoformat(day), bool(walking))
        return None

    def sessions(self) -> Iterator[SessionRow]:
        """Yield every session with its sets, as written, rehearsals and dropped ones included (they are marked)."""
        rows = self.db.execute(
            f"SELECT s.id, s.started, s.routine, s.reason, s.rehearsed, s.dropped, d.is_hold, {_SET}"
            " FROM main.session s LEFT JOIN all_done d ON d.session = s.id ORDER BY s.id, d.is_hold DESC, d.id"
        )
        for head, group in groupby(rows, key=lambda row: row[:6]):
            done = [row[6:] for row in group if row[6] is not None]
            sets, holds = (tuple(_set_row(row[1:]) for row in done if row[0] == kind) for kind in (0, 1))
            yield SessionRow(head[0], head[1], head[2], head[3], bool(head[4]), sets, holds, bool(head[5]))

    def days(self, first: date, last: date, exercises: Sequence[str] | None = None) -> tuple[date, ...]:
        """Return the days with at least one rep done, from first to last inclusive.

        `exercises`: of these, the balance hold too; else of all that are strength.
        """
        which = f"AND d.exercise IN ({_marks(exercises)})" if exercises is not None else "AND NOT d.is_hold"
        rows = self.db.execute(
            "SELECT DISTINCT s.day FROM session s JOIN all_done d ON d.session = s.id"
            f" WHERE s.day BETWEEN ? AND ? AND d.done > 0 AND {self.counted} {which} ORDER BY s.day",
            (first.isoformat(), last.isoformat(), *(exercises or ())),
        )
        return tuple(date.fromisoformat(day) for (day,) in rows)

    def times_done(self) -> dict[str, int]:
        """Return in how many sessions each exercise was done, by its id."""
        rows = self.db.execute(
            "SELECT d.exercise, count(DISTINCT s.id) FROM session s JOIN all_done d ON d.session = s.id"
            f" WHERE d.done > 0 AND {self.counted} GROUP BY d.exercise"
        )
        return {str(exercise): int(times) for exercise, times in rows}

    def last_day(self) -> date | None:
        """Return the latest day of training as it was written; it lies after today where a clock was wrong."""
        return self._day("max", "main.session")

    def first_day(self) -> date | None:
        """Return the first day of training; None before it."""
        return self._day("min", "session")

    def _day(self, which: str, table: str) -> date | None:
        kept = "NOT s.dropped AND" if table == "main.session" else ""
        found = self.db.execute(
            f"SELECT {which}(s.day) FROM {table} s WHERE {kept} {self.counted}"
            " AND EXISTS (SELECT 1 FROM set_done d WHERE d.session = s.id AND d.done > 0)"
        ).fetchone()[0]
        return date.fromisoformat(found) if found else None

    def walked(self, first: date, last: date) -> float:
        """Return the minutes walked from first to last inclusive."""
        return float(sum(walk.minutes for walk in self.walks(first, last)))

    def walks(self, first: date = date.min, last: date = date.max, *, rehearsals: bool = False) -> tuple[WalkRow, ...]:
        """Return the walks from first to last inclusive, by day. `rehearsals`: also those that count nowhere."""
        counted = "1" if self.counts_rehearsed or rehearsals else "rehearsed = 0"
        rows = self.db.execute(
            f"SELECT day, minutes, rehearsed FROM walk WHERE day BETWEEN ? AND ? AND {counted} ORDER BY day, id",
            (first.isoformat(), last.isoformat()),
        )
        return tuple(WalkRow(date.fromisoformat(day), float(minutes), bool(told)) for day, minutes, told in rows)


def as_json(session: SessionRow) -> dict[str, object]:
    """Return a session in the documented shape and order of keys."""
    return {
        "id": session.id,
        "started": session.started,
        "routine": session.routine,
        "reason": session.reason,
        "rehearsed": session.rehearsed,
        "sets": [_set_json(row) for row in session.sets],
        "holds": [_hold_json(row) for row in session.holds],
    }


def _hold_json(row: SetRow) -> dict[str, object]:
    shape = _set_json(row)
    return {key: shape[key] for key in ("exercise", "side", "planned", "done", "pain", "ended_by")}


def _set_json(row: SetRow) -> dict[str, object]:
    return {
        "exercise": row.exercise,
        "side": row.side,
        "set": row.set_no,
        "planned": row.planned,
        "done": row.done,
        "load_kg": None if row.load_kg is None else round(row.load_kg, 3),
        "effort": row.effort,
        "pain": row.pain,
        "ended_by": row.ended_by,
    }


def csv_rows(sessions: Iterator[SessionRow]) -> Iterator[list[object]]:
    """Yield a header, then a row a set, or a foot of the balance hold; the session's entries come first in each."""
    head = ["id", "started", "routine", "reason", "rehearsed"]
    yield [*head, "exercise", "side", "set", "planned", "done", "load_kg", "effort", "pain", "ended_by"]
    for session in sessions:
        shape = as_json(session)
        for row in (*session.holds, *session.sets):
            yield [*(shape[key] for key in head), *_set_json(row).values()]


def _set_row(row: Sequence[object]) -> SetRow:
    exercise, side, set_no, planned, done, load_kg, effort, pain, ended_by = row
    return SetRow(exercise, side, set_no, planned, done, load_kg, effort, bool(pain), ended_by)  # type: ignore[arg-type]  # typed by the schema


def _marks(items: Sequence[object]) -> str:
    return ", ".join("?" * len(items))
