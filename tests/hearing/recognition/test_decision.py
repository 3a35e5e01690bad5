"""What is decided from scores alone: a name may fit worse than a command, for few others can be meant."""

import numpy as np
import pytest

from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.moonshine.decision import NO_NAME, NO_PHRASE, NO_PHRASE_AMID_TALK, decide
from coach.hearing.recognition.scoring.scores import Scores
from coach.hearing.vocabulary.people import people_table
from coach.hearing.vocabulary.phrase_table import Phrase, load_table

PHRASES = people_table(load_table(), ("Anna", "Victor")).phrases()
TALK = "the end of it"


def phrase_of(text: str) -> Phrase:
    return next(phrase for phrase in PHRASES if phrase.text == text)


def decided(text: str, ratio: float, *, amid_talk: bool = False) -> str:
    piece = Piece(np.zeros(320, np.int16), 0.0, True, End.SILENCE, 0.0, 0.5, 20.0, amid_talk)
    heard = decide(Scores(TALK, True, {text: ratio}), piece, phrase_of, partial=False)
    return heard.text if heard else ""


@pytest.mark.parametrize(("text", "least"), [("next", NO_PHRASE), ("victor", NO_NAME), ("i'm anna", NO_NAME)])
def test_a_phrase_below_its_floor_was_not_said(text: str, least: float) -> None:
    assert [decided(text, least + more) for more in (0.1, -0.1)] == [text, TALK]


def test_amid_talk_a_name_is_no_likelier_than_a_command() -> None:
    for text in ("next", "victor"):
        assert [decided(text, NO_PHRASE_AMID_TALK + more, amid_talk=True) for more in (0.1, -0.1)] == [text, TALK]
