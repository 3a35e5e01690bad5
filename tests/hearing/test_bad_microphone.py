"""Bad microphone input: music, a shout that clips, nan. None of it causes a false accept."""

from pathlib import Path

import numpy as np
import pytest

from coach.devices.files import FileDevices
from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.recognition.models.moonshine import MoonshineModel
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.live.opening import Parts, SessionPlan, open_live
from coach.log.entries import CommandEntry, Entry, FinishEntry
from coach.playback.workshop import SilentClips
from coach.sound.pcm import Pcm
from coach.sound.wav import write_wav
from tests.support.spoken import blocks, hear_all, room, spoken

TABLE = load_table()
BEAT_S = 0.5


@pytest.fixture(scope="module")
def engine(model: MoonshineModel, rescorer: Rescorer) -> MoonshineEngine:
    return MoonshineEngine(TABLE, model, rescorer)


def music(seconds: float) -> np.ndarray:
    """Play a tune over chords and a drum: plucked and held notes, never twice the same bar."""
    random = np.random.default_rng(5)
    frames = round(BEAT_S * HEARING_HZ)
    t = np.arange(frames) / HEARING_HZ
    beats = []
    for beat in range(round(seconds / BEAT_S)):
        root = 110 * 2 ** (random.choice([0, 5, 7, 9]) / 12)
        chord = sum(np.sin(2 * np.pi * root * step * k * t) / k for step in (1, 1.26, 1.5) for k in (1, 2, 3))
        note = root * 4 * 2 ** (random.choice([0, 2, 4, 7, 9]) / 12)
        vibrato = note * t + 0.8 * np.sin(2 * np.pi * 5.5 * t)
        tune = sum(np.sin(2 * np.pi * k * vibrato) / k for k in (1, 2, 3, 4)) * np.exp(-t / random.uniform(0.1, 0.6))
        drum = random.standard_normal(frames) * np.exp(-t / (0.03 if beat % 2 else 0.08))
        beats.append(0.06 * chord + 0.12 * tune + 0.1 * drum)
    return np.concatenate(beats).astype(np.float32)


@pytest.mark.parametrize("minutes", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_music_causes_no_false_accept(minutes: int, tmp_path: Path, engine: MoonshineEngine) -> None:
    write_wav(tmp_path / "music.wav", music(60 * minutes), HEARING_HZ)
    found: list[Entry] = []
    with FileDevices(tmp_path / "out.wav", tmp_path / "music.wav") as devices:
        parts = Parts(
            table=TABLE,
            clips=SilentClips(),
            devices=devices,
            ears=Chain(engine, EchoRemover()),
            watchers=(found.append,),
            silent=True,
        )
        live, _ = open_live(SessionPlan(routine=load_routine("bands"), usual="spine-strength"), parts)
        live.begin()
        while not live.over and live.clock_s < 60 * minutes:
            live.tick()
    assert [entry for entry in found if isinstance(entry, CommandEntry)] == []
    assert [entry for entry in found if isinstance(entry, FinishEntry)] == []


def accepted(heard: list[Heard]) -> list[Command | None]:
    policy, found = Policy(TABLE, MOONSHINE), []
    for number, each in enumerate(heard):
        policy, verdict = decide(policy, each, Context(frozenset(Command)), float(number))
        if verdict.accepted and not verdict.confirms:
            found.append(verdict.command)
    return found


@pytest.mark.parametrize("times", [4, 12])  # 21 dB beyond full scale
def test_a_shout_that_clips_is_still_recognized(times: int, engine: MoonshineEngine) -> None:
    shout: Pcm = np.clip(room(spoken("it hurts")).astype(np.int32) * times, -32_768, 32_767).astype(np.int16)
    heard = hear_all(Chain(engine, EchoRemover()), shout)
    assert accepted(heard) == [Command.IT_HURTS]


def test_nan_before_a_word_does_no_harm(engine: MoonshineEngine) -> None:
    broken = [np.full(HEARING_HZ // 50, np.nan)] * 50
    heard = hear_all(Chain(engine, EchoRemover()), [*broken, *blocks(room(spoken("it hurts")))])
    assert accepted(heard) == [Command.IT_HURTS]
