"""A phrase table that can't be used is refused, every mistake with its file, line and key."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputError
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Choice, check_words, load_table
from coach.hearing.vocabulary.pronunciation import sound_of

DATA = Path(__file__).parents[2] / "data"


def refused(folder: Path, text: str) -> str:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_table(path)
    lines = str(error.value).splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    return str(error.value).replace(str(path), path.name)


def test_the_korean_table_of_the_tests_loads() -> None:
    table = load_table(DATA / "ko.toml")
    assert table.language == "ko"
    assert table.entry(Command.PAUSE) is not None


def test_two_commands_with_one_phrase_are_refused_and_both_named(tmp_path: Path) -> None:
    text = '[command.next]\nphrases = ["Go on!"]\nkey = "n"\n[command.resume]\nphrases = ["go  on"]\nkey = "c"\n'
    message = refused(tmp_path, text)
    assert "next" in message
    assert "resume" in message
    assert "go on" in message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wait", "weight"),
        ("pause", "paws"),
        ("steal it", "steel it"),
        ("write", "right"),
        ("i'll go", "isle go"),
    ],
)
def test_two_commands_that_sound_alike_are_refused_and_both_named(tmp_path: Path, one: str, other: str) -> None:
    text = f'[command.next]\nphrases = ["{one}"]\nkey = "n"\n[command.back]\nphrases = ["{other}"]\nkey = "b"\n'
    message = refused(tmp_path, text)
    assert "next" in message
    assert "back" in message
    assert "sounds like" in message


def test_two_numbers_that_sound_alike_are_refused(tmp_path: Path) -> None:
    message = refused(tmp_path, '[command.number]\nphrases = ["two", "too"]\nvalues = [2, 3]\nkey = "1-0"\n')
    assert "number 2" in message
    assert "number 3" in message


def test_one_command_may_have_two_spellings_of_one_sound(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[command.next]\nphrases = ["right", "write"]\nkey = "n"\n', encoding="utf-8")
    assert len(load_table(path).phrases()) == 2


def test_a_decoy_that_sounds_like_a_phrase_is_refused(tmp_path: Path) -> None:
    assert "decoy 'paws'" in refused(
        tmp_path, 'decoys = ["paws"]\n[command.next]\nphrases = ["pause it", "pause"]\nkey = "n"\n'
    )


@pytest.mark.parametrize("text", ["", 'language = "en"\n', "[command]\n", '[command.next]\nphrases = []\nkey = "n"\n'])
def test_an_empty_table_is_refused(tmp_path: Path, text: str) -> None:
    assert "empty" in refused(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[command.jump]\n", "no command 'jump'"),
        ('[command.next]\nphrases = "next"\n', "list of strings"),
        ('[command.next]\nphrases = ["next"]\nkey = "nn"\n', "one character"),
        ('[command.next]\nphrases = ["next", "Next."]\nkey = "n"\n', "listed twice"),
        ('[command.next]\nphrases = ["..."]\nkey = "n"\n', "with no words"),
        ('[command.next]\nphrases = ["next"]\nkey = "n"\ncolor = "red"\n', "no 'color'"),
        ('[command.next]\nphrases = ["next"]\nkey = "n"\nwhere = ["bath"]\n', "'bath'"),
        ('[command.next]\nphrases = ["next"]\nkey = "n"\nsafety = true\n', "safety must be false"),
        ('[command.stop]\nphrases = ["stop"]\nkey = "s"\n', "safety must be true"),
        ('[command.number]\nphrases = ["one"]\nvalues = [1, 2]\nkey = "1-0"\n', "as many values"),
        ('[command.next]\nphrases = ["next"]\nkey = "n"\n[command.no]\nphrases = ["no"]\nkey = "n"\n', "same key 'n'"),
        ("command = 3\n", "mine.toml:1: command: must be a table"),
        ("[command.next\n", "mine.toml:1: isn't valid TOML"),
        ("colour = 3\n", "mine.toml:1: colour: there is no 'colour' here"),
        ('[choice]\nbands = "bands"\n', "mine.toml:2: choice.bands: must be a list of strings in quotes"),
        ('[command.next]\nphrases = ["next"]\nkey = "n"\ndoes = 3\n', "mine.toml:4: command.next.does: must be text"),
        ('[command.number]\nphrases = ["one"]\nvalues = ["1"]\nkey = "1-0"\n', "list of whole numbers"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, says: str) -> None:
    assert says in refused(tmp_path, text)


def test_every_mistake_is_told_at_once_with_its_line_and_key(tmp_path: Path) -> None:
    text = '[command.next]\nphrases = [\n  "next",\n  "pause",\n]\nkey = "nn"\n'
    text += '[command.pause]\nphrases = ["paws"]\nkey = "p"\n'
    assert [line.split(": ")[:2] for line in refused(tmp_path, text).splitlines()] == [
        ["mine.toml:6", "command.next.key"],
        ["mine.toml:7", "command.pause.safety"],
        ["mine.toml:8", "command.pause.phrases"],
    ]


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no table of commands"):
        load_table(tmp_path / "none.toml")
    with pytest.raises(InputError, match=r"xx\.toml"):
        load_table(language="xx")


def test_a_word_that_the_model_does_not_know_is_named_with_its_phrase() -> None:
    table = load_table()
    check_words(table, lambda _: True, "vosk")
    with pytest.raises(
        InputError, match=r"vosk does not know the word 'dizzy': reword 'i feel dizzy', .* in the table"
    ):
        check_words(table, lambda word: word != "dizzy", "vosk")


@given(st.text())
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_the_normal_form_forgets_case_marks_and_spaces() -> None:
    assert normal("  I\u2019m   READY, now! ") == "i'm ready now"
    assert normal("\u2018stop\u2019") == "stop"


@pytest.mark.parametrize(
    ("one", "other"), [("stop", "step"), ("next", "text"), ("done", "dawn"), ("harder", "higher"), ("five", "fine")]
)
def test_different_words_sound_different(one: str, other: str) -> None:
    assert sound_of(one) != sound_of(other)


def test_a_named_phrase_that_sounds_like_another_command_is_refused_with_its_place(tmp_path: Path) -> None:
    text = (
        '[command.pause]\nphrases = ["hold on"]\nkey = "p"\nsafety = true\n'
        '[command.it_hurts]\nphrases = ["it hurts"]\nkey = "h"\nsafety = true\n'
        'named.knee = ["hold on"]\n'
    )
    message = refused(tmp_path, text)
    assert "named" in message
    assert "pause" in message
    assert "it_hurts knee" in message


def test_a_value_that_a_command_does_not_have_is_named_with_those_that_it_has(tmp_path: Path) -> None:
    text = '[command.it_hurts]\nphrases = ["it hurts"]\nkey = "h"\nsafety = true\nnamed.nose = ["my nose hurts"]\n'
    message = refused(tmp_path, text)
    assert "there is no value 'nose'" in message
    assert "knee" in message


@pytest.mark.parametrize("value", ["0", "11", '"hard"', "true"])
def test_an_effort_is_a_whole_number_up_to_ten(tmp_path: Path, value: str) -> None:
    text = f'[command.next]\nphrases = ["next"]\nkey = "n"\n[efforts]\nhard = {value}\n'
    assert "efforts" in refused(tmp_path, text)


def test_a_table_of_before_still_loads(tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    phrases = 'phrases = ["help me", "I feel faint"]\nvalues = ["help", "faint"]\n'
    path.write_text(f'[command.emergency]\n{phrases}key = "!"\nsafety = true\n', encoding="utf-8")
    assert [phrase.value for phrase in load_table(path).phrases()] == [0, 1]


def test_words_for_effort_mean_something_only_where_that_is_asked() -> None:
    easy = next(phrase for phrase in load_table().phrases() if phrase.text == "easy")
    assert (easy.command, easy.value, easy.about) == (Command.NUMBER, 3, "effort")


def test_short_words_are_what_is_taught_in_one_word_and_the_numbers_but_not_yes_and_no() -> None:
    short = load_table().short
    assert {"stop", "pause", "it hurts", "next", "done", "later", "never", "zero", "ten"} <= {*short}
    assert not {"yes", "no", "okay", "ouch", "turn it up"} & {*short}
    assert len(short) == len({*short})


def test_safety_phrases_are_those_that_hold_the_session_or_call_for_help() -> None:
    safety = {*load_table().safety}
    assert {"stop", "wait a moment", "my back hurts", "i fell"} <= safety
    assert not safety & {*load_table().ordinary}


def test_ordinary_phrases_are_neither_safety_words_nor_names() -> None:
    ordinary = {*replace(load_table(), choices=(Choice("Mary Ann", ("mary ann",)),)).ordinary}
    assert {"next", "okay", "change sides", "quite hard"} <= ordinary
    assert not {"stop", "wait a moment", "my back hurts", "i fell", "mary ann"} & ordinary
