"""What is decided from scores alone: what counts as said, what leads it, what gives way."""

from dataclasses import replace

import numpy as np
import pytest

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.moonshine.decision import (
    NO_NAME,
    NO_PHRASE,
    NO_PHRASE_AMID_TALK,
    SETTLED_MARGIN,
    SETTLED_S,
    counts_at_once,
    decide,
    is_settled,
    suffices,
)
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.scoring.scores import Scores, best_first
from coach.hearing.vocabulary.people import people_table
from coach.hearing.vocabulary.phrase_table import Phrase, load_table

PHRASES = people_table(load_table(), ("Anna", "victor")).phrases()
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


def heard_of(*, quiet: bool = False, agreed: str = "", **ratios: float) -> tuple[str, float, float]:
    piece = Piece(np.zeros(320, np.int16), 0.0, True, End.SILENCE, 0.0, 0.5, 20.0)
    scores = Scores(TALK, True, best_first(ratios))
    heard = decide(scores, piece, phrase_of, partial=False, quiet=quiet, agreed=lambda: agreed)
    assert heard is not None
    return heard.text, heard.confidence, heard.margin


def test_a_weak_cry_gives_way_to_the_pause_behind_it_which_in_noise_fits_as_well() -> None:
    assert heard_of(ow=-6.0, pause=-8.0, done=-12.0) == ("pause", -6.0, 6.0)
    assert heard_of(quiet=True, ow=-6.0, pause=-8.0, done=-12.0) == ("pause", -8.0, 4.0)


def test_a_clear_cry_stays_one_and_a_weak_one_gives_way_to_no_other_command() -> None:
    assert heard_of(ow=-1.0, pause=-8.0)[0] == "ow"
    assert heard_of(ow=-6.0, done=-8.0, pause=-9.0)[0] == "ow"


def test_without_noise_an_ordinary_word_must_fit_better() -> None:
    assert heard_of(done=-7.0)[0] == "done"
    assert heard_of(quiet=True, done=-7.0)[0] == TALK
    assert heard_of(quiet=True, stop=-7.0)[0] == "stop"


def test_another_word_that_both_models_write_leads_a_doubtful_one() -> None:
    assert heard_of(agreed="nine", no=-1.5)[2] < 0
    assert heard_of(agreed="know", no=-1.5)[2] > 0
    assert heard_of(agreed="nine", no=-0.5)[2] > 0


@pytest.mark.parametrize(
    ("text", "ratio", "times"), [("done", -1.5, 1), ("done", -0.5, 0), ("stop", -3.0, 0), ("how many more", -3.0, 0)]
)
def test_what_both_models_write_is_asked_only_of_a_word_in_doubt(text: str, ratio: float, times: int) -> None:
    asked = list[str]()

    def agreed() -> str:
        asked.append(text)
        return ""

    piece = Piece(np.zeros(320, np.int16), 0.0, True, End.SILENCE, 0.0, 0.5, 20.0)
    decide(Scores(TALK, True, {text: ratio}), piece, phrase_of, partial=False, agreed=agreed)
    assert len(asked) == times


def settled(text: str, ratio: float = -7.0, margin: float = 6.0, lasts_s: float = 0.4) -> bool:
    phrase = phrase_of(text)
    heard = Heard(text, phrase.command, phrase.value, ratio, margin, 1.0, 1.0 + lasts_s)
    return is_settled(heard, phrase if suffices(heard, phrase) else None)


def test_a_safety_word_is_settled_as_soon_as_it_counts_and_no_other_word_is() -> None:
    assert settled("stop")
    assert not settled("stop", ratio=-11.0)
    assert not settled("next", ratio=0.0)
    assert not is_settled(None, None)


def test_where_the_policy_asks_for_more_nothing_is_settled() -> None:
    assert not settled("stop", margin=SETTLED_MARGIN - 0.1)
    assert not settled("stop", lasts_s=SETTLED_S[0] - 0.02)
    assert not settled("stop", lasts_s=SETTLED_S[1] + 0.02)


def test_a_word_that_the_policy_would_refuse_does_not_count_at_once() -> None:
    stop = Heard("stop", phrase_of("stop").command, None, -5.0, 1.0, 1.0, 1.4, partial=True)
    assert counts_at_once(stop)
    assert not counts_at_once(replace(stop, margin=-1.0))
    assert not counts_at_once(replace(stop, confidence=-7.0))


def test_a_number_of_several_words_must_fit_by_itself_one_word_may_lead() -> None:
    assert MOONSHINE.command("seven out of ten", number=True).reached(-3.0, 15.0)
    assert not MOONSHINE.command("seven out of ten", number=True).reached(-5.0, 15.0)
    assert MOONSHINE.command("seven", number=True).reached(-7.0, 6.0)
