"""Sentences in her own words, through the whole engine: no phrase of the table holds them."""

import pytest

from coach.hearing.ports.ears import Heard
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.spotting.spotter import spotter_if_any
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from scripts.benches.hearing.moments import IN_A_SET
from scripts.benches.hearing.work import CountingModel
from tests.support.spoken import pieces, room, spoken


@pytest.fixture(scope="module")
def model() -> CountingModel:
    return CountingModel()


@pytest.fixture(scope="module")
def engine(model: CountingModel) -> MoonshineEngine:
    return MoonshineEngine(load_table(), model, spotter=spotter_if_any())


def final(engine: MoonshineEngine, text: str) -> Heard:
    engine.expect(IN_A_SET.open())
    finals = [h for piece in pieces(room(spoken(text))) for h in engine.hear_piece(piece) if not h.partial]
    assert len(finals) == 1
    return finals[0]


def test_a_sentence_that_no_phrase_explains_is_understood_by_its_template(engine: MoonshineEngine) -> None:
    heard = final(engine, "could you hold it a moment love")
    assert heard.own_words
    assert heard.command is Command.PAUSE
    assert heard.text not in {phrase.text for phrase in load_table().phrases()}


def test_a_phrase_is_heard_as_that_phrase(engine: MoonshineEngine) -> None:
    heard = final(engine, "my back hurts")
    assert not heard.own_words
    assert heard.command is Command.IT_HURTS


def test_talk_about_other_things_is_no_command(engine: MoonshineEngine) -> None:
    assert not final(engine, "put the kettle on would you darling").own_words


def test_talk_that_both_models_write_is_not_searched_any_further(engine: MoonshineEngine, model: CountingModel) -> None:
    before = model.sounds
    assert final(engine, "the candle is on the table").command is None
    assert model.sounds == before + 1


def test_nothing_is_a_sentence_where_its_command_is_closed(engine: MoonshineEngine) -> None:
    engine.expect(frozenset())
    (heard,) = (h for piece in pieces(room(spoken("can we slow it down"))) for h in engine.hear_piece(piece))
    assert not heard.own_words
