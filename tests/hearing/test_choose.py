"""The choice of the recognizer, and the message where there is none."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import InputError, MachineError
from coach.hearing.chain import Chain
from coach.hearing.choose import choose, open_ears
from coach.hearing.process import EarsProcess
from coach.hearing.recipe import Recognizer, thresholds_of
from coach.hearing.vocabulary.phrase_table import load_table
from tests.hearing.test_ears_contract import korean_model

TABLE = load_table()


def test_without_a_vosk_model_the_embedded_ears_are_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert choose("auto", TABLE).recognizer is Recognizer.MOONSHINE


def test_a_vosk_model_that_is_there_is_chosen() -> None:
    assert choose("auto", replace(TABLE, language="ko"), model=korean_model()).recognizer is Recognizer.VOSK
    assert choose("moonshine", TABLE, model=korean_model()).recognizer is Recognizer.MOONSHINE


def test_ears_that_do_not_exist_are_named_with_those_that_do() -> None:
    with pytest.raises(InputError, match="wax: choose one of auto, vosk, moonshine"):
        choose("wax", TABLE)


def test_vosk_without_a_model_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(MachineError, match="coach setup"):
        choose("vosk", TABLE)


def test_the_embedded_ears_hear_english_only() -> None:
    with pytest.raises(MachineError, match="only English"):
        choose("auto", replace(TABLE, language="ko"))


def test_a_missing_wheel_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.hearing.recognition.models.wheels.find_spec", lambda _: None)
    with pytest.raises(MachineError, match=r"pip install moonshine-voice==0\.1\.0"):
        choose("moonshine", TABLE)


def test_inline_ears_are_a_chain_and_others_a_process() -> None:
    for inline, made in ((True, Chain), (False, EarsProcess)):
        ears = open_ears("moonshine", TABLE, inline=inline)
        ears.close()
        assert isinstance(ears, made)


def test_every_recognizer_has_thresholds_of_its_own() -> None:
    assert len({id(thresholds_of(each)) for each in Recognizer}) == len(Recognizer)
