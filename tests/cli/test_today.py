"""What is trained today: safe for the person, shaped by what was done, recorded, and gone on with after a break."""

import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from coach import places
from coach.cli.main import main
from coach.cli.session.request import RoomRequest
from coach.clock import ClockReading
from coach.errors import InputError
from coach.library.exercise import Position
from coach.library.routine import Routine
from coach.library.safe_routine import UnsafeError
from coach.training.dose import Dose
from coach.training.history import History
from coach.training.recorder import Recorder
from coach.training.store import history_path
from coach.training.unfinished import unfinished
from coach.training.writer import HistoryWriter
from tests.support.today import PULL, TABLE, broken_off, routine_of, today, trained
from tests.support.training import MONDAY, NOON, hurt_in_back


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("config_folder", "data_folder", "state_folder"):
        monkeypatch.setattr(places, folder, lambda folder=folder: tmp_path / folder)
    return tmp_path


@pytest.fixture
def profile(home: Path) -> Callable[[str], None]:
    def write(text: str) -> None:
        path = home / "config_folder" / "profile.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return write


def spoken(routine: Routine, block: int = 0) -> str:
    return " ".join(line.say for line in routine.blocks[block].exercise.setup)


def test_the_first_time_and_the_load_are_spoken_in_the_set_up(tmp_path: Path, profile: Callable[[str], None]) -> None:
    profile('bands = ["yellow", "red"]')
    said = spoken(routine_of(today(tmp_path / "h.sqlite3")))
    assert said.startswith("For your first time: one set of ten with the yellow band. Use the yellow band today.")


def test_two_easy_sessions_are_spoken_and_the_dose_grows(tmp_path: Path, profile: Callable[[str], None]) -> None:
    profile('bands = ["yellow", "red"]')
    path = trained(tmp_path / "h.sqlite3", MONDAY - timedelta(days=7), MONDAY - timedelta(days=4))
    block = routine_of(today(path)).blocks[0]
    assert (block.sets, block.reps) == (1, 12)
    assert "The last two times, you did ten and rated the effort five. So today it's twelve." in spoken(
        routine_of(today(path))
    )


def test_sets_and_reps_asked_for_win_over_the_plan(tmp_path: Path) -> None:
    path = trained(tmp_path / "h.sqlite3", MONDAY - timedelta(days=7), MONDAY - timedelta(days=4))
    prepared = today(path, sets=2, reps=8)
    assert prepared.recorder is not None
    assert {(block.sets, block.reps) for block in routine_of(prepared).blocks} == {(2, 8)}


def test_too_much_asked_for_by_an_option_is_said_in_the_welcome_too(
    tmp_path: Path, profile: Callable[[str], None]
) -> None:
    profile('condition = "osteopenia"')
    prepared = today(tmp_path / "h.sqlite3", reps=20)
    assert any("more than fifteen reps" in line for line in prepared.notices)
    assert [note for note in routine_of(prepared).notes if "More than fifteen in a set is a lot." in note]


def test_a_plain_rehearsal_is_neither_planned_nor_recorded(home: Path) -> None:
    prepared = today(room=RoomRequest())
    assert prepared.recorder is None
    assert "first time" not in spoken(routine_of(prepared))
    assert not (home / "data_folder").exists()


def test_after_a_fracture_nothing_begins_without_the_clinicians_word(profile: Callable[[str], None]) -> None:
    profile('condition = "vertebral-fracture"')
    with pytest.raises(UnsafeError, match="doctor or physiotherapist"):
        today()
    with pytest.raises(UnsafeError):
        today(routine=None)
    profile('condition = "vertebral-fracture"\nclinician_agreed = true')
    assert today().plan.routine is not None


@pytest.mark.parametrize("condition", ["unknown", "osteoporosis"])
def test_what_wants_care_is_told_and_spoken_at_its_moment(profile: Callable[[str], None], condition: str) -> None:
    profile(f'condition = "{condition}"')
    assert any("face down" in line for line in today(routine="floor").notices)
    routine = routine_of(today(routine="floor"))
    assert routine.notes == ()
    assert {(care.exercise, care.at_the_move) for care in routine.cares} >= {
        ("bird-dog", True),
        ("back-extension", False),
    }


def test_what_is_not_for_her_is_replaced_and_that_is_spoken(profile: Callable[[str], None]) -> None:
    profile('limits = ["floor"]')
    choices = today(routine=None).plan.choices
    assert len(choices) == len(TABLE.choices)
    floor = choices[[choice.name for choice in TABLE.choices].index("floor")]
    assert {block.exercise.position for block in floor.blocks} == {Position.STANDING}
    assert "Your profile says to avoid the floor." in " ".join(floor.notes)


def test_a_choice_of_which_nothing_is_left_becomes_the_usual_and_says_so(tmp_path: Path) -> None:
    path = trained(tmp_path / "h.sqlite3", MONDAY - timedelta(days=3), dose=Dose(PULL, 1, 10), effort=10)
    trained(path, MONDAY - timedelta(days=2), dose=Dose("external-rotation", 1, 10), effort=10)
    choices = today(path, routine=None).plan.choices
    bands = choices[[choice.name for choice in TABLE.choices].index("bands")]
    assert bands.id == "spine-strength"
    assert "isn't for you today" in bands.notes[0]
    with pytest.raises(InputError, match="left out for now"):
        today(path)


def test_a_history_that_cannot_be_used_is_told_and_the_session_goes_on_unrecorded(home: Path) -> None:
    path = home / "data_folder" / "history.sqlite3"
    HistoryWriter(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    prepared = today()
    assert prepared.recorder is None
    assert "newer format (99)" in " ".join(prepared.notices)
    with pytest.raises(InputError, match=r"newer format \(99\)"):
        today(path)


def test_nothing_broken_off_is_nothing_to_resume(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to resume"):
        today(trained(tmp_path / "h.sqlite3", MONDAY), resume=True)


def test_a_session_that_broke_off_goes_on_at_the_next_rep_with_its_load(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    broken_off(path)
    prepared = today(path, routine=None, resume=True)
    assert prepared.plan.place is not None
    assert (prepared.plan.place.block, prepared.plan.place.first_rep) == (0, 3)
    assert "Use the yellow band today." in spoken(routine_of(prepared))
    assert "rep 3" in prepared.notices[0]


def test_two_coaches_never_go_on_with_the_same_session(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    broken_off(path)
    history = History.open(path)
    left = unfinished(history, NOON)
    assert left is not None
    first, second = HistoryWriter(path), HistoryWriter(path)
    Recorder(first, {}, ClockReading(MONDAY, NOON), rehearsed=False, resumed=left).close()
    with pytest.raises(InputError, match="in another window"):
        Recorder(second, {}, ClockReading(MONDAY, NOON), rehearsed=False, resumed=left)
    second.close()


def test_another_routine_is_not_what_broke_off(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    broken_off(path)
    with pytest.raises(InputError, match="was 'bands'"):
        today(path, routine="floor", resume=True)


def rehearse(path: Path, *more: str) -> int:
    try:
        return main(["rehearse", "bands", "--by-text", "--history", str(path), "--today", "2027-05-03", *more])
    except SystemExit as end:
        return int(end.code or 0)


def sets_of(path: Path) -> list[dict[str, object]]:
    with sqlite3.connect(path) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM set_done ORDER BY id")]


def scripted(path: Path, *lines: tuple[str, str]) -> Path:
    path.write_text("\n".join(f'[[say]]\nat = {at}\nafter_s = 5\ntext = "{text}"' for at, text in lines))
    return path


def test_a_rehearsed_session_is_in_its_history_with_effort_and_tempo(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    script = scripted(tmp_path / "s.toml", (f'{{question = "effort", exercise = "{PULL}"}}', "about a seven"))
    assert rehearse(path, "--script", str(script), "--reps", "3") == 0
    (pull, turn) = sets_of(path)
    assert (pull["effort"], turn["effort"]) == (7, 6)
    assert (pull["done"], pull["planned"]) == (3, 3)
    assert str(pull["tempo"]).startswith("pull ")


@pytest.mark.parametrize("answer", ["eleven", ""])
def test_eleven_or_silence_records_no_effort(tmp_path: Path, answer: str) -> None:
    path, log = tmp_path / "h.sqlite3", tmp_path / "log.jsonl"
    script = scripted(tmp_path / "s.toml", (f'{{question = "effort", exercise = "{PULL}"}}', answer))
    assert rehearse(path, "--script", str(script), "--reps", "2", "--log", str(log)) == 0
    assert sets_of(path)[0]["effort"] is None
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    asked = [e for e in entries if e["event"] == "say" and "How hard was that" in e["text"]]
    assert len(asked) == 3  # twice here, once after the other exercise


def test_where_it_hurt_is_recorded_and_the_doctor_is_named(tmp_path: Path) -> None:
    path, log = tmp_path / "h.sqlite3", tmp_path / "log.jsonl"
    script = scripted(
        tmp_path / "s.toml",
        (f'{{kind = "set", exercise = "{PULL}", rep = 2}}', "it hurts"),
        ('{question = "hurt_back"}', "yes"),
    )
    assert rehearse(path, "--script", str(script), "--reps", "3", "--log", str(log)) == 0
    (pull,) = sets_of(path)
    assert (pull["pain"], pull["pain_back"], pull["ended_by"]) == (1, 1, "it_hurts")
    said = [json.loads(line).get("text", "") for line in log.read_text().splitlines()]
    assert any("Call your doctor before you train again" in (text or "") for text in said)
    assert any("call your doctor about that pain" in (text or "") for text in said)


def test_a_session_on_files_is_nobodys_training_and_goes_on_only_on_files() -> None:
    path = history_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    broken_off(path, rehearsed=True)
    history = History.open()
    assert unfinished(history, NOON) is None
    left = unfinished(history, NOON, rehearsed=True)
    assert left is not None
    assert left.at.first_rep == 3


@pytest.mark.parametrize("routine", ["bands", None])
def test_after_back_pain_the_session_first_asks_whether_a_clinician_agreed(tmp_path: Path, routine: str | None) -> None:
    path = tmp_path / "h.sqlite3"
    session = hurt_in_back(path, MONDAY - timedelta(days=1))
    barred = today(path, routine=routine)
    assert barred.plan.asks_cleared
    assert any("your back hurt" in notice for notice in barred.notices)
    writer = HistoryWriter(path)
    writer.clear_session(session, MONDAY)
    writer.close()
    assert not today(path, routine="bands").plan.asks_cleared
