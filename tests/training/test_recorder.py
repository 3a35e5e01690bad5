"""Recording whatever happens: the history is what the record says, in thousands of odd events, and never in the way."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random

import pytest

from coach.clock import now_on
from coach.hearing.vocabulary.commands import Command
from coach.library.routine import Routine
from coach.session.events import Commanded
from coach.session.machine import Session, advance, interrupted, start
from coach.training.dose import Dose
from coach.training.history import History
from coach.training.recorder import Recorder
from coach.training.shape import sides_of
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.session.test_session_always import ROUTINES, happening
from tests.support.playing import routine

DAY = date(2027, 5, 3)
NOW = now_on(DAY)


def planned(trained: Routine) -> tuple[PlannedBlock, ...]:
    return tuple(
        PlannedBlock(Dose(block.exercise.id, block.sets, block.reps), sides_of(block.exercise))
        for block in trained.blocks
    )


def recorded(path: Path, trained: Routine | None, chance: Random, events: int = 150) -> Session:
    """Play a random session with a recorder watching; return how it ended."""
    writer = HistoryWriter(path)
    recorder = Recorder(writer, {one.id: planned(one) for one in ROUTINES}, NOW, rehearsed=True)
    session, _ = start(trained, choices=ROUTINES, asks_effort=True)
    recorder.see(session)
    for _ in range(chance.randint(0, 40)):
        session, _ = advance(session, Commanded(Command.NEXT))
        recorder.see(session)
    for _ in range(events):
        session, _ = advance(session, happening(session, chance))
        recorder.see(session)
    session = interrupted(session)
    recorder.see(session)
    recorder.close()
    assert recorder.problem is None
    return session


@pytest.mark.parametrize("seed", range(60))
def test_the_history_is_what_the_record_says(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    path = tmp_path / "h.sqlite3"
    session = recorded(path, chance.choice([None, *ROUTINES]), chance)
    found = list(History.open(path).sessions())
    if session.routine is None:
        assert found == []
        return
    (kept,) = found
    assert (kept.routine, kept.reason) == (session.routine.id, str(session.record.reason))
    done = {(entry.exercise, entry.set_no, entry.side): entry.done for entry in session.record.sets}
    in_history = {(row.exercise, row.set_no, row.side): row.done for row in kept.sets}
    assert {key: in_history.get(key) for key in done} == done
    assert all(row.done <= row.planned for row in kept.sets)


def test_a_routine_named_by_voice_is_recorded_from_its_naming_on(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    writer = HistoryWriter(path)
    bands = routine("bands", reps=2)
    recorder = Recorder(writer, {"bands": planned(bands)}, NOW, rehearsed=False)
    session, _ = start(None, choices=[bands])
    recorder.see(session)
    session, _ = advance(session, Commanded(Command.NUMBER, 0))
    recorder.see(session)
    recorder.close()
    (kept,) = History.open(path).sessions()
    assert (kept.routine, kept.reason, kept.started[:10]) == ("bands", None, DAY.isoformat())


def test_a_full_disk_ends_the_recording_and_not_the_session(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    writer = HistoryWriter(path)
    bands = routine("bands", reps=2)
    recorder = Recorder(writer, {"bands": planned(bands)}, NOW, rehearsed=False)
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE planned")
    session, _ = start(bands)
    recorder.see(session)
    recorder.close()
    assert recorder.problem is not None
    recorder.see(interrupted(session))
