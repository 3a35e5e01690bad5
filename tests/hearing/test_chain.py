"""The whole chain: echo removal, endpointer and engine together."""

from collections.abc import Sequence

import numpy as np
import pytest

from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.engine import End, Piece
from coach.hearing.ports.thresholds import ACCEPT_ALL
from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.sound.pcm import Pcm
from tests.support.spoken import blocks, floor, hear_all, room, spoken


class CountingEngine:
    """An engine that only counts what it is asked."""

    name = "counting"
    thresholds = ACCEPT_ALL

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.closed = 0

    def expect(self, commands: frozenset[Command]) -> None:
        self.expected = commands

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        self.pieces.append(piece)
        return ()

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(scope="module")
def moonshine(model: MoonshineModel, rescorer: Rescorer) -> MoonshineEngine:
    return MoonshineEngine(load_table(), model, rescorer)


@pytest.mark.parametrize("headphones", [True, False])
def test_a_word_is_recognized_with_the_time_it_was_said_at(moonshine: MoonshineEngine, headphones: bool) -> None:
    word = spoken("stop")
    final = hear_all(Chain(moonshine, EchoRemover(headphones)), room(word))[-1]
    assert final.command is Command.STOP
    assert final.word_start_t == pytest.approx(1.0, abs=0.12)
    assert final.word_end_t == pytest.approx(1.0 + len(word) / HEARING_HZ, abs=0.15)


@pytest.mark.parametrize("sound", [floor(4.0), np.zeros(4 * HEARING_HZ, np.int16)], ids=["floor", "digital zero"])
def test_the_engine_is_left_alone_while_nobody_speaks(sound: Pcm) -> None:
    engine = CountingEngine()
    assert hear_all(Chain(engine, EchoRemover()), sound) == []
    assert engine.pieces == []


def test_nan_and_infinity_from_a_driver_do_no_harm(moonshine: MoonshineEngine) -> None:
    chain = Chain(moonshine, EchoRemover())
    broken = np.full(320, np.nan, np.float32)
    broken[::3] = np.inf
    for _ in range(50):
        assert chain.hear(broken, np.zeros(320, np.int16)) == []  # type: ignore[arg-type]  # what a driver might do
    assert hear_all(chain, room(spoken("stop")))[-1].command is Command.STOP


def test_the_coach_alone_causes_no_false_accept(moonshine: MoonshineEngine) -> None:
    """The first second, in which the echo canceller converges, is a chime or a welcome."""
    played = np.concatenate([room(spoken("now breathe in and lift slowly"))] * 4)
    mic = (0.3 * np.roll(played, 640)).astype(np.int16) + floor(len(played) / HEARING_HZ, seed=3)
    chain = Chain(moonshine, EchoRemover())
    pairs = zip(blocks(mic), blocks(played), strict=True)
    heard = [h for m, p in pairs for h in chain.hear(m, p)]
    assert [h.command for h in heard if h.command and h.confidence > chain.thresholds.command(h.text).score] == []


class OneCommandEngine(CountingEngine):
    """An engine that recognizes one command in every segment."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self._command = command

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        final = Heard("as it was said", self._command, None, 0.0, 9.0, piece.speech_start_t, piece.speech_end_t)
        return [final] if piece.end else []


@pytest.mark.parametrize(("command", "expected"), [(Command.NEXT, None), (Command.STOP, Command.STOP)])
def test_in_the_coachs_first_two_seconds_only_a_safety_word_is_a_command(
    command: Command, expected: Command | None
) -> None:
    word = spoken("next")
    mic = np.concatenate((floor(0.3), word + floor(len(word) / HEARING_HZ), floor(0.6)))
    played = np.resize(spoken("now breathe in and lift slowly") // 20, len(mic))
    chain = Chain(OneCommandEngine(command), EchoRemover())
    heard = [h for m, p in zip(blocks(mic), blocks(played), strict=True) for h in chain.hear(m, p)]
    assert [(each.command, each.text) for each in heard] == [(expected, "as it was said")]


def test_block_length_changes_nothing(moonshine: MoonshineEngine) -> None:
    mic = room(spoken("next"))
    (whole,) = Chain(moonshine, EchoRemover(headphones=True)).hear(mic, np.zeros_like(mic))
    (cut,) = hear_all(Chain(moonshine, EchoRemover(headphones=True)), mic)
    assert whole == cut


def test_expecting_and_closing_reach_the_engine() -> None:
    engine = CountingEngine()
    chain = Chain(engine, EchoRemover())
    chain.expect(frozenset({Command.YES}))
    chain.close()
    assert engine.expected == {Command.YES}
    assert engine.closed == 1


def test_the_engine_is_told_once_that_a_segment_has_ended() -> None:
    engine = CountingEngine()
    hear_all(Chain(engine, EchoRemover(headphones=True)), room(spoken("repeat")))
    assert [p.end for p in engine.pieces].count(End.SILENCE) == 1
    assert engine.pieces[-1].end is End.SILENCE


def test_without_a_canceller_the_chain_is_half_duplex(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Chain(CountingEngine(), EchoRemover()).half_duplex
    monkeypatch.setattr("coach.hearing.echo.residual_stage.open_aec3", lambda: None)
    assert Chain(CountingEngine(), EchoRemover()).half_duplex
    assert not Chain(CountingEngine(), EchoRemover(headphones=True)).half_duplex
