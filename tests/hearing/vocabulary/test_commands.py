"""The shipped phrase table: complete, teachable, and free of phrases that sound alike."""

import string

import pytest

from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.keys_and_places import DIGITS, NAMED_KEYS, PLACES
from coach.hearing.vocabulary.phrase_table import load_table
from coach.hearing.vocabulary.pronunciation import sound_of
from coach.timeline.cue import SegmentKind
from tests.support.places import open_in

TABLE = load_table()

# Said in a set again and again: a phrase that sounds like one of them would command itself.
SAID_IN_A_SET = """
wait weight weights breathe breath out in stay slowly lift lower pull open return leg arm hold up down back long neck
right left two more last one half way keep breathing free reach rest push squeeze side
"""


@pytest.mark.parametrize("command", Command)
def test_every_command_can_be_said_and_pressed(command: Command) -> None:
    entry = TABLE.entry(command)
    assert entry is not None
    assert len(set(entry.phrases)) >= 2
    assert entry.safety == (command in SAFETY)
    key = "7" if entry.key == DIGITS else {name: key for key, name in NAMED_KEYS.items()}.get(entry.key, entry.key)
    assert TABLE.pressed(key) == (command, 7 if command is Command.NUMBER else None)


def test_the_five_promised_words_are_always_there() -> None:
    for word in ("next", "repeat", "done", "pause", "stop"):
        entry = TABLE.entry(Command(word))
        assert entry is not None
        assert word in entry.phrases
        assert entry.where == ("anywhere",)


def test_no_phrase_sounds_like_a_word_said_in_a_set() -> None:
    said = {sound_of(word) for word in SAID_IN_A_SET.split()}
    # Numbers and the names of routines are only listened for in a question, when nobody counts.
    assert {p.text for p in TABLE.phrases() if p.command is not Command.NUMBER and sound_of(p.text) in said} == set()


def test_no_phrase_begins_with_a_safety_word_of_another_command() -> None:
    safety = [p for p in TABLE.phrases() if p.command in SAFETY]
    for phrase in TABLE.phrases():
        begun = {s.command for s in safety if f"{phrase.text} ".startswith(f"{s.text} ")}
        assert begun <= {phrase.command}, "safety words act before the utterance ends"


def test_the_places_are_the_kinds_of_segments() -> None:
    assert set(SegmentKind) | {"anywhere", "asking"} == PLACES


def test_numbers_zero_to_ten_are_values() -> None:
    entry = TABLE.entry(Command.NUMBER)
    assert entry is not None
    assert dict(zip(entry.phrases, entry.values, strict=True))["ten"] == 10
    assert set(entry.values) == set(range(11))


def test_a_number_may_be_said_as_a_guess() -> None:
    entry = TABLE.entry(Command.NUMBER)
    assert entry is not None
    said = dict(zip(entry.phrases, entry.values, strict=True))
    assert said["six"] == said["about six"] == said["about a six"] == 6
    assert "eleven" not in said


def test_the_question_for_the_routine_has_its_answers() -> None:
    said = {phrase.text: phrase for phrase in TABLE.phrases() if phrase.choice}
    answers = {
        word: said[word].choice for word in ("bands", "floor", "everything", "more", "two sets", "spine strength")
    }
    assert answers == {
        "bands": "bands",
        "floor": "floor",
        "everything": "spine-strength",
        "spine strength": "spine-strength",
        "more": "spine-strength-2",
        "two sets": "spine-strength-2",
    }
    assert all(TABLE.choices[p.value or 0].name == p.choice for p in said.values())


def test_safety_words_are_open_in_every_place() -> None:
    for place in PLACES:
        assert open_in(TABLE, place) >= SAFETY


def test_answers_are_open_only_where_something_is_asked() -> None:
    answers = {Command.YES, Command.NO, Command.NUMBER, Command.FALSE_ALARM, Command.LATER, Command.NEVER}
    assert open_in(TABLE, "asking") == answers | SAFETY
    assert not open_in(TABLE, "set") & answers
    assert open_in(TABLE, None) == frozenset(Command)


def test_keys_are_on_every_keyboard() -> None:
    for entry in TABLE.entries:
        assert entry.key in {*NAMED_KEYS.values(), DIGITS} or entry.key in string.ascii_lowercase + string.punctuation


def test_an_unused_key_means_nothing() -> None:
    assert TABLE.pressed("g") is None
    assert TABLE.pressed("") is None
    assert TABLE.pressed("0") == (Command.NUMBER, 10)
