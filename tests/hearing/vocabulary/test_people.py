"""Names as phrases: everybody's is told from everybody else's and from every command, or it is refused."""

import itertools

import pytest

from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.people import people_table, phrases_of, refusal
from coach.hearing.vocabulary.phrase_table import load_table
from scripts.benches.names import NAMES

TABLE = load_table()


@pytest.mark.parametrize("name", ["Next", "next", "Paws", "Too", "Ate", "Dun!", "Stop", "None", "Bands"])
def test_a_name_that_sounds_like_something_to_say_is_refused(name: str) -> None:
    refused = refusal(name, (), TABLE)
    assert (refused is not None) is (name != "Dun!")
    assert refused is None or "say to the coach" in refused


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anna", "Hannah"), ("Jon", "John"), ("Sara", "Sarah"), ("Stephen", "Steven"), ("Ben", "Jen"), ("José", "Jose")],
)
def test_two_names_that_sound_alike_are_refused_and_the_other_is_named(one: str, other: str) -> None:
    for name, there in ((one, other), (other, one)):
        assert f"too much like {there!r}" in (refusal(name, ["Victor", there], TABLE) or "")


@pytest.mark.parametrize("name", ["Anna", "anna", "first person", "Анна", "안나"])
def test_a_person_is_one_however_the_name_is_written(name: str) -> None:
    phrases = people_table(TABLE, (name, "Victor")).phrases()
    said = [phrase for phrase in phrases if phrase.choice == name]
    assert {normal(name), f"i'm {normal(name)}"} <= {phrase.text for phrase in said}
    assert all(phrase.names_person for phrase in said)
    assert not any(phrase.names_person for phrase in phrases if phrase.choice is None)


def test_a_routine_is_nobody() -> None:
    assert not any(phrase.names_person for phrase in TABLE.phrases())


@pytest.mark.parametrize("name", NAMES)
def test_each_of_forty_usual_names_can_be_added_to_an_empty_house(name: str) -> None:
    assert refusal(name, (), TABLE) is None


def test_of_two_usual_names_few_pairs_are_refused() -> None:
    pairs = list(itertools.combinations(NAMES, 2))
    refused = [pair for pair in pairs if refusal(pair[0], [pair[1]], TABLE)]
    assert len(refused) < 0.02 * len(pairs), refused


def test_what_cannot_be_heard_is_refused() -> None:
    assert "no letter" in (refusal("--", (), TABLE) or "")


def test_a_table_of_people_has_their_names_for_choices_and_no_numbers() -> None:
    table = people_table(TABLE, ["Anna", "Kim Lee", "José"])
    meanings = table.meanings()
    assert [phrase.value for phrase in meanings["anna"]] == [0]
    assert [phrase.value for phrase in meanings["i'm kim lee"]] == [1]
    assert [phrase.value for phrase in meanings["this is jose"]] == [2]
    assert "three" not in meanings
    assert {entry.command for entry in table.entries} >= SAFETY
    assert table.entry(Command.NUMBER) is None


def test_a_name_is_known_in_other_spellings_but_never_in_somebody_else_s() -> None:
    assert "I'm lucas" in phrases_of("Lukas")
    assert "it's b" in phrases_of("Bea")
    meanings = people_table(TABLE, ["Paula", "Pola"]).meanings()
    assert [phrase.value for phrase in meanings["pola"]] == [1]
    assert [phrase.value for phrase in meanings["it's paula"]] == [0]


def test_no_rival_takes_what_a_name_sounds_like() -> None:
    rival = TABLE.rivals[0]
    assert rival in people_table(TABLE, ["Anna"]).rivals
    assert rival not in people_table(TABLE, [rival]).rivals


def test_every_way_to_say_a_name_is_in_its_normal_form_once_normalized() -> None:
    said = [normal(phrase) for phrase in phrases_of("José")]
    assert len(said) == len(set(said))
    assert {"josé", "jose"} <= set(said)
