"""Write the history as it happens, rep by rep, on a thread of its own.

No call waits for the disk, so none can delay a block of sound (see `committer`). After a kill, all but the rep in
progress is there. While the file is held or the disk is full, the session goes on, and `problem` says so.
"""

import sqlite3
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coach.errors import CoachError
from coach.threads import Report, nobody
from coach.training.bout import DifficultyWish
from coach.training.committer import CLOSES_S, LATE_S, Committer
from coach.training.dose import Dose


@dataclass(frozen=True, slots=True)
class PlannedBlock:
    """One block of a session as planned, with the reason for its dose."""

    dose: Dose
    sides: int
    """2 where each side is a set of its own."""
    rule: str | None = None
    why: str | None = None


class HistoryWriter:
    """Writes one session, from `begin` (or `resume`) to `finish`."""

    def __init__(self, path: Path, report: Report = nobody, late_s: float = LATE_S) -> None:
        """Open the history now, so that a bad file is an error before the session begins."""
        self._committer = Committer(path, report, late_s)
        self.path = path
        self.notice = self._committer.notice
        self.session: int | None = None
        self._owner = uuid.uuid4().hex
        self._resumed = False
        self._set: tuple[int, int, str | None] | None = None

    @property
    def failure(self) -> CoachError | None:
        """Return why something is not written; None while all is well, or for less than a minute."""
        return self._committer.failure

    @property
    def problem(self) -> str | None:
        """Return that as one line."""
        return None if self.failure is None else str(self.failure)

    def begin(
        self, routine: str | None, blocks: Sequence[PlannedBlock], started: datetime, day: date, rehearsed: bool
    ) -> None:
        """Begin a session with what is planned."""

        def work(db: sqlite3.Connection) -> None:
            row = (started.isoformat(timespec="seconds"), day.isoformat(), routine, int(rehearsed), self._owner)
            cursor = db.execute(
                "INSERT INTO session (started, day, routine, rehearsed, owner) VALUES (?, ?, ?, ?, ?)", row
            )
            self.session = cursor.lastrowid
            db.executemany(
                "INSERT INTO planned (session, block, exercise, sides, sets, reps, load_kg, band, rule, why)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_planned_row(self.session, number, block) for number, block in enumerate(blocks)],
            )

        self._committer.put(work)

    def resume(self, session: int, owner: str) -> bool:
        """Go on with a session that broke off, as long as it is still that owner's; waits for the answer."""
        answered = threading.Event()

        def work(db: sqlite3.Connection) -> None:
            claim = "UPDATE session SET owner = ?, reason = NULL WHERE id = ? AND owner = ?"
            if db.execute(claim, (self._owner, session, owner)).rowcount:
                self.session, self._resumed = session, True
            answered.set()

        self._committer.put(work)
        until = time.monotonic() + CLOSES_S
        while not answered.wait(0.05) and not self._committer.over and time.monotonic() < until:
            pass
        return self.session == session

    def set_began(
        self,
        block: int,
        dose: Dose,
        set_no: int,
        side: str | None,
        first_rep: int = 1,
        tempo: str | None = None,
    ) -> None:
        """Write that a set of a side begins, or goes on from a rep."""
        self._set = (block, set_no, side)
        load_kg, band = (dose.load.kg, dose.load.band) if dose.load else (None, None)

        def work(db: sqlite3.Connection) -> None:
            row = (block, dose.exercise, side, set_no, dose.reps, first_rep - 1, load_kg, band, tempo)
            changes = "done = max(done, ?), ended_by = NULL, exercise = ?, tempo = coalesce(?, tempo)"
            known = self._update(db, changes, (first_rep - 1, dose.exercise, tempo), (block, set_no, side))
            if not known:
                db.execute(
                    "INSERT INTO set_done (session, block, exercise, side, set_no, planned, done, load_kg, band, tempo)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (self.session, *row),
                )

        self._committer.put(work)

    def rep_done(self, rep: int) -> None:
        """Write that a rep of the running set is done."""
        self._change("done = max(done, ?)", rep)

    def paused(self) -> None:
        """Count a pause of the running set."""
        self._change("pauses = pauses + ?", 1)

    def set_done(
        self, block: int, dose: Dose, set_no: int, side: str | None, done: int, ended_by: str, pain: bool, pauses: int
    ) -> None:
        """Write a finished set as the record has it. From now on it survives a power cut too."""
        self.set_began(block, dose, set_no, side)
        self._change("done = ?, ended_by = ?, pain = max(pain, ?), pauses = ?", done, ended_by, int(pain), pauses)
        self._committer.sync_soon()

    def hurt(self, block: int, dose: Dose) -> None:
        """Write that it hurts: in the running set, or, in the block's set-up or rest, in its last set."""
        if self._set is None or self._set[0] != block:
            self.set_began(block, dose, 1, None)
        self._change("pain = ?", 1)

    def hurt_in_back(self, in_back: bool) -> None:
        """Write whether the pain is in the back."""
        self._change("pain_back = ?", int(in_back))
        # Her back outlasts what she says of another place later on.
        change = "UPDATE session SET pain_place = ? WHERE id = ? AND pain_place IS NOT 'back'"
        place = "back" if in_back else "elsewhere"
        self._committer.put(lambda db: db.execute(change, (place, self.session)))

    def back_before(self, pain: int) -> None:
        """Write how her back was before the session, zero to ten."""
        change = "UPDATE session SET back_before = ? WHERE id = ?"
        self._committer.put(lambda db: db.execute(change, (pain, self.session)))

    def clear_session(self, session: int, day: date) -> None:
        """Write that a clinician agreed to training again after a session that ended with back pain."""
        change = "UPDATE session SET cleared = ? WHERE id = ?"
        self._committer.put(lambda db: db.execute(change, (day.isoformat(), session)))

    def held(self, exercise: str, side: str, planned: int, done: int, ended_by: str | None) -> None:
        """Write what was held on one foot in the balance hold; without an end it goes on."""
        changes = "exercise = excluded.exercise, done = excluded.done, ended_by = excluded.ended_by"
        self._hold(side, exercise, planned, f"{changes}", done=done, ended_by=ended_by)

    def hold_hurt(self, exercise: str, side: str, planned: int) -> None:
        """Write that it hurts in the balance hold."""
        self._hold(side, exercise, planned, "pain = 1", pain=1)

    def hold_wish(self, exercise: str, side: str, planned: int, wish: DifficultyWish) -> None:
        """Write that she asked for an easier or harder balance hold."""
        self._hold(side, exercise, planned, "wish = excluded.wish", wish=wish.value)

    def _hold(self, side: str, exercise: str, planned: int, changes: str, **says: object) -> None:
        values = {"exercise": exercise, "side": side, "planned": planned, "done": 0, **says}
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        insert = f"INSERT INTO hold (session, {names}) VALUES (?, {marks})"
        change = f"{insert} ON CONFLICT (session, side) DO UPDATE SET {changes}"
        self._committer.put(lambda db: db.execute(change, (self.session, *values.values())))

    def effort(self, block: int, effort: int) -> None:
        """Write how hard she called the block, one to ten."""
        self._committer.put(
            lambda db: db.execute(
                "UPDATE set_done SET effort = ? WHERE session = ? AND block = ?", (effort, self.session, block)
            )
        )

    def wish(self, block: int, wish: DifficultyWish) -> None:
        """Write that she asked for an easier or harder dose of a block."""
        self._committer.put(
            lambda db: db.execute(
                "UPDATE planned SET wish = ? WHERE session = ? AND block = ?", (wish.value, self.session, block)
            )
        )

    def walked(self, day: date, minutes: float, rehearsed: bool = False) -> None:
        """Write a walk."""
        row = (day.isoformat(), minutes, int(rehearsed))
        self._committer.put(lambda db: db.execute("INSERT INTO walk (day, minutes, rehearsed) VALUES (?, ?, ?)", row))

    def clear(self, exercise: str, day: date) -> None:
        """Write that a clinician agreed again to an exercise that was left out."""
        row = (exercise, day.isoformat())
        self._committer.put(lambda db: db.execute("INSERT OR IGNORE INTO cleared (exercise, day) VALUES (?, ?)", row))

    def usability(self, said: str, answers: Sequence[int] = ()) -> None:
        """Write how usable she finds the coach: `answered` with ten answers, `later` or `never`."""
        text = " ".join(str(answer) for answer in answers) or None
        self._committer.put(
            lambda db: db.execute("INSERT OR REPLACE INTO usability VALUES (?, ?, ?)", (self.session, said, text))
        )

    def finish(self, reason: str, length_s: float | None = None) -> None:
        """Write that the session is over. `length_s`: by its own clock, so it is left out for a resumed one."""
        self._set = None
        self._committer.sync_soon()
        whole_s = None if self._resumed or length_s is None else round(length_s, 3)
        change = "UPDATE session SET reason = ?, length_s = ? WHERE id = ?"
        self._committer.put(lambda db: db.execute(change, (reason, whole_s, self.session)))

    def close(self) -> None:
        """Write what is waiting and let go of the file."""
        self._committer.close()

    def _change(self, what: str, *values: object) -> None:
        at = self._set
        if at is not None:
            self._committer.put(lambda db: self._update(db, what, values, at))

    def _update(
        self, db: sqlite3.Connection, what: str, values: tuple[object, ...], at: tuple[int, int, str | None]
    ) -> bool:
        where = "session = ? AND block = ? AND set_no = ? AND side IS ?"
        return db.execute(f"UPDATE set_done SET {what} WHERE {where}", (*values, self.session, *at)).rowcount > 0


def _planned_row(session: int | None, number: int, block: PlannedBlock) -> tuple[object, ...]:
    dose = block.dose
    load_kg, band = (dose.load.kg, dose.load.band) if dose.load else (None, None)
    return (session, number, dose.exercise, block.sides, dose.sets, dose.reps, load_kg, band, block.rule, block.why)
