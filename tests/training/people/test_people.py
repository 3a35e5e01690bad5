"""Several people in one house: each has files of their own, and nobody's session touches another's."""

import json
from pathlib import Path

import pytest

from coach import places
from coach.cli.main import main
from coach.errors import InputError
from coach.training.history import History
from coach.training.people.folders import FIRST, PersonFolders, others
from coach.training.people.names import add_person, everybody, find_person, name_of, rename_person
from coach.training.profile import Profile, load_profile
from coach.training.profile_file import save_profile
from tests.architecture.tree import SOURCES, where
from tests.support.training import MONDAY, write_session

NAMES = ("Anna", "Bea", "José", "Kim Lee")


def ran(*arguments: str) -> int:
    try:
        return main(list(arguments))
    except SystemExit as done:
        return int(done.code or 0)


def test_what_is_there_belongs_to_the_first_person_and_stays() -> None:
    assert FIRST.profile == places.config_folder() / "profile.toml"
    assert FIRST.history == places.data_folder() / "history.sqlite3"
    save_profile(Profile(name="Anna"), FIRST.profile)
    write_session(FIRST.history, MONDAY)
    add_person("Bea")
    assert find_person(None) == find_person("anna") == FIRST
    assert len(list(History.open(own=find_person("Anna").history).sessions())) == 1
    assert list(History.open(own=find_person("Bea").history).sessions()) == []


@pytest.mark.parametrize("name", ["bea", "BEA", " Bea ", "Be\u0061"])
def test_a_person_is_found_however_the_name_is_written(name: str) -> None:
    assert find_person(name if add_person("Bea") else "") == PersonFolders("bea")


def test_composed_and_decomposed_letters_are_one_name() -> None:
    add_person("Jose\u0301")
    assert find_person("José").key == "jos\u00e9"
    with pytest.raises(InputError, match="already"):
        add_person("josé")


@pytest.mark.parametrize(
    "name",
    ["", " ", "../Bea", "a/b", "a\\b", "..", ".hidden", "x" * 41, "con", "Aux", "a\0b", "🙂", "-x", "a:b"],
)
def test_a_name_that_is_no_folder_everywhere_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        add_person(name)
    assert others() == ()


def test_an_unknown_name_ends_with_the_names_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    save_profile(Profile(name="Anna"), FIRST.profile)
    add_person("Bea")
    for command in (["plan"], ["history"], ["progress"], ["profile"], ["run"], ["report", "--json"], ["walk"]):
        assert ran(*command, "--for", "Cleo") == 2
        assert "nobody called 'Cleo' trains here; the people here are Anna, Bea" in capsys.readouterr().err
    assert ran("profile", "--for", "bea", "--json") == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Bea"


def test_the_environment_names_the_person_where_the_command_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add_person("Bea")
    monkeypatch.setenv("COACH_PERSON", "Bea")
    assert ran("profile", "--json") == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Bea"


def test_people_are_listed_added_and_renamed(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("people") == 0
    assert "no name yet" in capsys.readouterr().out
    assert ran("people", "add", "Bea") == 0
    write_session(find_person("Bea").history, MONDAY)
    assert ran("people", "rename", "Bea", "Kim Lee") == 0
    assert ran("people", "add", "kim lee") == 2
    capsys.readouterr()
    assert ran("people", "--json") == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == [None, "Kim Lee"]
    assert len(list(History.open(own=find_person("kim lee").history).sessions())) == 1
    assert [name_of(person) for person in everybody()] == ["", "Kim Lee"]


def test_the_first_person_is_renamed_in_the_profile_alone() -> None:
    save_profile(Profile(name="Anna"), FIRST.profile)
    rename_person("Anna", "Bea")
    assert (find_person("bea"), load_profile(FIRST.profile).name, others()) == (FIRST, "Bea", ())


def test_a_person_whose_profile_is_broken_is_still_there() -> None:
    person = add_person("Bea")
    person.profile.write_bytes(b"name = \n")
    assert (find_person("Bea"), name_of(person)) == (person, "bea")


def test_two_people_in_one_calendar_keep_their_own_events(tmp_path: Path) -> None:
    add_person("Bea")
    for name, arguments in (("first", ()), ("bea", ("--for", "Bea"))):
        assert ran("plan", "--ics", str(tmp_path / f"{name}.ics"), *arguments) == 0
    events = [
        {line for line in (tmp_path / f"{name}.ics").read_text().splitlines() if line.startswith("UID:")}
        for name in ("first", "bea")
    ]
    assert all(events)
    assert not events[0] & events[1]


def test_only_one_file_knows_where_a_person_s_files_lie() -> None:
    own = ("config_folder", "data_folder", "state_folder", "profile_path()", "history_path()")
    found = {
        (where(path), name)
        for path in SOURCES
        for name in own
        if name in path.read_text("utf-8") and where(path) not in ("places.py", "training/people/folders.py")
    }
    assert {file for file, _ in found} <= {
        "library/own/folders.py", "training/profile.py", "training/store.py", "training/history.py",
    }  # fmt: skip
