"""A fault in the recording is told, loses nothing that can still be written, and never ends the session."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach.clock import now_on
from coach.hearing.vocabulary.commands import Command
from coach.library.routine import walk_routine
from coach.library.walk import Walk
from coach.session.machine import interrupted
from coach.timeline.cue import SegmentKind
from coach.training.dose import Dose
from coach.training.history import History
from coach.training.recorder import Recorder
from coach.training.shape import sides_of
from coach.training.walking.recorder import WalkRecorder
from coach.training.writer import HistoryWriter, PlannedBlock
from tests.support.playing import Played, routine
from tests.support.training import MONDAY

NOW = now_on(MONDAY)
ROUTINE = routine("bands")
PLANNED = [
    PlannedBlock(Dose(block.exercise.id, block.sets, block.reps), sides_of(block.exercise)) for block in ROUTINE.blocks
]


def gone(*_: object, **__: object) -> None:
    raise OSError("gone")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "h.sqlite3"


@pytest.fixture
def writer(path: Path) -> HistoryWriter:
    return HistoryWriter(path)


@pytest.fixture
def recorder(writer: HistoryWriter) -> Recorder:
    return Recorder(writer, {ROUTINE.id: PLANNED}, NOW, rehearsed=False)


def after_two_reps(recorder: Recorder) -> Played:
    """Return a session in which a set was left after two reps; that it was left is not seen yet."""
    played = Played.at(SegmentKind.SET, trained=ROUTINE)
    recorder.see(played.session)
    played.rep(2)
    recorder.see(played.session)
    played.say(Command.DONE)
    return played


def fails(recorder: Recorder | WalkRecorder, played: Played) -> None:
    with pytest.raises(OSError, match="gone"):
        recorder.see(played.session)


def test_what_could_not_be_written_is_told_and_written_at_the_next_step(
    path: Path, writer: HistoryWriter, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = after_two_reps(recorder)
    with monkeypatch.context() as broken:
        broken.setattr(writer, "set_done", gone)
        fails(recorder, played)
        fails(recorder, played)
        assert recorder.problem == "OSError: gone"
    played.go_on()
    recorder.see(played.session)
    assert recorder.problem is None
    recorder.close()
    (row,) = History.open(path).sessions()
    assert (row.sets[0].done, row.sets[0].ended_by) == (2, "done")


def test_a_set_that_cannot_be_written_keeps_nothing_else_from_the_history(
    path: Path, writer: HistoryWriter, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = after_two_reps(recorder)
    monkeypatch.setattr(writer, "set_done", gone)
    fails(recorder, played)
    played.session = interrupted(played.session)
    fails(recorder, played)
    recorder.close()
    assert recorder.problem == "OSError: gone"
    (row,) = History.open(path).sessions()
    assert (row.reason, [one.done for one in row.sets]) == ("interrupted", [2])


def test_a_walk_in_place_of_a_training_is_kept_whatever_else_fails(
    path: Path, writer: HistoryWriter, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = Played(ROUTINE, asks_before=True)
    recorder.see(played.session)
    monkeypatch.setattr(writer, "back_before", gone)
    played.say(Command.NUMBER, value=8)
    fails(recorder, played)
    played.say(Command.YES)
    while played.session.kind is not SegmentKind.WALK:
        played.go_on()
    played.pass_s(120.0)
    fails(recorder, played)
    recorder.close()
    assert History.open(path).walked(MONDAY, MONDAY + timedelta(days=1)) == pytest.approx(2.0, abs=0.1)


def test_a_fault_in_recording_a_walk_is_told(monkeypatch: pytest.MonkeyPatch, writer: HistoryWriter) -> None:
    walking = WalkRecorder(writer, NOW, rehearsed=False)
    played = Played(walk_routine(Walk(20, 110)))
    monkeypatch.setattr(writer, "begin", gone)
    played.say(Command.IT_HURTS, Command.IT_HURTS)
    fails(walking, played)
    assert walking.problem == "OSError: gone"
    walking.close()
