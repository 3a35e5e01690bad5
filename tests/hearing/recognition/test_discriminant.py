"""Discriminant axes tell words apart that differ less than the voices that say them."""

import numpy as np

from coach.hearing.vocabulary.phrase_table import load_table
from scripts.benches.hearing.utterances import LISTENED_TO
from scripts.makers.templates.discriminant import discriminant_axes, word_means
from scripts.makers.templates.lessons import TemplateRecipe
from scripts.makers.templates.words import words_of
from scripts.makers.voices.english import teaching_voices

WORDS, VOICES, FEATURES = 6, 40, 30


def said(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sounds in which the voice makes ten times the difference that the word makes, and which word each is."""
    word = np.random.default_rng(0).standard_normal((WORDS, FEATURES))
    voice = 10.0 * np.random.default_rng(seed).standard_normal((VOICES, 3)) @ np.eye(FEATURES)[:3]
    rough = 0.3 * np.random.default_rng(seed + 1).standard_normal((VOICES, WORDS, FEATURES))
    sounds = (word[None] + voice[:, None] + rough).astype(np.float32).reshape(-1, FEATURES)
    return sounds, np.tile(np.arange(WORDS), VOICES)


def right(sounds: np.ndarray, means: np.ndarray, which: np.ndarray) -> float:
    return float((((sounds[:, None] - means) ** 2).sum(axis=2).argmin(axis=1) == which).mean())


def test_words_are_told_apart_whoever_says_them() -> None:
    (taught, which), (new, asked) = said(1), said(50)
    axes = discriminant_axes(taught, which, WORDS - 1)
    assert axes.shape == (FEATURES, WORDS - 1)
    assert right(new, word_means(taught, which), asked) < 0.8
    assert right(new @ axes, word_means(taught @ axes, which), asked) > 0.99


def test_a_mean_is_of_its_own_word_alone() -> None:
    rows = np.array([[1.0, 0.0], [3.0, 2.0], [8.0, 8.0]], np.float32)
    assert word_means(rows, np.array([0, 0, 1])).tolist() == [[2.0, 1.0], [8.0, 8.0]]


def test_no_voice_of_the_bench_teaches() -> None:
    teaching = teaching_voices(TemplateRecipe().voices, TemplateRecipe().seed)
    assert len(set(teaching)) == TemplateRecipe().voices
    assert not {*teaching} & LISTENED_TO


def test_every_phrase_and_rival_is_taught_once_beside_many_other_words() -> None:
    table, words = load_table(), words_of(load_table())
    known = {*(phrase.text for phrase in table.phrases()), *table.rivals}
    assert len(words) == len(set(words))
    assert known < {*words}
    assert len(words) > len(known) + 200
