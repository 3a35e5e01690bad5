"""A microphone whose zero is off zero is heard as any other; a voice passes as it is."""

import numpy as np
import pytest

from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.high_pass import HighPass
from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.sound.pcm import FULL_SCALE, Pcm
from tests.support.spoken import hear_all, room, spoken

TABLE = load_table()


def tone(hz: float) -> Pcm:
    return (8_000 * np.sin(2 * np.pi * hz * np.arange(2 * HEARING_HZ) / HEARING_HZ)).astype(np.int16)


@pytest.mark.parametrize("block", [1, 160, 320, 333, 5_000])
def test_an_offset_is_gone_within_a_tenth_of_a_second(block: int) -> None:
    sound = np.concatenate((tone(0), tone(0) + 6_500)).astype(np.int16)
    high_pass = HighPass()
    out = np.concatenate([high_pass.feed(sound[at : at + block]) for at in range(0, len(sound), block)])
    assert len(out) == len(sound)
    assert not out[: 2 * HEARING_HZ].any()
    assert not out[2 * HEARING_HZ + HEARING_HZ // 10 :].any()


def test_the_length_of_its_blocks_changes_nothing() -> None:
    sound = np.random.default_rng(1).integers(-9_000, 9_000, 4_800).astype(np.int16)
    whole, parts = HighPass().feed(sound), HighPass()
    assert np.array_equal(np.concatenate([parts.feed(each) for each in sound.reshape(-1, 32)]), whole)


@pytest.mark.parametrize("hz", [80, 200, 1_000, 7_000])
def test_a_voice_passes(hz: float) -> None:
    before, after = tone(hz)[HEARING_HZ:].astype(float), HighPass().feed(tone(hz))[HEARING_HZ:].astype(float)
    assert abs(10 * np.log10(np.mean(after**2) / np.mean(before**2))) < 0.3


def test_no_block_is_no_block() -> None:
    assert len(HighPass().feed(np.zeros(0, np.int16))) == 0


@pytest.fixture(scope="module")
def engine(model: MoonshineModel, rescorer: Rescorer) -> MoonshineEngine:
    return MoonshineEngine(TABLE, model, rescorer)


@pytest.mark.parametrize("headphones", [True, False])
@pytest.mark.parametrize("offset", [0.0, 0.2, -0.2])
def test_stop_said_a_step_away_is_heard_beside_an_offset(
    offset: float, headphones: bool, engine: MoonshineEngine
) -> None:
    sound = (room((0.1 * spoken("stop")).astype(np.int16)) + FULL_SCALE * offset).astype(np.int16)
    policy, accepted = Policy(TABLE, MOONSHINE), []
    for number, heard in enumerate(hear_all(Chain(engine, EchoRemover(headphones)), sound)):
        policy, verdict = decide(policy, heard, Context(frozenset(Command)), float(number))
        accepted += [verdict.command] if verdict.accepted and not verdict.confirms else []
    assert accepted == [Command.STOP]
