"""Every line the coach can say, whatever the session: short, calm, and as a person would say it."""

import re

import pytest

from coach.hearing.vocabulary.normal import normal
from scripts.makers.lines import every_line, sentences
from tests.support.taught import at_the_ends, taught

LINES = every_line()
MOST_WORDS = 18

UNCONTRACTED = (
    "it is", "that is", "there is", "here is", "you are", "we are", "they are", "do not", "does not", "did not",
    "can not", "cannot", "is not", "are not", "will not", "i will", "we will", "you will",
    "i would", "what is", "how is", "let us",
)  # fmt: skip
"""Written English; one says "it's"."""

TRANSLATED = (
    "takes the place of no", "halt the recording", "how it is meant", "when you have arrived", "legs grow",
    "farther than one is", "gone through all of it", "weight lies", "seconds on top", "moment of peace",
    "be well", "at your pleasure", "whichever is nearer", "with your telephone",
)  # fmt: skip
"""What was said before, and nobody says."""

FRIGHTENS = (
    "danger", "break", "broken", "falls happen", "crippled", "damage", "injury", "injured", "emergency room", "serious",
    "disease", "die", "worse", "frail", "weak", "brittle", "risk", "never again", "warning", "beware", "too late",
)  # fmt: skip
BLAMES = (
    "wrong", "mistake", "you failed", "you forgot", "you should have", "you must", "why didn't you", "lazy", "poor",
    "not good enough", "your fault", "you didn't", "careless", "cheat",
)  # fmt: skip


def test_there_are_hundreds_of_lines_and_each_is_there_once() -> None:
    assert len(LINES) > 500
    assert len({line.text for line in LINES}) == len(LINES)
    assert not any("{" in line.text for line in LINES)


def test_no_sentence_is_longer_than_eighteen_words() -> None:
    assert [
        (line.where, each) for line in LINES for each in sentences(line.text) if len(each.split()) > MOST_WORDS
    ] == []


def test_no_sentence_begins_or_ends_with_a_command() -> None:
    bad = [
        (line.where, line.text, command)
        for line in LINES
        for part in map(normal, (*re.split(r"[.!?:;]", line.text), line.text))
        for command in at_the_ends(part, taught())
    ]
    assert bad == []


@pytest.mark.parametrize("words", [FRIGHTENS, BLAMES, TRANSLATED], ids=["frightens", "blames", "reads as translated"])
def test_no_line_has_words_that_do_that(words: tuple[str, ...]) -> None:
    assert [(line.text, word) for line in LINES for word in words if re.search(rf"\b{word}\b", line.text.lower())] == []


def test_lines_are_spoken_with_contractions() -> None:
    """But at the end of a sentence, and before a question's verb, where nobody contracts."""
    found = [
        (line.text, pair)
        for line in LINES
        for pair in UNCONTRACTED
        if re.search(rf"\b{pair}\b(?=[ ,]\w)", line.text.lower()) and "where you are" not in line.text
    ]
    assert found == []
