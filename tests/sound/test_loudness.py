"""Loudness against the standard's own figures, and against ffmpeg's meter; trimming."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from coach.sound.clip import RATE_HZ
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.limiter import CEILING
from coach.sound.loudness import LEAD_S, TAIL_S, loudness, normalized, trimmed
from coach.sound.pcm import Samples
from coach.sound.wav import write_wav


def sine(hz: float, seconds: float, level: float) -> Samples:
    return (level * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)).astype(np.float32)


def speech_like(seconds: float = 6.0) -> Samples:
    """Noise under a slow envelope, with a long pause: what the gates are for."""
    frames = round(seconds * RATE_HZ)
    t = np.arange(frames) / RATE_HZ
    noise = np.convolve(np.random.default_rng(1).normal(0, 1, frames), np.ones(12) / 12, "same")
    envelope = np.clip(np.sin(2 * np.pi * 1.5 * t), 0, 1) * (t < 3)
    return np.asarray(0.4 * noise * envelope, np.float32)


def test_a_full_scale_tone_measures_as_the_standard_says() -> None:
    assert loudness(sine(997, 5, 1.0)) == pytest.approx(-3.01, abs=0.02)


@pytest.mark.parametrize("make", [lambda: sine(200, 4, 0.2), lambda: sine(4000, 4, 0.2), speech_like])
def test_loudness_agrees_with_ffmpeg(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "sound.wav"
    write_wav(path, make())
    command = [ffmpeg_path(), "-hide_banner", "-i", str(path), "-af", "ebur128", "-f", "null", "-"]
    meter = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    theirs = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", meter)[-1])
    assert loudness(make()) == pytest.approx(theirs, abs=0.15)


def test_silence_has_no_loudness_and_stays_silent() -> None:
    silence = np.zeros(RATE_HZ, np.float32)
    assert loudness(silence) == -np.inf
    assert not normalized(silence).any()
    assert not len(trimmed(silence, RATE_HZ))
    assert loudness(silence[:0]) == -np.inf


@pytest.mark.parametrize("seconds", [0.2, 0.39, 1.0, 6.0])
@pytest.mark.parametrize("level", [0.01, 0.9])
def test_every_clip_comes_out_at_one_loudness(seconds: float, level: float) -> None:
    clip = normalized(speech_like(6.0)[: round(seconds * RATE_HZ)] * np.float32(level))
    assert loudness(clip) == pytest.approx(-19, abs=0.5)
    assert np.abs(clip).max() <= CEILING + 1e-6


def test_trimming_keeps_a_breath_around_the_sound_and_no_more() -> None:
    sound = np.concatenate([np.zeros(5_000), sine(440, 1, 0.5), np.full(20_000, 0.0005)]).astype(np.float32)
    clip = trimmed(sound, RATE_HZ)
    assert len(clip) == pytest.approx(RATE_HZ * (1 + LEAD_S + TAIL_S), abs=20)
    assert abs(clip[0]) < 0.01
    assert abs(clip[-1]) < 0.01
