"""Beam search over Moonshine's decoder."""

import numpy as np
import pytest

from coach.hearing.recognition.augment.preprocessing import preprocess
from coach.hearing.recognition.models.moonshine import MoonshineModel, model_folder
from coach.hearing.recognition.models.tokenizer import Tokenizer
from coach.hearing.recognition.scoring.beam_search import DEPTH, WIDTH, BeamSearch, Transcript
from coach.hearing.recognition.scoring.prefix_tree import Node, PrefixTreeScorer
from coach.hearing.vocabulary.normal import normal
from tests.support.spoken import spoken


@pytest.fixture(scope="module")
def model() -> MoonshineModel:
    return MoonshineModel()


@pytest.fixture(scope="module")
def found(model: MoonshineModel) -> tuple[Transcript, ...]:
    return search(model).transcripts(preprocess(spoken("I'm ready"), 20.0))


def search(model: MoonshineModel) -> BeamSearch:
    return BeamSearch(model, tokenizer())


def tokenizer() -> Tokenizer:
    return Tokenizer(model_folder() / "tokenizer.bin")


def test_the_transcripts_come_best_first_and_none_twice(found: tuple[Transcript, ...]) -> None:
    log_ps = [each.log_p for each in found]
    assert log_ps == sorted(log_ps, reverse=True)
    assert len({each.text for each in found}) == len(found)
    assert 1 < len(found) <= WIDTH
    assert min(log_ps) > max(log_ps) - DEPTH


def test_what_was_said_is_among_them(found: tuple[Transcript, ...]) -> None:
    assert "i'm ready" in [normal(each.text) for each in found]


def test_the_best_is_no_worse_than_the_greedy_one(model: MoonshineModel, found: tuple[Transcript, ...]) -> None:
    greedy = PrefixTreeScorer(model, tokenizer()).score(preprocess(spoken("I'm ready"), 20.0), Node())
    assert found[0].log_p >= greedy.free - 0.3  # int8 rounding depends on the batch


def test_any_sound_has_an_end(model: MoonshineModel) -> None:
    for sound in (np.ones(10, np.float32), preprocess(np.zeros(8_000, np.int16), 20.0)):
        assert all(np.isfinite(each.log_p) for each in search(model).transcripts(sound))
