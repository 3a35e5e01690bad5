"""What the coach keeps about a person is that person's alone: files 0600 in folders 0700, new and old ones."""

import os
import subprocess
from pathlib import Path

import pytest

from coach import places
from coach.log.writer import LogWriter
from coach.training.profile import Profile, load_profile, profile_path
from coach.training.profile_file import save_profile
from coach.training.store import history_path, open_to_write
from tests.architecture.tree import SOURCES, where
from tests.support.program import COACH, environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions are kept otherwise there")
OWN = (places.state_folder, places.data_folder, places.config_folder)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def kept() -> list[Path]:
    """Return every file and folder of the coach's own."""
    return [path for own in OWN if own().exists() for path in (own(), *own().rglob("*"))]


def readable_by_others() -> list[str]:
    return [str(path) for path in kept() if mode(path) & 0o077]


def test_history_profile_and_log_are_the_owners_alone() -> None:
    LogWriter([places.state_folder() / "sessions" / "a.jsonl"]).close()
    save_profile(Profile(), profile_path())
    store = open_to_write(history_path())  # with its two companions
    assert len([path for path in kept() if path.is_file()]) >= 4
    assert readable_by_others() == []
    store.connection.close()


def test_a_rehearsal_with_a_history_leaves_nothing_for_others(tmp_path: Path) -> None:
    brief = Path(__file__).parent / "data" / "brief.toml"
    command = [*COACH, "rehearse", str(brief), "--by-text", "--plain", "--history", str(history_path())]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=tmp_path, env=environment())
    assert any(path.suffix == ".jsonl" for path in kept())
    assert readable_by_others() == []


def test_what_an_older_coach_left_becomes_private_once() -> None:
    old = (places.state_folder() / "sessions" / "old.jsonl", history_path(), profile_path())
    for path in old:
        path.parent.mkdir(parents=True)
        path.write_text("")
        path.chmod(0o644)
    assert readable_by_others()
    places.private_file(places.state_folder() / "new.json")
    assert readable_by_others() == []
    assert all(mode(path) == 0o600 for path in old)


def test_what_may_not_be_written_stays_so() -> None:
    places.config_folder().mkdir(parents=True)
    profile_path().write_text('name = "Ann"\n')
    profile_path().chmod(0o444)
    places.private_folder(places.state_folder())
    assert mode(profile_path()) == 0o400
    assert load_profile().name == "Ann"


def test_a_folder_that_is_not_the_coachs_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    mine = tmp_path / "mine.jsonl"
    mine.touch(0o644)
    mine.chmod(0o644)
    for path in (mine, tmp_path / "new" / "new.jsonl"):
        LogWriter([path]).close()
    assert (mode(tmp_path), mode(mine)) == (0o755, 0o644)
    assert (mode(tmp_path / "new"), mode(tmp_path / "new" / "new.jsonl")) == (0o700, 0o600)


def test_whoever_names_a_folder_of_the_coach_makes_it_private() -> None:
    naming = {where(path) for path in SOURCES if "mkdir(" in path.read_text("utf-8")} - {"places.py"}
    texts = {place: text for path in SOURCES if (place := where(path)) in naming and (text := path.read_text("utf-8"))}
    assert not [place for place, text in texts.items() if any(own.__name__ in text for own in OWN)]
