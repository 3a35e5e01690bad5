"""What is said, or refused, before a session: too soon after the last one, or too much at once."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach import places
from coach.cli.session.request import RoomRequest
from coach.library.safe_routine import UnsafeError
from tests.support.today import broken_off, routine_of, today, trained
from tests.support.training import MONDAY


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("config_folder", "data_folder", "state_folder"):
        monkeypatch.setattr(places, folder, lambda folder=folder: tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    ("days_ago", "said"), [(0, "You've already trained today"), (1, "You trained yesterday"), (2, None)]
)
def test_training_again_within_48_hours_is_said_in_the_welcome_and_the_walk_offered(
    tmp_path: Path, days_ago: int, said: str | None
) -> None:
    path = trained(tmp_path / "h.sqlite3", MONDAY - timedelta(days=days_ago))
    prepared = today(path)
    notes = routine_of(prepared).notes
    if said is None:
        assert notes == ()
        return
    assert notes[0].startswith(said)
    assert "A walk would do you more good today" in notes[0]
    assert notes[0] in prepared.notices


def test_a_session_that_broke_off_today_is_no_second_one(tmp_path: Path) -> None:
    path = tmp_path / "h.sqlite3"
    broken_off(path)
    fresh = today(path)
    assert routine_of(fresh).notes == ()
    assert any("--resume" in line for line in fresh.notices)
    assert routine_of(today(path, resume=True)).notes == ()


def test_too_many_sets_asked_for_are_refused_before_a_session(tmp_path: Path) -> None:
    with pytest.raises(UnsafeError, match="more than three sets"):
        today(tmp_path / "h.sqlite3", sets=4)
    with pytest.raises(UnsafeError, match="more than fifteen reps"):
        today(room=RoomRequest(), reps=16)
