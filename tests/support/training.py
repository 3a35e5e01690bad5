"""Bouts, sessions and whole months of training, made by hand or by chance, for the tests of training."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coach.training.bout import Bout, DifficultyWish, Done
from coach.training.dose import Dose, Load, Means
from coach.training.progression import Change, next_dose
from coach.training.writer import HistoryWriter, PlannedBlock

MONDAY = date(2027, 5, 3)
NOON = datetime(2027, 5, 3, 12, tzinfo=UTC)
KILOS = tuple(Load(kg=kg) for kg in (1.0, 1.5, 2.0, 3.0, 5.0))
ROW = Means(("one-arm-row",), loads=KILOS)
BAND = Means(("external-rotation",), loads=(Load(band="yellow"), Load(band="red")))
EXTENSION = Means(("back-extension", "back-extension-arms"))
BIRD_DOG = Means(("bird-dog",))


def bout(day: date, dose: Dose, effort: int | None = 5, done: Done = Done.ALL, **changes: object) -> Bout:
    reps = dose.reps if done is Done.ALL else 4
    return replace(Bout(day, dose, done, reps, effort, pain=False), **changes)  # type: ignore[arg-type]


def month(chance: random.Random, by: Means) -> list[tuple[list[Bout], date, Change, Dose]]:
    """Train a month by the rules with whatever may happen; return (bouts before, day, change, dose) of each session."""
    bouts: list[Bout] = []
    seen = []
    day, cleared = MONDAY, None
    for _ in range(chance.randint(6, 14)):
        decision = next_dose(bouts, by, day, cleared=cleared)
        seen.append((list(bouts), day, decision.change, decision.dose))
        if decision.change is Change.OUT:
            cleared = day if chance.random() < 0.5 else cleared
        else:
            bouts.append(_anything(chance, day, decision.dose))
        day += timedelta(days=chance.choice((0, 1, 2, 2, 3, 3, 4, 4, 5, 7, 16)))
    return seen


def _anything(chance: random.Random, day: date, dose: Dose) -> Bout:
    return bout(
        day,
        dose,
        chance.choice((None, 1, 3, 4, 5, 5, 5, 6, 6, 6, 7, 8, 9, 10)),
        chance.choices((Done.ALL, Done.MISSED, Done.CUT_SHORT), (20, 1, 1))[0],
        pain=chance.random() < 0.05,
        wish=chance.choices((None, DifficultyWish.EASIER, DifficultyWish.HARDER), (20, 1, 1))[0],
        help_called=chance.random() < 0.01,
    )


def write_session(
    path: Path,
    day: date,
    doses: Iterable[Dose] = (Dose("one-arm-row", 1, 10, Load(kg=2.0)),),
    effort: int | None = 5,
    reason: str | None = "completed",
    rehearsed: bool = False,
    reps: int | None = None,
) -> int:
    """Write a session as the coach does; return its id. Without a reason it breaks off after four reps."""
    writer = HistoryWriter(path)
    blocks = tuple(PlannedBlock(dose, 2 if dose.exercise == "one-arm-row" else 1, "reps", "Because.") for dose in doses)
    writer.begin("spine-strength", blocks, datetime(day.year, day.month, day.day, 9, tzinfo=UTC), day, rehearsed)
    for number, block in enumerate(blocks if reason is not None else ()):
        for set_no in range(1, block.dose.sets + 1):
            for side in sides(block):
                train_set(writer, number, block.dose, set_no, side, reps)
        if effort is not None:
            writer.effort(number, effort)
    if reason is not None:
        writer.finish(reason)
    else:
        writer.set_began(0, blocks[0].dose, 1, sides(blocks[0])[0])
        writer.rep_done(4)
    writer.close()
    assert writer.problem is None
    assert writer.session is not None
    return writer.session


def hurt_in_back(path: Path, day: date = MONDAY, reason: str = "hurt") -> int:
    """Write a session that ended because her back hurt; return its id."""
    dose = Dose("bird-dog", 2, 12)
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(dose, 1)], datetime(day.year, day.month, day.day, 9, tzinfo=UTC), day, False)
    writer.set_began(0, dose, 1, None)
    writer.hurt(0, dose)
    writer.hurt_in_back(True)
    writer.finish(reason)
    writer.close()
    assert writer.session is not None
    return writer.session


def sides(block: PlannedBlock) -> Sequence[str | None]:
    return ("right", "left") if block.sides == 2 else (None,)


def train_set(
    writer: HistoryWriter, block: int, dose: Dose, set_no: int, side: str | None, reps: int | None = None
) -> None:
    writer.set_began(block, dose, set_no, side)
    done = reps or dose.reps
    for rep in range(1, done + 1):
        writer.rep_done(rep)
    writer.set_done(block, dose, set_no, side, done, "completed", pain=False, pauses=0)


def whole(path: Path) -> bool:
    """Tell whether the database passes its own integrity check."""
    connection = sqlite3.connect(path)
    try:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    finally:
        connection.close()


def until(holds: Callable[[], object]) -> None:
    for _ in range(200):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it never came true")
