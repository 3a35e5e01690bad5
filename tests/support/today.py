"""Today's session as a test asks for it, and what was trained before it."""

from datetime import date
from pathlib import Path

from coach.cli.session.request import RecordRequest, Request, RoomRequest, TrainingRequest
from coach.cli.session.today import Today, prepare
from coach.clock import ClockReading
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.routine import Routine
from coach.training.dose import Dose, Load
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.training import MONDAY, NOON, write_session

TABLE = load_table()
PULL = "horizontal-abduction"


def today(
    history: Path | None = None,
    *,
    routine: str | None = "bands",
    sets: int | None = None,
    reps: int | None = None,
    resume: bool = False,
    room: RoomRequest | None = None,
) -> Today:
    training = TrainingRequest(now=ClockReading(MONDAY, NOON), routine=routine, sets=sets, reps=reps, resume=resume)
    prepared = prepare(Request(training=training, record=RecordRequest(history=history), room=room), TABLE)
    if prepared.recorder:
        prepared.recorder.close()
    return prepared


def routine_of(prepared: Today) -> Routine:
    assert prepared.plan.routine is not None
    return prepared.plan.routine


def trained(path: Path, *days: date, dose: Dose | None = None, **row: object) -> Path:
    for day in days:
        write_session(path, day, [dose or Dose(PULL, 1, 10, Load(band="yellow"))], **row)  # type: ignore[arg-type]
    return path


def broken_off(path: Path, rehearsed: bool = False) -> None:
    """Leave a session of today after the second of ten reps."""
    writer = HistoryWriter(path)
    dose = Dose(PULL, 1, 10, Load(band="yellow"))
    blocks = [PlannedBlock(dose, 1), PlannedBlock(Dose("external-rotation", 1, 10), 1)]
    writer.begin("bands", blocks, NOON, MONDAY, rehearsed)
    writer.set_began(0, dose, 1, None)
    writer.rep_done(2)
    writer.close()
