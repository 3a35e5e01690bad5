"""Words that no shipped template has: sounds of them stand beside the templates, and weigh as much."""

import numpy as np

from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.examples import encoded_examples, in_every_spelling
from coach.hearing.recognition.scoring.templates import PARTS, TemplateMatcher
from coach.hearing.vocabulary.people import people_table
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import spoken

SOUNDS = 18
HOUSE = ("laura", "Kim Lee", "Victor")


def test_a_word_with_examples_is_nearest_to_itself_and_leaves_the_others_as_they_were() -> None:
    model = MoonshineModel()
    said = spoken("victor")
    added = encoded_examples(model, (("victor", (said.tobytes(),) * SOUNDS),))
    assert added["victor"].shape[:2] == (SOUNDS, PARTS)
    plain, more = TemplateMatcher({}), TemplateMatcher({}, added=added)
    assert more.words == (*plain.words, "victor")
    encoded = model.encode((said / np.float32(32_768)).astype(np.float32))
    length_s = len(said) / 16_000
    before = plain.similarities(plain.spans(encoded, length_s, (0.0, length_s)))
    after = more.similarities(more.spans(encoded, length_s, (0.0, length_s)))
    assert np.allclose(after[:-1], before)
    assert after[-1] == after.max()


def test_a_name_sounds_the_same_in_each_of_its_spellings() -> None:
    sounds = np.ones((SOUNDS, PARTS, 288), np.float32)
    added = in_every_spelling({"laura": sounds, "kim lee": sounds}, people_table(load_table(), HOUSE).phrases())
    assert set(added) == {"laura", "lora", "kim lee", "cim lee"}
    assert all(each is sounds for each in added.values())
