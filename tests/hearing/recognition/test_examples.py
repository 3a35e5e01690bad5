"""Words that no shipped template has: sounds of them stand beside the templates, and weigh as much."""

import numpy as np

from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.examples import encoded_examples
from coach.hearing.recognition.scoring.templates import PARTS, TemplateMatcher
from tests.support.spoken import spoken

SOUNDS = 18


def test_a_word_with_examples_is_nearest_to_itself_and_leaves_the_others_as_they_were() -> None:
    model = MoonshineModel()
    said = spoken("victor")
    added = encoded_examples(model, (("victor", (said.tobytes(),) * SOUNDS),))
    assert added["victor"].shape[:2] == (SOUNDS, PARTS)
    plain, more = TemplateMatcher({}), TemplateMatcher({}, added=added)
    assert more.words == (*plain.words, "victor")
    encoded = model.encode((said / np.float32(32_768)).astype(np.float32))
    length_s = len(said) / 16_000
    before = plain.similarities(encoded, length_s, (0.0, length_s))
    after = more.similarities(encoded, length_s, (0.0, length_s))
    assert np.allclose(after[:-1], before)
    assert after[-1] == after.max()


def test_another_count_of_sounds_than_the_templates_is_left_out() -> None:
    added = {"victor": np.zeros((3, PARTS, 288), np.float32)}
    assert TemplateMatcher({}, added=added).words == TemplateMatcher({}).words
