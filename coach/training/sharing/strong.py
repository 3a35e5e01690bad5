"""The history in the twelve columns of Strong's export, which other training apps import. A row a set, a row a walk."""

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from heapq import merge
from itertools import groupby

from coach.training.history import History
from coach.training.loads.bands import spoken_band
from coach.training.loads.units import Units, in_units

COLUMNS = (
    "Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps", "Distance", "Seconds",
    "Notes", "Workout Notes", "RPE",
)  # fmt: skip

Row = tuple[str, ...]


def strong_rows(history: History, units: Units, names: Mapping[str, str]) -> Iterator[Row]:
    """Yield the header, then what was done, the earliest first. Sets without a rep and rehearsals are left out.

    `units`: of the weights, for which the export has no column. `names`: of exercises and routines, by their ids.
    """
    yield COLUMNS
    yield from merge(_walks(history), _sets(history, units, names), key=lambda row: row[0][:10])


def _sets(history: History, units: Units, names: Mapping[str, str]) -> Iterator[Row]:
    rows = history.db.execute(
        "SELECT s.id, s.started, s.routine, s.length_s, d.exercise, d.side, d.done, d.load_kg, d.band, d.effort, d.pain"
        " FROM session s JOIN set_done d ON d.session = s.id"
        f" WHERE {history.counted} AND d.done > 0 ORDER BY s.day, s.id, d.block, d.id"
    )
    for (_, exercise), group in groupby(rows, key=lambda row: (row[0], row[4])):
        for order, (_, started, routine, length_s, _, side, done, load_kg, band, effort, pain) in enumerate(group, 1):
            notes = [side, spoken_band(band) if band else None, "it hurt" if pain else None]
            yield (
                datetime.fromisoformat(started).strftime("%Y-%m-%d %H:%M:%S"),
                names.get(routine, routine or "Strength"),
                _duration(length_s),
                names.get(exercise, exercise),
                str(order),
                _weight(load_kg, units),
                str(done),
                "0",
                "0",
                ", ".join(note for note in notes if note),
                "",
                "" if effort is None else str(effort),
            )


def _walks(history: History) -> Iterator[Row]:
    for walk in history.walks():
        duration, seconds = _duration(walk.minutes * 60), f"{walk.minutes * 60:.0f}"
        yield (f"{walk.day} 00:00:00", "Walk", duration, "Walking", "1", "0", "0", "0", seconds, "", "", "")


def _weight(kg: float | None, units: Units) -> str:
    if kg is None:
        return "0"
    return f"{round(in_units(kg, units), 2):g}"


def _duration(length_s: float | None) -> str:
    """Return a length as Strong writes it, in whole minutes; nothing where it is not known."""
    if length_s is None:
        return ""
    hours, minutes = divmod(max(1, math.floor(length_s / 60 + 0.5)), 60)
    return f"{hours}h {minutes}m" if hours else f"{minutes}m"
