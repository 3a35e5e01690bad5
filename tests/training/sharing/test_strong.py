"""The history in Strong's columns: written by hand here, so that every figure stands in the column it belongs to."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from coach.training.dose import Dose, Load
from coach.training.history import History
from coach.training.loads.units import Units
from coach.training.sharing.strong import COLUMNS, strong_rows
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.training import MONDAY, train_set, write_session

ROW = Dose("one-arm-row", 2, 10, Load(kg=2.5))
BAND = Dose("external-rotation", 1, 12, Load(band="red"))
DOG = Dose("bird-dog", 1, 10)
NAMES = {
    "one-arm-row": "One-arm row",
    "external-rotation": 'Turning "out", with a band',
    "bird-dog": "Bird dog",
    "mine": "Rücken, morgens",
}

EXPECTED = """\
Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2027-05-03 00:00:00,Walk,30m,Walking,1,0,0,0,1800,,,
2027-05-03 07:15:00,"Rücken, morgens",47m,One-arm row,1,2.5,10,0,0,right,,6
2027-05-03 07:15:00,"Rücken, morgens",47m,One-arm row,2,2.5,10,0,0,left,,6
2027-05-03 07:15:00,"Rücken, morgens",47m,One-arm row,3,2.5,9,0,0,right,,6
2027-05-03 07:15:00,"Rücken, morgens",47m,One-arm row,4,2.5,8,0,0,left,,6
2027-05-03 07:15:00,"Rücken, morgens",47m,"Turning ""out"", with a band",1,0,12,0,0,red band,,7
2027-05-03 07:15:00,"Rücken, morgens",47m,Bird dog,1,0,4,0,0,it hurt,,
2027-05-05 18:00:00,Strength,1h 5m,Bird dog,1,0,10,0,0,,,5
2027-05-06 00:00:00,Walk,13m,Walking,1,0,0,0,750,,,
2027-05-07 18:00:00,Strength,,Bird dog,1,0,6,0,0,,,
"""


def session(path: Path, started: datetime, routine: str | None, doses: list[Dose], length_s: float | None) -> None:
    writer = HistoryWriter(path)
    blocks = [PlannedBlock(dose, 2 if dose is ROW else 1) for dose in doses]
    writer.begin(routine, blocks, started, started.date(), rehearsed=False)
    if doses[0] is ROW:
        for set_no, side, reps in ((1, "right", 10), (1, "left", 10), (2, "right", 9), (2, "left", 8)):
            train_set(writer, 0, ROW, set_no, side, reps)
        writer.effort(0, 6)
        train_set(writer, 1, BAND, 1, None)
        writer.effort(1, 7)
        writer.set_began(2, DOG, 1, None)
        writer.rep_done(4)
        writer.hurt(2, DOG)
        writer.set_done(2, DOG, 1, None, 4, "it_hurts", pain=True, pauses=0)
    elif length_s is not None:
        train_set(writer, 0, DOG, 1, None)
        writer.effort(0, 5)
    else:
        train_set(writer, 0, DOG, 1, None, 6)
    if length_s is not None:
        writer.finish("completed", length_s)
    writer.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "history.sqlite3"
    session(path, datetime(2027, 5, 3, 7, 15, tzinfo=UTC), "mine", [ROW, BAND, DOG], 47 * 60 + 12.5)
    session(path, datetime(2027, 5, 5, 18, 0, tzinfo=UTC), None, [DOG], 65 * 60.0)
    session(path, datetime(2027, 5, 7, 18, 0, tzinfo=UTC), None, [DOG], None)  # broke off
    writer = HistoryWriter(path)
    writer.walked(MONDAY, 30)
    writer.walked(date(2027, 5, 6), 12.5)
    writer.walked(date(2027, 5, 6), 40, rehearsed=True)
    writer.close()
    write_session(path, date(2027, 5, 8), rehearsed=True)
    return path


def text(path: Path, units: Units = Units.KG) -> str:
    usual = History(History.open(path).db, counts_rehearsed=False, notice=None)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(strong_rows(usual, units, NAMES))
    return out.getvalue()


def test_header_and_rows_are_as_written_by_hand(path: Path) -> None:
    assert text(path) == EXPECTED


def test_a_csv_reader_finds_reps_loads_and_effort_in_their_columns(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(text(path))))
    assert len(rows) == 10
    assert [(row["Reps"], row["Weight"], row["RPE"]) for row in rows[1:5]] == [
        ("10", "2.5", "6"), ("10", "2.5", "6"), ("9", "2.5", "6"), ("8", "2.5", "6"),
    ]  # fmt: skip
    assert all(len(row) == len(COLUMNS) == 12 for row in rows)


def test_weights_are_in_her_own_units(path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(text(path, Units.LB))))
    assert rows[1]["Weight"] == "5.51"


def test_an_empty_history_is_the_header_alone(tmp_path: Path) -> None:
    assert text(tmp_path / "none.sqlite3") == ",".join(COLUMNS) + "\n"
