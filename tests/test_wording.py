"""What may never be said, in any exercise or routine."""

import re

from coach.hearing.commands import Command
from coach.hearing.normal import normal
from coach.hearing.pronunciation import sound_of
from coach.hearing.table import load_table
from coach.library.exercise import Position
from coach.speech.voice import estimate
from coach.timeline.build import build_segment, step_texts
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step
from tests.generated import SHIPPED, every_text
from tests.segments import K, texts_of


def sentences(text: str) -> list[str]:
    parts = [*re.split(r"[.!?:;]", text), text]
    return [normal(part) for part in parts if part.strip()]


def test_no_sentence_begins_or_ends_with_a_command() -> None:
    # Numbers and the names of routines are only understood where they are asked for.
    commands = [p.text for p in load_table().phrases() if p.command is not Command.NUMBER]
    bad = {
        (text, command)
        for text in every_text()
        for sentence in sentences(text)
        for command in commands
        if f"{sentence} ".startswith(f"{command} ") or f" {sentence}".endswith(f" {command}")
    }
    assert bad == set()


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
