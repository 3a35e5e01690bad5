"""What an earlier coach left is read whole: its history (of schema 2), its profile, its log."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from coach.library.files import load_exercises, load_routine
from coach.library.safety import Condition, Limit
from coach.log import entries
from coach.training.history import History, as_json
from coach.training.profile import load_profile
from coach.training.schema import SCHEMA, version
from coach.training.shape import due_today
from coach.training.store import open_to_write
from coach.training.writer import HistoryWriter

BEFORE = Path(__file__).parents[2] / "data" / "before"
TODAY = date(2027, 5, 12)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(BEFORE / "history.sqlite3", tmp_path / "history.sqlite3"))


def test_the_history_says_what_the_coach_said_that_wrote_it(path: Path) -> None:
    said = json.loads((BEFORE / "history.json").read_text("utf-8"))
    history = History.open(path, TODAY)
    assert history.notice is None
    shown = [json.loads(json.dumps(as_json(session))) for session in history.sessions()]
    assert shown == [{**session, "holds": []} for session in said]
    assert history.walked(date(2027, 5, 5), date(2027, 5, 5)) == 30.0
    assert history.db.execute("SELECT exercise, day FROM cleared").fetchall() == [("bird-dog", "2027-05-05")]


def test_the_next_dose_goes_on_from_it_and_it_is_written_on(path: Path) -> None:
    profile = load_profile(BEFORE / "profile.toml")
    due = due_today(load_routine("spine-strength"), History.open(path, TODAY), profile, load_exercises(), TODAY)
    rules = {item.exercise.id: item.decision.rule for item in due}
    assert rules["one-arm-row"] != "start"
    before = len(list(History.open(path, TODAY).sessions()))
    HistoryWriter(path).close()
    connection = open_to_write(path).connection
    assert version(connection) == SCHEMA
    assert len(list(History.open(path, TODAY).sessions())) == before


def test_the_profile_says_what_it_said() -> None:
    profile = load_profile(BEFORE / "profile.toml")
    assert (profile.name, profile.condition, profile.weights) == ("Anna", Condition.OSTEOPOROSIS, (1.0, 2.0, 3.0))
    assert (profile.bands, profile.limits) == (("yellow", "red"), frozenset({Limit.WRISTS}))


def test_every_line_of_the_log_is_one_of_todays_kinds() -> None:
    kinds = {entry.event for entry in vars(entries).values() if isinstance(getattr(entry, "event", None), str)}
    lines = [json.loads(line) for line in (BEFORE / "rehearsal.jsonl").read_text("utf-8").splitlines()]
    assert lines[0]["schema"] <= entries.SCHEMA
    assert {line["event"] for line in lines} <= kinds
