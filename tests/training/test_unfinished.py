"""What was broken off goes on within hours. After pain or a call for help nothing does, however the coach was ended."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.clock import now_on
from coach.hearing.vocabulary.commands import Command
from coach.session.machine import Session, interrupted
from coach.timeline.cue import SegmentKind as Kind
from coach.training.dose import Dose
from coach.training.history import History
from coach.training.recorder import Recorder
from coach.training.shape import sides_of
from coach.training.unfinished import Unfinished, unfinished
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.playing import Played, routine
from tests.support.training import MONDAY, NOON

HURTS = Command.IT_HURTS
OUT_OF_IT = (HURTS, HURTS, Command.READY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


def recorder_at(path: Path) -> Recorder:
    trained = routine("bands")
    blocks = tuple(
        PlannedBlock(Dose(block.exercise.id, block.sets, block.reps), sides_of(block.exercise))
        for block in trained.blocks
    )
    return Recorder(HistoryWriter(path), {trained.id: blocks}, now_on(MONDAY), rehearsed=False)


def left_after(path: Path, *said: Command, kind: Kind = Kind.SET, killed: bool = False) -> Unfinished | None:
    """Let her say this, end the coach from outside, and return what there is to resume."""
    played = Played.at(kind, trained=routine("bands"))
    sessions: list[Session] = [played.session]
    for command in said:
        played.say(command)
        sessions.append(played.session)
    recorder = recorder_at(path)
    for session in (*sessions, *(() if killed else (interrupted(played.session),))):
        recorder.see(session)
    recorder.close()
    assert recorder.problem is None
    return unfinished(History.open(path), began(path))


def began(path: Path) -> datetime:
    (session,) = History.open(path).sessions()
    return datetime.fromisoformat(session.started).astimezone(UTC)


@pytest.mark.parametrize("said", [(), (Command.PAUSE,), (HURTS, Command.FALSE_ALARM)])
@pytest.mark.parametrize("killed", [False, True])
def test_what_was_broken_off_goes_on(path: Path, said: tuple[Command, ...], killed: bool) -> None:
    assert left_after(path, *said, killed=killed) is not None


@pytest.mark.parametrize("kind", [Kind.WARM_UP, Kind.SETUP, Kind.SET, Kind.REST])
@pytest.mark.parametrize(
    "said", [(Command.EMERGENCY,), (Command.EMERGENCY, Command.PAUSE), (HURTS,), (HURTS, Command.EMERGENCY), OUT_OF_IT]
)
def test_nothing_goes_on_after_pain_or_a_call_for_help(path: Path, said: tuple[Command, ...], kind: Kind) -> None:
    assert left_after(path, *said, kind=kind) is None


@pytest.mark.parametrize("answer", [Command.YES, Command.NO])
@pytest.mark.parametrize("killed", [False, True])
def test_nothing_goes_on_after_pain_in_the_warm_up(path: Path, answer: Command, killed: bool) -> None:
    assert left_after(path, *OUT_OF_IT, answer, kind=Kind.WARM_UP, killed=killed) is None


@pytest.mark.parametrize("reason", [None, "interrupted", "unanswered"])
@pytest.mark.parametrize("in_back", [False, True])
def test_a_place_that_hurts_is_enough(path: Path, reason: str | None, in_back: bool) -> None:
    writer = HistoryWriter(path)
    writer.begin("floor", [PlannedBlock(Dose("bird-dog", 2, 10), 1)], NOON, MONDAY, rehearsed=False)
    writer.hurt_in_back(in_back)
    if reason:
        writer.finish(reason)
    writer.close()
    assert unfinished(History.open(path), NOON) is None


@pytest.mark.parametrize("said", [(HURTS,), OUT_OF_IT, (*OUT_OF_IT, Command.YES)])
def test_after_pain_a_clinician_is_asked_about_next_time(path: Path, said: tuple[Command, ...]) -> None:
    left_after(path, *said, kind=Kind.WARM_UP)
    assert History.open(path).back_pain() is not None
