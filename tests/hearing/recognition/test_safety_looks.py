"""What a spotter proposes while a word is said is held against the first model and the templates."""

import pytest

from coach.hearing.recognition.augment.augmented_word import AugmentedWord
from coach.hearing.recognition.augment.views import WordAudio, original
from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.recognition.scoring.scores import Scores
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import spoken

ALIKE = {"stop": -3.0, "pause": -3.0}


@pytest.mark.parametrize(("text", "gains"), [("stop", {"stop"}), ("pause", {"pause"}), ("seven", set())])
def test_the_templates_speak_for_the_word_that_was_said_and_add_no_other(
    model: MoonshineModel, rescorer: Rescorer, text: str, gains: set[str]
) -> None:
    samples = spoken(text)
    word = AugmentedWord(WordAudio(samples, slice(0, len(samples))), 20.0)
    scores = Scores("Oh.", True, dict(ALIKE), encoded=model.encode(word.sound(original)))
    matched = MoonshineEngine(load_table(), model, rescorer)._cascade.matched_original(scores, word).ratios
    assert matched.keys() == ALIKE.keys()
    assert {phrase for phrase, ratio in matched.items() if ratio > ALIKE[phrase]} == gains
