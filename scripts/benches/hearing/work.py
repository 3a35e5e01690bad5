"""Stretches in, what came of them out: shared between processes, each with ears of its own."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from time import monotonic, sleep
from typing import TypeVar

from coach.errors import MachineError
from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.ports.engine import Engine
from coach.hearing.process import ONE_THREAD, EarsProcess
from coach.hearing.recipe import Recipe, build_engine
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel, Sound
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.spotting.spotter import spotter_if_any
from coach.hearing.vocabulary.phrase_table import load_table
from scripts.benches.hearing.alone import Alone, Turn, listen
from scripts.benches.hearing.stage import HearingStage, Played, Stretch

LOADS_S = 60.0  # at most, for the models

T = TypeVar("T")
R = TypeVar("R")

_ears: list[Engine] = []


class CountingModel(MoonshineModel):
    """Moonshine, which tells how many sounds it was given to score: a view that is asked about again counts once."""

    sounds = 0

    def encode(self, sound: Sound) -> Floats:
        self.sounds += 1
        return super().encode(sound)


_counting: list[CountingModel] = []


def play_all(stretches: Sequence[Stretch], recipe: Recipe, processes: int) -> Iterator[Played]:
    """Play every stretch, in order; each by itself, so that sharing them changes nothing."""
    yield from _shared(_play, stretches, recipe, processes)


def play_charged(stretches: Sequence[Stretch], recipe: Recipe) -> Iterator[Played]:
    """Play every stretch with Moonshine on one thread, its processor time charged to each block: one at a time."""
    os.environ |= ONE_THREAD
    with get_context("spawn").Pool(1, partial(_begin_charged, recipe)) as pool:
        yield from pool.imap(_play_charged, stretches)


def _begin_charged(recipe: Recipe) -> None:
    _counting[:] = [CountingModel()]
    _ears[:] = [MoonshineEngine(recipe.table, _counting[0], paced=True, spotter=spotter_if_any())]


def _play_charged(stretch: Stretch) -> Played:
    chain = Chain(_ears[0], EchoRemover())
    return HearingStage(stretch, chain, load_table(), charged=True, scored=lambda: _counting[0].sounds).play()


def listen_all(turns: Sequence[Turn], recipe: Recipe, processes: int) -> Iterator[Alone]:
    """Hear every turn of the coach alone, in order."""
    yield from _shared(_listen, turns, recipe, processes)


def _shared(step: Callable[[T], R], each: Sequence[T], recipe: Recipe, processes: int) -> Iterator[R]:
    os.environ |= ONE_THREAD  # the processes share the cores already
    with get_context("spawn").Pool(processes, partial(_begin, recipe)) as pool:
        yield from pool.imap(step, each)


def _begin(recipe: Recipe) -> None:
    _ears[:] = [build_engine(recipe)]


def _play(stretch: Stretch) -> Played:
    chain = Chain(_ears[0], EchoRemover())
    return HearingStage(stretch, chain, load_table()).play()


def play_live(stretches: Sequence[Stretch], recipe: Recipe) -> Iterator[Played]:
    """Play every stretch in real time, in order, heard by a process as in a session: its times hold the work too."""
    for stretch in stretches:
        with closing(_ready(recipe)) as ears:
            yield HearingStage(stretch, ears, load_table(), real_time=True).play()


def _ready(recipe: Recipe) -> EarsProcess:
    """Return ears whose models are loaded. Raises MachineError where they do not load."""
    ears, until = EarsProcess(recipe), monotonic() + LOADS_S
    while not ears.ready:
        if monotonic() > until:
            ears.close()
            raise MachineError(ears.trouble or f"the ears did not load within {LOADS_S:.0f} s")
        sleep(0.05)
    return ears


def _listen(turn: Turn) -> Alone:
    return listen(turn, _ears[0], load_table())
