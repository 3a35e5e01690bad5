"""What may never be said, in any exercise or routine."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import coach.timeline.phrases as phrases_module
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import load_table
from coach.hearing.vocabulary.pronunciation import sound_of
from coach.library.exercise import Position
from coach.library.files import load_exercises
from coach.library.routine import Block, Routine
from coach.session.state import state_of
from coach.session.transitions import TABLE, opens
from coach.speech.voice import estimate
from coach.timeline.build import build_segment, step_texts
from coach.timeline.phrases import phrase
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step, Words
from scripts.makers.lines import strings
from tests.support.generated import SHIPPED, every_text
from tests.support.segments import K, texts_of
from tests.support.taught import SAID_BY_BOTH, at_the_ends, taught


def sentences(text: str) -> list[str]:
    parts = [*re.split(r"[.!?:;]", text), text]
    return [normal(part) for part in parts if part.strip()]


def test_no_sentence_begins_or_ends_with_a_command() -> None:
    assert {(text, found) for text in every_text() for found in commands_at_the_ends(text)} == set()


def test_no_sentence_of_any_exercise_in_any_routine_begins_or_ends_with_a_command() -> None:
    texts = {
        text
        for exercise in load_exercises().values()
        for step in plan(Routine("mine", "Mine", (Block(exercise, sets=2, reps=4),)))
        for shape in (Shape(live=True), Shape(), Shape(words=Words.SHORT))
        for text in step_texts(Routine("mine", "Mine", (Block(exercise, sets=2, reps=4),)), step, shape)
    }
    assert {(text, found) for text in texts for found in commands_at_the_ends(text)} == set()


def test_what_both_may_say_is_no_safety_word() -> None:
    assert not [p for p in load_table().phrases() if p.text in SAID_BY_BOTH and p.command in SAFETY]


def test_no_phrase_of_the_file_begins_or_ends_with_a_command() -> None:
    """Also those that come up in no random session: walks, remarks, the sound check."""
    assert {(key, found) for key, text in every_phrase() for found in commands_at_the_ends(text)} == set()


def commands_at_the_ends(text: str) -> list[str]:
    parts = sentences(re.sub(r"\{[^}]*\}", "something", text))
    return [command for sentence in parts for command in at_the_ends(sentence, taught())]


def every_phrase() -> Iterator[tuple[str, str]]:
    """Yield every spoken phrase of the file with its key; titles are only shown."""
    yield from ((key, text) for key, text in strings("", phrase_file()) if not key.endswith("title"))


def phrase_file() -> object:
    path = Path(phrases_module.__file__).parent / "phrases" / "en.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", list(K))
def test_help_names_only_what_can_be_said_here(kind: K) -> None:
    text = normal(phrase(f"session.help.{kind}"))
    named = {
        p.command
        for p in load_table().phrases()
        if f" {p.text} " in f" {text} " and p.command is not Command.NUMBER and p.text not in SAID_BY_BOTH
    }
    assert {command for command in named if not opens(TABLE[state_of(kind), kind, command])} <= OTHERWISE
    assert named or kind is K.EFFORT


OTHERWISE = {Command.NO, Command.YES}


def test_help_always_names_what_stops_everything() -> None:
    text = normal(phrase("session.help.always"))
    assert all(word in text for word in ("pause", "stop", "it hurts"))


def test_nothing_said_begins_or_ends_with_telling_her_to_hold() -> None:
    for text in every_text():
        for sentence in sentences(text):
            assert not sentence.startswith("hold")
            assert not sentence.endswith(("hold", "hold it", "hold your breath", "hold the breath"))


def test_no_word_in_a_set_is_a_command_of_one_word() -> None:
    single = {p.text for p in load_table().phrases() if p.command is not Command.NUMBER and " " not in p.text}
    for routine in SHIPPED:
        for step in plan(routine):
            if step.kind is K.SET:
                for text in step_texts(routine, step):
                    assert not single & set(normal(text).split()), text


def test_no_word_in_a_set_sounds_like_a_command_of_one_word() -> None:
    """ "Weight" would be one for "wait": heard halfway, it is the same word."""
    single = {sound_of(p.text) for p in load_table().phrases() if p.command is not Command.NUMBER and " " not in p.text}
    words = {
        word
        for routine in SHIPPED
        for step in plan(routine)
        if step.kind is K.SET
        for text in step_texts(routine, step)
        for word in normal(text).split()
    }
    assert {word for word in words if sound_of(word) in single} == set()


def test_the_disclaimer_is_in_every_welcome() -> None:
    for routine in SHIPPED:
        for live in (False, True):
            segment = build_segment(routine, Step(K.WELCOME, Position.STANDING), estimate, Shape(live=live))
            assert any("not medical advice" in text for text in texts_of(segment))


def test_no_sentence_is_long() -> None:
    assert [text for text in every_text() if len(text.split()) > 24] == []
