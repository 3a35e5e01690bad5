"""The commands of training as a person gives them: what is printed, what is refused, with which exit code."""

import io
import json
from datetime import date
from pathlib import Path

import pytest

from coach import places
from coach.cli.main import main
from coach.training.dose import Dose
from coach.training.rules import CARE
from tests.support.training import hurt_in_back, write_session


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("config_folder", "data_folder", "state_folder"):
        monkeypatch.setattr(places, folder, lambda folder=folder: tmp_path / folder)
    return tmp_path


def coach(*arguments: object) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert coach(*arguments) == 0
    return capsys.readouterr().out


def test_the_profile_is_asked_for_and_kept(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("osteopenic\nosteopenia\nno\nnone\nkg\n1, 2\n"))
    said = printed(capsys, "profile", "--ask")
    assert "isn't one of osteopenia" in said
    shown = json.loads(printed(capsys, "profile", "--json"))
    assert (shown["condition"], shown["weights"], shown["bands"]) == ("osteopenia", [1.0, 2.0], [])
    assert (home / "config_folder" / "profile.toml").exists()


def test_one_entry_can_be_changed_and_a_wrong_one_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "profile", "--set", "weights=1, 2", "--set", "name=Ada")
    assert coach("profile", "--set", "units=stone") == 2
    assert "kg, lb" in capsys.readouterr().err
    assert json.loads(printed(capsys, "profile", "--json"))["name"] == "Ada"


def test_the_plan_names_doses_reasons_guidelines_and_the_disclaimer(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "plan", "--today", "2027-05-04")
    for word in (
        "Tuesday, 4 May 2027",
        "one set of ten",
        "Joan Pagano",
        "0 of 150 minutes",
        "Too Fit To Fracture 2014, Table 4",
        "not medical advice",
    ):
        assert word in said


def test_a_walk_counts_toward_the_week(capsys: pytest.CaptureFixture[str]) -> None:
    plan = json.loads(printed(capsys, "plan", "--walked", "30", "--today", "2027-05-04", "--json"))
    assert plan["week"][-1]["done"] == 30
    assert coach("plan", "--walked", "-3") == 2


@pytest.mark.parametrize("day", ["tomorrow", "2027-13-01", "20270504", "0001-01-01", ""])
def test_a_day_that_is_none_is_refused(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach("plan", "--today", day) == 2
    assert "YYYY-MM-DD" in capsys.readouterr().err


def test_pain_shows_in_the_plan_with_its_reason_until_a_clinician_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.sqlite3"

    write_session(own, date(2027, 5, 3), [Dose("bird-dog", 1, 10)], effort=10, rehearsed=True)
    said = printed(capsys, "plan", "floor", "--history", own, "--today", "2027-05-06")
    assert "left out" in said
    assert "doctor or physiotherapist" in said
    said = printed(capsys, "plan", "floor", "--history", own, "--today", "2027-05-06", "--clear", "bird-dog")
    assert "we'll begin again" in said
    assert coach("plan", "--clear", "sit-up") == 2


def test_a_vertebral_fracture_has_no_plan_before_the_clinician_agreed(capsys: pytest.CaptureFixture[str]) -> None:
    printed(capsys, "profile", "--set", "condition=vertebral-fracture")
    assert coach("plan") == 2
    assert "doctor or physiotherapist" in capsys.readouterr().err
    printed(capsys, "profile", "--set", "clinician_agreed=yes")
    assert coach("plan") == 0


def test_history_and_progress_are_text_json_and_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:

    assert "Nothing on record" in printed(capsys, "history")
    assert "Nothing on record" in printed(capsys, "progress")
    assert json.loads(printed(capsys, "history", "--json")) == []
    own = tmp_path / "own.sqlite3"
    write_session(own, date(2027, 5, 3))
    assert "completed" in printed(capsys, "history", "--history", own)
    assert printed(capsys, "history", "--history", own, "--csv").count("one-arm-row") == 2
    assert "one-arm-row" in printed(capsys, "progress", "--history", own, "--today", "2027-05-04")
    large = printed(capsys, "progress", "one-arm-row", "--history", own, "--today", "2027-05-04")
    assert "│" in large
    assert coach("progress", "plank", "--history", own) == 2
    shown = json.loads(printed(capsys, "progress", "--history", own, "--today", "2027-05-04", "--json"))
    assert list(shown) == ["exercises", "adherence", "changes", "walked", "usability"]


def test_a_corrupt_history_is_said_and_the_command_goes_on(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "data_folder").mkdir()
    (home / "data_folder" / "history.sqlite3").write_bytes(b"rubbish" * 999)
    assert coach("history") == 0
    out = capsys.readouterr()
    assert "has been kept as history.sqlite3.broken-" in out.err
    assert "Nothing on record" in out.out


def test_sources_name_every_fact_and_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(capsys, "sources")
    assert "nowhere" not in said
    assert "one-a-week" in said
    for rule in CARE:
        assert f"  {rule}" in said
    assert "reps (osteopenia: warn)" in said
    assert [row["fact"] for row in json.loads(printed(capsys, "sources", "dose", "--json"))] == [
        "dose.start",
        "dose.progress",
    ]
    assert coach("sources", "dragons") == 2


def test_after_back_pain_the_plan_says_so_first_until_a_clinician_has_agreed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.sqlite3"
    assert coach("plan", "--history", own, "--clear", "back") == 2
    hurt_in_back(own, date(2027, 5, 3))
    asked = ("plan", "floor", "--history", own, "--today", "2027-05-06")
    said = printed(capsys, *asked)
    assert said.startswith("Last time, on Monday, 3 May 2027, your back hurt.")
    shown = json.loads(printed(capsys, *asked, "--json"))
    assert (shown["due"], shown["barred"] is None) == (False, False)
    assert json.loads(printed(capsys, *asked, "--clear", "back", "--json"))["barred"] is None
    assert "your back hurt" not in printed(capsys, *asked)


def test_an_export_says_first_that_her_back_hurt(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.sqlite3"
    hurt_in_back(own)
    assert coach("export", "bands", "--reps", "1", "-o", tmp_path / "a.wav", "--history", own) == 0
    assert capsys.readouterr().err.startswith("Last time, on Monday, 3 May 2027, your back hurt.")


def test_the_plan_of_a_routine_of_ones_own_says_the_dose_that_will_be_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        'name = "Mine"\n[[block]]\nexercise = "bird-dog"\nsets = 2\nreps = 12\n'
        '[[block]]\nexercise = "back-extension"\nsets = 1\nreps = 10\n'
    )
    found = json.loads(printed(capsys, "plan", str(path), "--json"))["exercises"]
    assert [(one["exercise"], one["sets"], one["reps"]) for one in found] == [
        ("bird-dog", 2, 12),
        ("back-extension", 1, 10),
    ]
    assert [one["source"] == "your routine" for one in found] == [True, False]
    said = printed(capsys, "plan", str(path))
    assert "Bird dog: two sets of twelve" in said
    assert "Your routine sets its own sets and reps" in said


def test_heavy_weights_are_refused_or_asked_and_a_wrong_profile_stops_every_command(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coach("profile", "--set", "weights=40") == 2
    assert "too heavy" in capsys.readouterr().err
    fracture = ("--set", "condition=vertebral-fracture", "--set", "clinician_agreed=yes")
    assert coach("profile", *fracture, "--set", "weights=2, 3") == 2
    assert "after a vertebral fracture" in capsys.readouterr().err
    assert "more than 5 kg" in printed(capsys, "profile", "--set", "weights=2, 6")
    assert "6 kg: we won't use more than 5 kg" in printed(capsys, "plan")
    assert "6 kg" not in printed(capsys, "plan", "bands")
    assert "more than 5 kg" not in printed(capsys, "profile", "--set", "heavy_agreed=yes")
    (home / "config_folder" / "profile.toml").write_text("weights = [40]\n")
    routine = home / "own.toml"
    routine.write_text('name = "Own"\n[[block]]\nexercise = "one-arm-row"\nsets = 1\nreps = 10\n')
    for command in (
        ("profile",), ("check", routine), ("plan",), ("export", "bands", "-o", home / "a.wav")
    ):  # fmt: skip
        assert coach(*command) == 2
        assert "40 kg is too heavy" in capsys.readouterr().err


def test_over_five_kilos_are_asked_about_where_they_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("osteopenia\n\n\n\n2, 6\nyes\n\n\n\n"))
    assert "more than five kilos" in printed(capsys, "profile", "--ask")
    assert json.loads(printed(capsys, "profile", "--json"))["heavy_agreed"] is True


@pytest.mark.parametrize("condition", ["osteoporosis", "osteopenia"])
def test_too_much_is_refused_or_warned_of_wherever_it_is_asked_for(
    home: Path, capsys: pytest.CaptureFixture[str], condition: str
) -> None:
    own = home / "own.toml"
    own.write_text('name = "Own"\n[[block]]\nexercise = "horizontal-abduction"\nsets = 1\nreps = 16\n')
    printed(capsys, "profile", "--set", f"condition={condition}")
    wav = ("-o", home / "a.wav")
    asked = [("check", own), ("plan", own), ("export", own, *wav)]
    asked += [("export", "bands", *wav, "--reps", "16"), ("export", "bands", *wav, "--reps", "1", "--rest", "30")]
    for command in asked:
        code = coach(*command)
        out = capsys.readouterr()
        assert code == (2 if condition == "osteoporosis" else 0), command
        assert "more than fifteen reps" in out.out + out.err or "less than a minute" in out.out + out.err, command


def test_after_a_fracture_a_cleared_exercise_comes_back_into_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    fracture = ("--set", "condition=vertebral-fracture", "--set", "clinician_agreed=yes")
    printed(capsys, "profile", *fracture)
    assert "Wall extension: one set" in printed(capsys, "plan", "floor")
    said = printed(capsys, "plan", "floor", "--clear", "back-extension")
    assert "Back extension: one set" in said
    assert "Wall extension" not in said


def test_the_parts_around_the_exercises_are_kept_in_the_profile(capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(printed(capsys, "profile", "--set", "balance=no", "--json"))["balance"] is False
    assert json.loads(printed(capsys, "profile", "--json"))["warm_up"] is True


def test_a_routine_of_thirty_blocks_is_checked_and_planned_block_by_block(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    block = '[[block]]\nexercise = "{}"\nsets = 1\nreps = 10\n'
    names = ("horizontal-abduction", "external-rotation", "one-arm-row")
    own = home / "own.toml"
    own.write_text('name = "Own"\n' + "".join(block.format(names[number % 3]) for number in range(30)))
    assert "fine" in printed(capsys, "check", own)
    assert len(json.loads(printed(capsys, "plan", own, "--json"))["exercises"]) == 30
