"""Nothing of one person is ever opened, changed or shown in a command of another, whatever is done in what order."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.training.people.folders import FIRST
from coach.training.people.names import key_of
from tests.support.house import READING, TRAINING, WRITING, crossings, furnished, owner_of, ran
from tests.support.opened import opened

NAMES = ("Anna", "Bea", "José", "Kim Lee", "anna-2", "Ännchen", "B", "people")
names = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique_by=key_of)
steps = st.lists(st.tuples(st.integers(0, 3), st.sampled_from((*READING, *WRITING))), min_size=1, max_size=5)
ROUTINE = 'name = "External"\n[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = 10\n'


@pytest.fixture(autouse=True)
def _house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "external.toml").write_text(ROUTINE)
    return tmp_path


def empty() -> None:
    for folder in FIRST.all:
        shutil.rmtree(folder, ignore_errors=True)


def keep_apart(called: list[str], course: list[tuple[int, tuple[str, ...]]]) -> None:
    empty()
    people = furnished(called)
    for who, command in course:
        at = who % len(people)
        assert list(crossings(people, at, command)) == [], (people[at].name, command)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, steps)
def test_no_command_for_one_person_opens_changes_or_shows_what_is_another_s(
    called: list[str], course: list[tuple[int, tuple[str, ...]]]
) -> None:
    keep_apart(called, course)


def test_no_training_of_one_person_opens_or_changes_what_is_another_s() -> None:
    keep_apart(["Anna", "Bea"], [(0, TRAINING), (1, TRAINING), (0, ("history",)), (1, ("progress",))])


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, st.lists(st.tuples(st.integers(0, 3), st.sampled_from((*READING, *WRITING, TRAINING))), max_size=10))
def test_many_courses_of_commands_keep_people_apart(
    called: list[str], course: list[tuple[int, tuple[str, ...]]]
) -> None:
    keep_apart(called, course)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names, st.integers(0, 3))
def test_a_renamed_person_keeps_what_is_hers_and_gets_nothing_else(called: list[str], who: int) -> None:
    empty()
    people = furnished(called)
    her = people[who % len(people)]
    if ran("people", "rename", her.name, "Zoe")[0] == 0:
        _, said = ran("profile", "--for", "Zoe")
        assert her.mark in said
        assert not any(other.mark in said for other in people if other is not her)


def test_the_measure_finds_a_file_of_another() -> None:
    people = furnished(["Anna", "Bea"])
    with opened() as files:
        people[1].folders.history.read_bytes()
    assert owner_of(files[-1], people) is people[1]
