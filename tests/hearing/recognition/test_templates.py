"""A word is nearest to templates of the same word, even with other sounds beside it."""

from collections.abc import Mapping

import numpy as np
import pytest

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel, Sound
from coach.hearing.recognition.scoring.scores import RIVAL, Scores
from coach.hearing.recognition.scoring.templates import (
    MOST_CHANGE,
    PARTS,
    PROPOSED_RATIO,
    SAFER,
    TemplateMatcher,
    pooled,
)
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import spoken

FLOOR_RMS = 20.0
MEANINGS: Mapping[str, object] = {phrase.text: (phrase.command, phrase.value) for phrase in load_table().phrases()}


@pytest.fixture(scope="module")
def model() -> MoonshineModel:
    return MoonshineModel()


@pytest.fixture(scope="module")
def templates() -> TemplateMatcher:
    return TemplateMatcher(MEANINGS, short=load_table().short, ordinary=load_table().ordinary)


def sound_of(text: str) -> tuple[Sound, tuple[float, float]]:
    """Return a word as the ears are given it, and where in it somebody speaks."""
    said = spoken(text)
    loud = np.flatnonzero(np.abs(said.astype(np.int32)) > 600) / HEARING_HZ
    return preprocess(said, FLOOR_RMS), (PAD_S + loud[0], PAD_S + loud[-1])


def nearest(templates: TemplateMatcher, model: MoonshineModel, sound: Sound, speech_s: tuple[float, float]) -> str:
    alike = templates.similarities(templates.spans(model.encode(sound), len(sound) / HEARING_HZ, speech_s))
    return max(MEANINGS, key=lambda phrase: alike[templates.words.index(phrase)])


def scored(model: MoonshineModel, text: str, ratios: Mapping[str, float]) -> tuple[Scores, float, tuple[float, float]]:
    """Return a word with these ratios, how long its sound is, and where in it somebody speaks."""
    sound, speech_s = sound_of(text)
    return Scores("Oh.", True, ratios, encoded=model.encode(sound)), len(sound) / HEARING_HZ, speech_s


def rescored(templates: TemplateMatcher, model: MoonshineModel, text: str, ratios: Mapping[str, float]) -> Scores:
    """Return these ratios after comparing the word with the templates."""
    return templates.rescore(*scored(model, text, ratios))


def test_every_phrase_and_rival_has_templates(templates: TemplateMatcher) -> None:
    table = load_table()
    assert {*MEANINGS, *table.rivals} <= {*templates.words}


@pytest.mark.parametrize("text", ["next", "repeat", "continue", "pause", "done", "it hurts", "seven"])
def test_of_all_phrases_a_word_is_nearest_to_itself_in_other_voices(
    templates: TemplateMatcher, model: MoonshineModel, text: str
) -> None:
    found = nearest(templates, model, *sound_of(text))
    assert MEANINGS[found] == MEANINGS[text]


def test_noise_after_a_word_does_not_change_it(templates: TemplateMatcher, model: MoonshineModel) -> None:
    sound, (begins_s, ends_s) = sound_of("continue")
    dish = np.random.default_rng(1).standard_normal(round(0.25 * HEARING_HZ)).astype(np.float32) * 0.05
    longer = np.concatenate([sound[: round(ends_s * HEARING_HZ)], dish, sound[-round(PAD_S * HEARING_HZ) :]])
    found = nearest(templates, model, longer, (begins_s, ends_s + 0.25))
    assert MEANINGS[found] == MEANINGS["continue"]


def test_the_nearest_phrase_gains_and_the_others_lose(templates: TemplateMatcher, model: MoonshineModel) -> None:
    before = {"stop": -6.0, "pause": -7.0, RIVAL + "house": -7.5, "no such phrase": -8.0}
    after = rescored(templates, model, "pause", before)
    assert next(iter(after.ratios)) == "pause"
    assert after.ratios["pause"] > before["pause"]
    assert after.ratios["stop"] < before["stop"]
    gains = {phrase: after.ratios[phrase] - ratio for phrase, ratio in before.items()}
    assert gains["pause"] > gains[RIVAL + "house"] > gains["stop"]
    assert (after.text, after.ratios["no such phrase"]) == ("Oh.", -8.0)


def test_no_score_changes_by_more_than_the_most(templates: TemplateMatcher, model: MoonshineModel) -> None:
    after = rescored(templates, model, "pause", dict.fromkeys(MEANINGS, -6.0))
    assert all(abs(after.ratios[text] + 6.0) <= MOST_CHANGE for text in MEANINGS)


def test_phrases_of_one_meaning_do_not_compete(templates: TemplateMatcher, model: MoonshineModel) -> None:
    apart = rescored(TemplateMatcher({}), model, "no", {"no": -6.0})
    assert rescored(templates, model, "no", {"no": -6.0}).ratios["no"] > apart.ratios["no"]


def test_a_very_short_sound_is_compared_as_a_whole(templates: TemplateMatcher, model: MoonshineModel) -> None:
    sound = preprocess(spoken("stop")[:1_600], FLOOR_RMS)
    alike = templates.similarities(templates.spans(model.encode(sound), len(sound) / HEARING_HZ, (PAD_S, PAD_S + 0.1)))
    assert np.isfinite(alike).all()
    assert np.abs(alike).max() <= 1.0 + 1e-5


def test_a_word_is_cut_into_equal_parts() -> None:
    frames: Floats = np.repeat(np.arange(20, dtype=np.float32)[:, None], 3, axis=1)
    assert pooled(frames, 5.0, 15.0)[:, 0].tolist() == [5.5, 7.5, 9.5, 11.5, 13.5]
    assert pooled(frames, 18.0, 40.0).shape == (PARTS, 3)
    assert pooled(frames[:1], 0.0, 1.0)[:, 0].tolist() == [0.0] * PARTS


def test_an_open_short_word_that_sounds_most_alike_is_proposed_where_the_models_write_something_else(
    templates: TemplateMatcher, model: MoonshineModel
) -> None:
    before = {RIVAL + "house": -6.0}
    templates.expect(["pause", "next", "it hurts"])
    after = rescored(templates, model, "pause", before)
    templates.expect([])
    assert next(iter(after.ratios)) == "pause"
    assert after.ratios["pause"] <= PROPOSED_RATIO + MOST_CHANGE


def test_nothing_is_proposed_that_is_closed_or_where_the_talk_goes_on(
    templates: TemplateMatcher, model: MoonshineModel
) -> None:
    templates.expect(["next"])
    assert "pause" not in rescored(templates, model, "pause", {"next": -9.0}).ratios
    sound, speech_s = sound_of("pause")
    templates.expect(["pause"])
    longer = Scores("Oh I would say so but then again", False, {}, encoded=model.encode(sound))
    assert not templates.rescore(longer, len(sound) / HEARING_HZ, speech_s).ratios
    templates.expect([])


def test_a_phrase_of_several_words_that_is_not_alike_loses_the_most(
    templates: TemplateMatcher, model: MoonshineModel
) -> None:
    before = {"what was that": -3.0, "change sides": -3.0}
    after = rescored(templates, model, "the soup is on the table", before)
    assert after.ratios == {text: ratio - MOST_CHANGE for text, ratio in before.items()}


def test_talk_is_near_no_open_phrase_and_a_phrase_is_while_it_is_open(
    templates: TemplateMatcher, model: MoonshineModel
) -> None:
    def near(text: str) -> bool:
        return templates.is_near_open(*scored(model, text, {}))

    templates.expect(["i feel dizzy", "next"])
    assert near("I feel dizzy")
    assert not near("the soup is on the table")
    templates.expect(["next"])
    assert not near("I feel dizzy")
    templates.expect([])


def test_a_safety_word_is_preferred_to_what_sounds_the_same(model: MoonshineModel) -> None:
    plain, safer = TemplateMatcher(MEANINGS), TemplateMatcher(MEANINGS, safety=["stop"])
    before = {"stop": -3.0, "next": -3.0}
    without, preferred = (rescored(each, model, "stop", before).ratios for each in (plain, safer))
    assert preferred["stop"] == pytest.approx(without["stop"] + SAFER)
    assert preferred["next"] == without["next"]


def refused(templates: TemplateMatcher, model: MoonshineModel, phrase: str, said: str) -> bool:
    return templates.refuses(phrase, *scored(model, said, {}))


def test_what_both_models_write_is_refused_where_it_is_not_alike(
    templates: TemplateMatcher, model: MoonshineModel
) -> None:
    assert refused(templates, model, "let's go", "potato")
    assert refused(templates, model, "okay", "the soup is on the table")
    assert not any(refused(templates, model, phrase, phrase) for phrase in ("let's go", "okay", "next"))
    assert not refused(templates, model, "no template has this", "potato")


def test_a_safety_word_is_never_refused_by_its_template(templates: TemplateMatcher, model: MoonshineModel) -> None:
    assert {"stop", "wait a second", "my back hurts"} <= {*templates.words}
    assert not any(refused(templates, model, phrase, "potato") for phrase in ("stop", "wait a second", "my back hurts"))
