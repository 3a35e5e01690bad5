"""Ears in lock-step hear what a chain hears, three blocks later, whatever the machine does; their end is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.errors import MachineError
from coach.hearing.lockstep import LockstepEars
from coach.hearing.ports.ears import HEARING_HZ, Ears, Heard
from coach.hearing.recipe import Recipe, Recognizer, build_chain
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from tests.support.spoken import blocks, floor, room, spoken

HALF_A_SECOND = HEARING_HZ // 2
RECIPE = Recipe(Recognizer.MOONSHINE, load_table())


@pytest.fixture
def recipe() -> Recipe:
    return RECIPE


@pytest.fixture
def ears(recipe: Recipe) -> Iterator[LockstepEars]:
    opened = LockstepEars(recipe)
    yield opened
    opened.close()


def by_block(ears: Ears, sound: np.ndarray) -> list[tuple[list[Heard], bool]]:
    ears.expect(frozenset({Command.NEXT, Command.REPEAT}))
    played = np.zeros_like(sound)
    played[:HALF_A_SECOND] = floor(0.5, rms=1_000.0)  # the cancellers work
    return [(list(ears.hear(mic, far)), ears.speaking) for mic, far in zip(blocks(sound), blocks(played), strict=True)]


@pytest.mark.parametrize(
    "recipe",
    [RECIPE, pytest.param(replace(RECIPE, headphones=True), marks=pytest.mark.slow)],
    ids=lambda recipe: "headphones" if recipe.headphones else "echo",
)
def test_they_hear_what_a_chain_hears_three_blocks_later(ears: LockstepEars, recipe: Recipe) -> None:
    sound = room(spoken("stop"), 0.8, spoken("pause"))
    chain = build_chain(recipe)
    inline, lockstep = by_block(chain, sound), by_block(ears, sound)
    assert lockstep[:3] == [([], False)] * 3
    assert lockstep[3:] == inline[:-3]
    assert {heard.command for each, _ in inline for heard in each} == {Command.STOP, Command.PAUSE}
    assert (ears.name, ears.thresholds, ears.half_duplex) == (chain.name, chain.thresholds, chain.half_duplex)


def test_models_that_cannot_be_loaded_are_told(tmp_path: Path) -> None:
    ears = LockstepEars(replace(RECIPE, recognizer=Recognizer.VOSK, model=tmp_path))
    with pytest.raises(MachineError):
        by_block(ears, room())
    ears.close()
    ears.close()


def test_a_process_that_has_ended_is_told(ears: LockstepEars) -> None:
    by_block(ears, room())
    ears._process.kill()
    with pytest.raises(MachineError, match="the speech recognition stopped"):
        by_block(ears, room())
