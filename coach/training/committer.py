"""Commit changes to the history on a thread of its own; what a locked file or a full disk refuses is kept.

No call waits for the disk, so none can delay a block of sound. Whatever is queued together is committed together, and
what can't be committed now is tried again until it can. A change that is wrong in itself is left out, and told.
"""

import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from coach.errors import CoachError, InputError, MachineError
from coach.threads import Report, WatchedThread, described, nobody
from coach.training.store import open_to_write, passes, translated

AT_ONCE = 50
"""Most changes in one transaction: what a kill may cost where a rehearsal writes faster than the disk."""
RETRY_S = 0.5
LATE_S = 60.0  # that nothing can be written: then she is told
CLOSES_S = 15.0  # that the end of a session waits for a file that another program holds

Work = Callable[[sqlite3.Connection], object]
"""One change. It may be done more than once, where a transaction is rolled back."""


class Committer:
    """Commits to one history, in the order of `put`."""

    def __init__(self, path: Path, report: Report = nobody, late_s: float = LATE_S) -> None:
        """Open the history now, so that a bad file is an error at once; one that is only held is waited for."""
        self._path, self._late_s = path, late_s
        self._db, self.notice = _opened(path)
        self.failure: CoachError | None = None
        """Why something is not written; None while all is well, or for less than a minute."""
        self._wrong: CoachError | None = None
        """Why a change was left out."""
        self._waiting: queue.Queue[Work | None] = queue.Queue()
        self._in_hand: list[Work] = []
        """Taken from the queue and not yet committed."""
        self._at: int | None = None
        """Which of them is being done."""
        self._last = False
        self._failing_s: float | None = None
        self._sync_due = False
        self._given_up_s: float | None = None
        self._closing = threading.Event()
        self._thread = WatchedThread("history", self._run, report)

    @property
    def over(self) -> bool:
        """Tell whether nothing is written any more."""
        return not self._thread.is_alive()

    def put(self, work: Work) -> None:
        """Queue a change."""
        self._waiting.put(work)

    def sync_soon(self) -> None:
        """Let the next commit survive a power cut, and all before it."""
        self._sync_due = True

    def close(self) -> None:
        """Write what is waiting and let go of the file; one that is held for long is given up."""
        self._given_up_s = time.monotonic() + CLOSES_S
        self._closing.set()
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        """Commit until the end (in the thread; begun anew it goes on with what it has in hand)."""
        while self._in_hand or not self._last:
            self._fill()
            if self._in_hand:
                self._try()
        if self._db is not None:
            self._db.close()

    def _fill(self) -> None:
        """Take what is queued; wait where nothing is in hand."""
        while not self._last and len(self._in_hand) < AT_ONCE and not (self._in_hand and self._waiting.empty()):
            work = self._waiting.get()
            if work is None:
                self._last = True
            else:
                self._in_hand.append(work)

    def _try(self) -> None:
        try:
            self._commit()
        except Exception as error:  # noqa: BLE001  (a change of ours that is wrong must not end the record)
            if passes(error):
                self._keep(error)
            else:
                self._leave_out(error)
        else:
            self._in_hand.clear()
            self._failing_s, self.failure = None, self._wrong

    def _commit(self) -> None:
        self._at = None
        self._db = db = self._db or open_to_write(self._path).connection
        if db.in_transaction:  # a thread that died left it so
            db.execute("ROLLBACK")
        db.execute("BEGIN IMMEDIATE")
        try:
            for number, work in enumerate(self._in_hand):
                self._at = number
                work(db)
            self._at = None
            db.execute("COMMIT")
        except Exception:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        if self._sync_due:
            self._sync_due = False
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def _keep(self, error: Exception) -> None:
        """Try again a little later; say so where it takes long, give up where the session is over."""
        now_s = time.monotonic()
        self._failing_s = self._failing_s or now_s
        if now_s - self._failing_s >= self._late_s:
            self.failure = _as_coachs(error, self._path)
        if self._given_up_s is not None and now_s >= self._given_up_s:
            self.failure, self._last = _as_coachs(error, self._path), True
            self._in_hand.clear()
        elif self._given_up_s is None:
            self._closing.wait(RETRY_S)
        else:
            time.sleep(RETRY_S)

    def _leave_out(self, error: Exception) -> None:
        self._wrong = self.failure = _as_coachs(error, self._path)
        if self._at is None:  # it is the file that is wrong
            self._in_hand.clear()
        else:
            del self._in_hand[self._at]


def _opened(path: Path) -> tuple[sqlite3.Connection | None, str | None]:
    """Open the history; None where another program holds it for now."""
    try:
        store = open_to_write(path)
    except MachineError as error:
        if not passes(error):
            raise
        return None, None
    return store.connection, store.notice


def _as_coachs(error: Exception, path: Path) -> CoachError:
    if isinstance(error, CoachError):
        return error
    if isinstance(error, sqlite3.Error):
        return translated(error, path)
    return InputError(f"something couldn't be written to the history {path}: {described(error)}")
