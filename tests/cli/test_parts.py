"""Warm-up, balance hold and wind-down are switched off by an option, in the profile, or in a routine's file."""

from pathlib import Path

import pytest

from coach import places
from coach.cli.files.people import read_people
from coach.cli.session.request import parts_of
from coach.cli.training.person import Whose, fitting
from coach.library.routine import Routine, WantedParts
from coach.training.profile import Profile


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("config_folder", "data_folder", "state_folder"):
        monkeypatch.setattr(places, folder, lambda folder=folder: tmp_path / folder)
    return tmp_path


def fitted(profile: Profile, around: WantedParts, name: str = "bands") -> tuple[bool, bool, bool]:
    return parts(fitting(name, Whose(profile), around=around)[0])


def parts(routine: Routine) -> tuple[bool, bool, bool]:
    return routine.warm_up, routine.balance is not None, routine.wind_down


NOT_SAID = parts_of(None, None, None)


def test_without_a_word_all_three_are_there() -> None:
    assert fitted(Profile(), NOT_SAID) == (True, True, True)


@pytest.mark.parametrize("off", range(3))
def test_each_is_switched_off_alone_by_an_option_or_the_profile(off: int) -> None:
    expected = tuple(n != off for n in range(3))
    said = [None if n != off else False for n in range(3)]
    assert fitted(Profile(), parts_of(*said)) == expected
    name = ("warm_up", "balance", "wind_down")[off]
    assert fitted(Profile(**{name: False}), NOT_SAID) == expected  # type: ignore[arg-type]  # one of the three


def test_an_option_wins_over_the_profile_and_a_file_over_both(tmp_path: Path) -> None:
    nothing = Profile(warm_up=False, balance=False, wind_down=False)
    assert fitted(nothing, parts_of(True, True, True)) == (True, True, True)
    own = tmp_path / "own.toml"
    own.write_text(
        'name = "Own"\nwarm_up = false\nbalance = false\n[[block]]\nexercise = "bird-dog"\nsets = 1\nreps = 10\n'
    )
    assert fitted(Profile(), parts_of(True, True, True), str(own)) == (False, False, True)


def test_a_file_written_before_these_keys_has_all_three(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('name = "Own"\n[[block]]\nexercise = "bird-dog"\nsets = 1\nreps = 10\n')
    assert fitted(Profile(), NOT_SAID, str(own)) == (True, True, True)


def test_a_row_of_a_list_follows_its_profile(tmp_path: Path) -> None:
    (tmp_path / "short.toml").write_text("warm_up = false\n")
    (tmp_path / "people.csv").write_text("name,routine,profile\nAnna,bands,short.toml\nBea,bands,\n")
    (anna, bea), _ = read_people(tmp_path / "people.csv")
    assert parts(anna.routine) == (False, True, True)
    assert parts(bea.routine) == (True, True, True)
