"""What a calendar was told before: each event's sequence number, kept in the history.

A number of its own, not the clock: a calendar takes a change only with a higher one, also after the clock was set back.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from coach.training.sharing.due_days import DueDay, Status
from coach.training.store import open_to_write, said_in_a_line


@dataclass(frozen=True, slots=True)
class Numbered:
    """A due day as a calendar is to have it."""

    uid: str
    sequence: int
    due: DueDay


def numbered(path: Path, days: Sequence[DueDay], at: time, person: str = "") -> tuple[Numbered, ...]:
    """Number what is due and what an earlier file has already, and remember it. InputError: the history can't be used.

    `person`: tells two people's events in one calendar apart.
    """
    with said_in_a_line(path), closing(open_to_write(path).connection) as connection:
        connection.execute("BEGIN IMMEDIATE")
        told = {uid: (int(number), str(state)) for uid, number, state in connection.execute("SELECT * FROM calendar")}
        found = []
        for due in days:
            uid, state = uid_of(due, person), f"{due.day.isoformat()} {at:%H:%M} {due.status}"
            if uid not in told and due.status is not Status.DUE:
                continue  # no calendar has it
            number, before = told.get(uid, (0, state))
            found.append(Numbered(uid, number + (state != before), due))
            connection.execute("INSERT OR REPLACE INTO calendar VALUES (?, ?, ?)", (uid, found[-1].sequence, state))
        connection.execute("COMMIT")
    return tuple(found)


def uid_of(due: DueDay, person: str = "") -> str:
    """Return what stands for a place of a week for ever, whatever day it moves to."""
    year, week, _ = due.monday.isocalendar()
    return f"{due.kind}-{year}-w{week:02}-{due.number}{_suffix(person)}@coach"


def _suffix(person: str) -> str:
    """Return a person's name in letters that every calendar takes."""
    return f"-{person.casefold().encode().hex()}" if person else ""
