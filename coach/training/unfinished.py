"""Find the session that broke off lately, and the rep it goes on at."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coach.training.dose import Dose, Load
from coach.training.history import History
from coach.training.writer import PlannedBlock


@dataclass(frozen=True, slots=True)
class At:
    """Where it goes on: the first rep that is not on record."""

    block: int
    set_no: int
    side: str | None
    """None: the exercise has no sides, or the set has not begun (then the first side)."""
    first_rep: int


@dataclass(frozen=True, slots=True)
class Unfinished:
    session: int
    owner: str
    routine: str | None
    blocks: tuple[PlannedBlock, ...]
    at: At


RESUMED_WITHIN = timedelta(hours=6)
"""Of its beginning: then she is still warm from it, or it is the same evening after midnight. Ours."""
GOES_ON_AFTER = (None, "interrupted", "unanswered")
"""The reasons of an end after which a session may go on; None: it has no end."""


def unfinished(history: History, now: datetime, rehearsed: bool = False) -> Unfinished | None:
    """Return the latest session if it broke off within the last hours, else None. After pain or help nothing goes on.

    `rehearsed`: look at sessions on files, which nobody trained, and not at the person's own.
    """
    counted = history.counted if history.counts_rehearsed else f"s.rehearsed = {int(rehearsed)}"
    row = history.db.execute(
        f"SELECT s.id, s.owner, s.routine, s.at, s.reason, s.pain_place FROM session s WHERE {counted}"
        " ORDER BY s.id DESC LIMIT 1"
    ).fetchone()
    if row is None or row[4] not in GOES_ON_AFTER or row[5] is not None:
        return None
    if abs(now.timestamp() - row[3]) > RESUMED_WITHIN.total_seconds():
        return None
    blocks = _blocks(history, row[0])
    at = _at(history, row[0], blocks)
    return Unfinished(row[0], row[1], row[2], blocks, at) if at else None


def _blocks(history: History, session: int) -> tuple[PlannedBlock, ...]:
    rows = history.db.execute(
        "SELECT exercise, sides, sets, reps, load_kg, band, rule, why FROM planned WHERE session = ? ORDER BY block",
        (session,),
    )
    return tuple(
        PlannedBlock(Dose(name, sets, reps, Load(kg, band) if kg is not None or band else None), sides, rule, why)
        for name, sides, sets, reps, kg, band, rule, why in rows
    )


def _at(history: History, session: int, blocks: tuple[PlannedBlock, ...]) -> At | None:
    """Return the first rep after the last one on record; None where pain stopped it or nothing is left."""
    rows = history.db.execute(
        "SELECT block, set_no, side, planned, done, pain, ended_by FROM set_done WHERE session = ? ORDER BY id",
        (session,),
    ).fetchall()
    hurt = history.db.execute("SELECT 1 FROM hold WHERE session = ? AND pain", (session,)).fetchone()
    if hurt or any(row[5] for row in rows):
        return None
    if not rows:
        return At(0, 1, None, 1) if blocks else None
    block, set_no, side, planned, done, _, ended_by = rows[-1]
    if ended_by is None and done < planned:
        return At(block, set_no, side, done + 1)
    return _next(blocks, block, set_no, side)


def _next(blocks: tuple[PlannedBlock, ...], block: int, set_no: int, side: str | None) -> At | None:
    """Return the start of the set after this one: the other side first, right being the first."""
    if blocks[block].sides == 2 and side == "right":
        return At(block, set_no, "left", 1)
    first = "right" if blocks[block].sides == 2 else None
    if set_no < blocks[block].dose.sets:
        return At(block, set_no + 1, first, 1)
    if block + 1 < len(blocks):
        return At(block + 1, 1, "right" if blocks[block + 1].sides == 2 else None, 1)
    return None
