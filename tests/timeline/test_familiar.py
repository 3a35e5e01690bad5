"""Fewer words for an exercise that she knows, more again when she asks to have it repeated."""

import pytest

from coach.library.exercise import Position, Side
from coach.library.files import load_routine
from coach.speech.voice import estimate
from coach.timeline.build import build_segment
from coach.timeline.cue import CueKind, SegmentKind
from coach.timeline.familiar import COUNT_FROM, SHORT_FROM, words_of
from coach.timeline.step import Shape, Step, Words

ROW = load_routine("spine-strength")
SET = Step(SegmentKind.SET, Position.STANDING, 0, 1, Side.RIGHT)
AGAIN = Step(SegmentKind.SET, Position.STANDING, 0, 1, Side.RIGHT, first_rep=4, key_cue=True)


def known(times: int, words: Words = Words.FULL) -> Shape:
    return Shape(words=words, times_done={"one-arm-row": times})


def letters(shape: Shape, step: Step = SET) -> int:
    cues = build_segment(ROW, step, estimate, shape).cues
    return sum(len(cue.text) for cue in cues if cue.kind is CueKind.SAY)


@pytest.mark.parametrize(
    ("times", "level"),
    [
        (0, Words.FULL),
        (SHORT_FROM - 1, Words.FULL),
        (SHORT_FROM, Words.SHORT),
        (COUNT_FROM, Words.COUNT),
        (99, Words.COUNT),
    ],
)
def test_words_fall_as_an_exercise_becomes_familiar(times: int, level: Words) -> None:
    assert words_of(known(times), "one-arm-row", SET) == level


def test_less_is_said_from_level_to_level() -> None:
    assert letters(known(0)) > letters(known(SHORT_FROM)) > letters(known(COUNT_FROM))


def test_only_the_exercise_that_is_known_is_told_in_fewer_words() -> None:
    assert words_of(known(99), "bird-dog", SET) == Words.FULL


def test_words_rise_after_repeat() -> None:
    assert words_of(known(SHORT_FROM), "one-arm-row", AGAIN) == Words.FULL
    assert words_of(known(COUNT_FROM), "one-arm-row", AGAIN) == Words.SHORT


def test_what_was_asked_for_is_the_most_that_is_said() -> None:
    assert words_of(known(0, Words.SHORT), "one-arm-row", SET) == Words.SHORT
    assert words_of(known(COUNT_FROM, Words.SHORT), "one-arm-row", SET) == Words.COUNT


def test_the_count_and_the_mistakes_to_avoid_are_always_told() -> None:
    texts = [cue.text for cue in build_segment(ROW, SET, estimate, known(99)).cues if cue.kind is CueKind.SAY]
    assert any("Keep your chest level" in text for text in texts)
    assert sum(text.startswith(("One", "Two", "Three", "Four", "Five")) for text in texts) >= 4
