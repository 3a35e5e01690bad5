"""What she has taught is kept as vectors, belongs to one version of the encoder, and counts beside the templates."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition import learned as learned_file
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.learned import (
    MOST_FURTHER,
    LearnedWord,
    NotRead,
    her_pitch_hz,
    read_learned,
    with_further,
    write_learned,
)
from coach.hearing.recognition.models.moonshine import HEADS, WIDTH, Floats, MoonshineModel
from coach.hearing.recognition.scoring.own_samples import OwnSamples
from coach.hearing.recognition.scoring.scores import Scores
from coach.hearing.recognition.scoring.templates import PARTS, SURE_RATIO, TemplateMatcher, pooled
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import spoken

MEANINGS: Mapping[str, object] = {phrase.text: (phrase.command, phrase.value) for phrase in load_table().phrases()}
SAID = LearnedWord("stop", np.random.default_rng(1).standard_normal((3, PARTS, HEADS * WIDTH)).astype(np.float32))


def test_what_was_learned_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "voice.npz"
    assert read_learned(path) == ((), None)
    write_learned(path, [SAID])
    (word,), why = read_learned(path)
    assert (word.text, why) == ("stop", None)
    assert np.allclose(word.parts, SAID.parts, atol=2e-3)


def sample(value: float) -> bytes:
    return np.full((PARTS, HEADS * WIDTH), value, np.float16).tobytes()


def test_further_samples_are_kept_beside_those_taught_the_newest_of_them(tmp_path: Path) -> None:
    path = tmp_path / "voice.npz"
    words: tuple[LearnedWord, ...] = (SAID,)
    for value in range(MOST_FURTHER + 2):
        words = with_further(words, "stop", sample(value))
    write_learned(path, with_further(words, "next", sample(1)))
    found = {each.text: each for each in read_learned(path)[0]}
    assert np.allclose(found["stop"].parts, SAID.parts, atol=2e-3)
    assert found["stop"].further[:, 0, 0].tolist() == list(range(2, MOST_FURTHER + 2))
    assert len(found["stop"].samples) == len(SAID.parts) + MOST_FURTHER
    assert (len(found["next"].parts), len(found["next"].further)) == (0, 1)


def test_a_file_of_before_has_no_further_samples(tmp_path: Path) -> None:
    path = tmp_path / "voice.npz"
    write_learned(path, [SAID])
    with np.load(path) as file:
        before = {name: file[name] for name in file.files if not name.startswith("further")}
    np.savez_compressed(path, **before)
    (word,), why = read_learned(path)
    assert (len(word.samples), why) == (len(SAID.parts), None)


def test_her_pitch_is_kept_and_a_file_of_before_has_none(tmp_path: Path) -> None:
    path = tmp_path / "voice.npz"
    words = [replace(SAID, text=text, pitch_hz=hz) for text, hz in (("stop", 180.0), ("next", None), ("done", 190.0))]
    write_learned(path, words)
    found, _ = read_learned(path)
    assert [each.pitch_hz for each in found] == [180.0, None, 190.0]
    assert her_pitch_hz(found) == 185.0
    with np.load(path) as file:
        before = {name: file[name] for name in file.files} | {"about": np.array(without_pitch(str(file["about"])))}
    np.savez_compressed(path, **before)
    found, why = read_learned(path)
    assert (her_pitch_hz(found), why) == (None, None)


def without_pitch(about: str) -> str:
    return json.dumps({name: value for name, value in json.loads(about).items() if name != "pitch_hz"})


def test_what_is_no_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="reshape"):
        with_further((SAID,), "stop", b"none")


def test_another_version_of_the_encoder_knows_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "voice.npz"
    write_learned(path, [SAID])
    monkeypatch.setattr(learned_file, "encoder_version", lambda: "another")
    assert read_learned(path) == ((), NotRead.OTHER_VERSION)


def test_what_can_t_be_read_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "voice.npz"
    write_learned(path, [SAID])
    whole = path.read_bytes()
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:200] + b"\0" * 200 + whole[400:]):
        path.write_bytes(damaged)
        assert read_learned(path) == ((), NotRead.DAMAGED)


@pytest.mark.parametrize("parts", [np.zeros((3, PARTS, 7)), np.full((3, PARTS, HEADS * WIDTH), np.nan), np.zeros(4)])
def test_samples_of_another_shape_are_damaged(tmp_path: Path, parts: Floats) -> None:
    path = tmp_path / "voice.npz"
    write_learned(path, [LearnedWord("stop", parts.astype(np.float32))])
    assert read_learned(path) == ((), NotRead.DAMAGED)


@pytest.fixture(scope="module")
def model() -> MoonshineModel:
    return MoonshineModel()


def her(model: MoonshineModel, text: str) -> Floats:
    """Return the parts of one word of hers."""
    sound = preprocess(spoken(text, "en-gb+f2"), 20.0)
    encoded = model.encode(sound)
    a_second = len(encoded) / (len(sound) / HEARING_HZ)
    return pooled(encoded, PAD_S * a_second, len(encoded) - PAD_S * a_second)


def gained(templates: TemplateMatcher, model: MoonshineModel, text: str, phrase: str) -> float:
    """Return what a phrase's ratio gains where she says a text."""
    sound = preprocess(spoken(text, "en-gb+f2"), 20.0)
    length_s = len(sound) / HEARING_HZ
    scores = Scores("Oh.", True, {phrase: -7.0}, encoded=model.encode(sound))
    return templates.rescore(scores, length_s, (PAD_S, length_s - PAD_S)).ratios[phrase] + 7.0


def test_her_own_sample_counts_for_her_word_and_against_the_others(model: MoonshineModel) -> None:
    plain, taught = TemplateMatcher(MEANINGS), TemplateMatcher(MEANINGS)
    taught.learn({"pause": np.stack([her(model, "pause")] * 3), "stop": np.stack([her(model, "stop")] * 3)})
    assert gained(taught, model, "pause", "pause") >= gained(plain, model, "pause", "pause")
    assert gained(taught, model, "stop", "pause") <= gained(plain, model, "stop", "pause")


def rescored(templates: TemplateMatcher, model: MoonshineModel, text: str) -> Mapping[str, float]:
    """Return the ratios where she says a text and the models write something else."""
    sound = preprocess(spoken(text, "en-gb+f2"), 20.0)
    length_s = len(sound) / HEARING_HZ
    return templates.rescore(
        Scores("I was", True, {}, encoded=model.encode(sound)), length_s, (PAD_S, length_s - PAD_S)
    ).ratios


def test_what_is_surely_her_word_counts_though_the_models_write_something_else(model: MoonshineModel) -> None:
    templates = TemplateMatcher(MEANINGS)
    templates.learn({text: np.stack([her(model, text)] * 3) for text in ("pause", "stop")})
    assert rescored(templates, model, "pause") == {}  # it is not open
    templates.expect({"pause", "next"})
    assert rescored(templates, model, "pause") == {"pause": SURE_RATIO}
    assert rescored(templates, model, "stop") == {}
    assert rescored(templates, model, "the door") == {}
    templates.learn({})
    assert rescored(templates, model, "pause") == {}


@pytest.mark.parametrize(
    ("pitch_hz", "hers"), [(None, True), (150.0, True), (250.0, True), (100.0, False), (330.0, False)]
)
def test_her_samples_speak_for_no_other_voice(pitch_hz: float | None, hers: bool) -> None:
    own = OwnSamples({4: np.ones((3, 1), np.float32)}, 190.0)
    assert own.similarities(np.ones((1, 1), np.float32), pitch_hz) == ({4: 1.0} if hers else {})
    assert OwnSamples(own.features).similarities(np.ones((1, 1), np.float32), pitch_hz) == {4: 1.0}


def test_another_voice_is_heard_as_if_she_had_taught_nothing(model: MoonshineModel) -> None:
    plain, taught = TemplateMatcher(MEANINGS), TemplateMatcher(MEANINGS)
    taught.learn({"pause": np.stack([her(model, "pause")] * 3)}, 190.0)
    sound = preprocess(spoken("pause", "en-gb+f2"), 20.0)
    length_s = len(sound) / HEARING_HZ
    scores = Scores("Oh.", True, {"pause": -7.0}, encoded=model.encode(sound))
    found = [each.rescore(scores, length_s, (PAD_S, length_s - PAD_S), 95.0).ratios for each in (plain, taught)]
    assert found[0] == found[1]


def test_a_word_without_templates_is_not_learned(model: MoonshineModel) -> None:
    templates = TemplateMatcher(MEANINGS)
    templates.learn({"no such word": np.stack([her(model, "pause")] * 3)})
    assert gained(templates, model, "pause", "pause") == gained(TemplateMatcher(MEANINGS), model, "pause", "pause")


def test_forgetting_her_leaves_the_templates_as_they_were(model: MoonshineModel) -> None:
    templates = TemplateMatcher(MEANINGS)
    before = gained(templates, model, "stop", "pause")
    templates.learn({"stop": np.stack([her(model, "stop")] * 3)})
    templates.learn({})
    assert gained(templates, model, "stop", "pause") == before
