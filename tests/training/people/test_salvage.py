"""A broken profile is no dead end: what can be read of it counts, the rest is taken with every care."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from coach.cli.main import main
from coach.cli.session.request import RecordRequest, Request, TrainingRequest
from coach.cli.session.today import Today, prepare
from coach.clock import ClockReading
from coach.errors import InputError
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.safety import Condition, Limit
from coach.session.state import ClinicianAsked
from coach.training.dose import Dose
from coach.training.people.folders import FIRST
from coach.training.people.salvage import profile_to_train
from coach.training.profile import load_profile
from coach.training.schema import SCHEMA
from coach.training.shape import UNREAD, UNREAD_PROFILE
from coach.training.store import open_to_write
from tests.support.training import MONDAY, NOON, write_session


def broken(text: str) -> Path:
    FIRST.profile.parent.mkdir(parents=True, exist_ok=True)
    FIRST.profile.write_bytes(text.encode())
    return FIRST.profile


def today(routine: str | None = "spine-strength") -> Today:
    asked = TrainingRequest(now=ClockReading(MONDAY, NOON), routine=routine)
    prepared = prepare(Request(training=asked, record=RecordRequest()), load_table())
    if prepared.recorder:
        prepared.recorder.close()
    return prepared


@pytest.mark.parametrize("text", ["condition = ", "\0\0\0", "limits = [", "weights = 3\n", "x" * 2_000_000])
def test_she_trains_whatever_the_profile_is_and_it_is_told_once(text: str) -> None:
    broken(text)
    told = [line for line in today().notices if "profile can't be read" in line]
    assert len(told) == 1
    assert today(None).plan.choices


@pytest.mark.parametrize("text", ["condition = ", "condition = 'osteopenia\nclinician_agreed = true\n"])
def test_where_the_condition_cannot_be_read_it_is_the_least_as_after_a_fracture_and_not_cleared(text: str) -> None:
    for days in range(0, 40, 4):
        write_session(FIRST.history, MONDAY - timedelta(days=60 - days), [Dose("external-rotation", 3, 15)])
    broken(text)
    prepared = today("bands")
    assert prepared.plan.asks_cleared is ClinicianAsked.PROFILE_UNREAD
    assert prepared.plan.routine is not None
    assert {(block.sets, block.reps) for block in prepared.plan.routine.blocks} == {(1, 10)}
    assert UNREAD_PROFILE in prepared.plan.routine.notes
    assert not any("prone-extension" in block.exercise.tags for block in prepared.plan.routine.blocks)
    assert [line for line in prepared.notices if "everything is at its easiest" in line]
    resumed = TrainingRequest(now=ClockReading(MONDAY, NOON), resume=True)
    write_session(FIRST.history, MONDAY, reason=None)
    with pytest.raises(InputError, match="train without --resume"):
        prepare(Request(training=resumed, record=RecordRequest()), load_table())


def test_a_known_condition_asks_nothing_more() -> None:
    broken('condition = "osteopenia"\nweights = 3\n')
    assert today("bands").plan.asks_cleared is None


def test_what_can_be_read_counts_and_the_rest_is_taken_with_care() -> None:
    path = broken('condition = "osteopenia"\nweights = [1, 2]\nlimits = ["floor"\nname = "Anna"\n')
    profile = profile_to_train(path).profile
    assert (profile.condition, profile.weights, profile.name) == (Condition.OSTEOPENIA, (1.0, 2.0), "Anna")
    assert profile.limits == frozenset(Limit)
    assert not profile.clinician_agreed


def test_limits_that_can_be_read_stay_what_they_are() -> None:
    profile = profile_to_train(broken('limits = ["floor"]\nweights = "two"\n')).profile
    assert profile.limits == frozenset({Limit.FLOOR})


def test_asking_moves_the_broken_file_aside_and_begins_with_what_it_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = broken('name = "Anna"\ncondition = osteoporosis\n')
    monkeypatch.setattr("sys.stdin", io.StringIO("osteoporosis\n"))
    with pytest.raises(SystemExit, match="0"):
        main(["profile", "--ask"])
    said = capsys.readouterr()
    assert "kept as profile.toml.broken-" in said.err
    (aside,) = path.parent.glob("profile.toml.broken-*")
    assert aside.read_text() == 'name = "Anna"\ncondition = osteoporosis\n'
    assert (load_profile(path).name, load_profile(path).condition) == ("Anna", Condition.OSTEOPOROSIS)


def test_a_broken_profile_names_its_line_where_it_is_only_shown(capsys: pytest.CaptureFixture[str]) -> None:
    path = broken('name = "Anna"\ncondition = osteoporosis\n')
    assert main(["profile"]) == 2
    err = capsys.readouterr().err
    assert f"{path}:2:" in err
    assert "coach profile --ask" in err


def test_without_a_history_that_can_be_read_it_is_the_least_of_everything_and_said() -> None:
    write_session(FIRST.history, MONDAY, [Dose("one-arm-row", 3, 15)])
    db = open_to_write(FIRST.history).connection
    db.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    db.close()
    prepared = today("spine-strength-2")
    assert prepared.plan.routine is not None
    assert {(block.sets, block.reps) for block in prepared.plan.routine.blocks} == {(1, 10)}
    assert UNREAD in prepared.plan.routine.notes
    assert prepared.recorder is None
    assert any("I can't read your past sessions" in line for line in prepared.notices)
