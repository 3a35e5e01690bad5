"""Voices of two synthesizers teach the recognizers; a synthesizer that is not there is told at once."""

import shutil
from collections.abc import Sequence

import numpy as np
import pytest

from coach.errors import MachineError
from coach.sound.pcm import Pcm
from scripts.makers.templates import __main__ as maker
from scripts.makers.templates.__main__ import templates
from scripts.makers.templates.lessons import TemplateRecipe
from scripts.makers.voices.flite import PITCH_HZ, flite
from scripts.makers.voices.speakers import flite_names, speakers


def test_a_missing_synthesizer_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _command: None)
    with pytest.raises(MachineError, match="flite is missing: sudo apt-get install flite"):
        flite()


def test_each_of_flites_voices_teaches_every_time_under_a_name_of_its_own() -> None:
    names = flite_names(3)
    assert len({*names}) == 3 * len(PITCH_HZ)


def test_a_speaker_says_a_word_otherwise_every_time() -> None:
    with speakers(["en-gb+m1"]) as (speaker,):
        random = np.random.default_rng(1)
        lengths = {len(speaker.say("pause", random)) for _ in range(4)}
    assert len(lengths) == 4


def first_sound(_recipe: TemplateRecipe, words: Sequence[str], name: str) -> Pcm:
    """Say the first word as a voice of this name; in place of a whole lesson."""
    with speakers([name]) as (speaker,):
        return speaker.say(words[0], np.random.default_rng(1))[:2_000]


def test_a_voice_teaches_the_same_whoever_spoke_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maker, "taught", first_sound)
    monkeypatch.setattr(maker, "cpu_count", lambda: 1)
    alone = maker.all_taught(TemplateRecipe(), ["pause"], ["en-gb+m1"])
    after_another = maker.all_taught(TemplateRecipe(), ["pause"], ["en-us+f1", "en-gb+m1"])
    assert np.array_equal(alone[0], after_another[1])


def test_a_word_has_one_template_of_each_kind_of_voices() -> None:
    random = np.random.default_rng(0)
    words = random.standard_normal((3, 8))
    kinds = random.standard_normal((2, 8)) * 0.2
    sounds = np.array([[[word + kind] * 2 for word in words] for kind in kinds for _ in range(3)], np.float32)
    sounds += 0.01 * random.standard_normal(sounds.shape).astype(np.float32)
    middle, axes, places = templates(sounds, TemplateRecipe(axes=2), (slice(3), slice(3, None)))
    assert places.shape == (2, 3, 2)
    for kind, mean in enumerate(places):
        heard = (words + kinds[kind] - middle) @ axes
        likely = (heard / np.linalg.norm(heard, axis=1, keepdims=True)) @ mean.T
        assert likely.argmax(axis=1).tolist() == [0, 1, 2]
