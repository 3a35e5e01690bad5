"""Earcons: heard by older ears, soft, told apart, and out of the way of the words."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from coach.places import audio_folder
from coach.sound.clip import RATE_HZ
from coach.sound.earcons import EARCONS, earcon
from coach.sound.loudness import loudness
from coach.sound.pcm import Samples
from scripts.makers import sounds


def pitch(samples: Samples) -> float:
    """Return the loudest frequency."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 16))
    return float(np.argmax(spectrum)) * RATE_HZ / (1 << 16)


@pytest.mark.parametrize("name", EARCONS)
def test_an_earcon_lies_between_400_and_1500_hz(name: str) -> None:
    samples = earcon(name).samples
    power = np.abs(np.fft.rfft(samples, 1 << 17)) ** 2
    hz = np.fft.rfftfreq(1 << 17, 1 / RATE_HZ)
    assert power[(hz >= 400) & (hz <= 1_500)].sum() > 0.93 * power.sum()


@pytest.mark.parametrize("name", EARCONS)
def test_an_earcon_starts_softly_and_ends_in_silence(name: str) -> None:
    level = np.abs(earcon(name).samples)
    assert level[:20].max() < 0.05 * level.max()
    assert level[-20:].max() < 0.05 * level.max()
    assert level.max() < 0.6


@pytest.mark.parametrize("name", EARCONS)
def test_an_earcon_is_softer_than_the_voice(name: str) -> None:
    assert -27 < loudness(earcon(name).samples) < -20


@pytest.mark.parametrize("name", ["rise", "fall", "stay", "tick"])
def test_what_begins_a_phase_is_over_before_the_words(name: str) -> None:
    assert earcon(name).length_s < 0.15


def test_rise_rises_fall_falls_and_stay_stays() -> None:
    def halves(name: str) -> tuple[float, float]:
        samples = earcon(name).samples
        return pitch(samples[: len(samples) // 2]), pitch(samples[len(samples) // 2 :])

    assert halves("rise")[1] > 1.2 * halves("rise")[0]
    assert halves("fall")[1] < 0.8 * halves("fall")[0]
    assert halves("stay")[1] == pytest.approx(halves("stay")[0], rel=0.03)


def test_no_two_earcons_sound_alike() -> None:
    for one, other in itertools.combinations(EARCONS, 2):
        a, b = earcon(one).samples, earcon(other).samples
        alike = np.abs(np.correlate(a, b, "full")).max() / np.sqrt((a**2).sum() * (b**2).sum())
        assert alike < 0.75, (one, other)


def test_the_shipped_sounds_are_what_the_script_makes(tmp_path: Path) -> None:
    sounds.main([str(tmp_path)])
    for name in EARCONS:
        made = np.frombuffer((tmp_path / f"{name}.wav").read_bytes()[44:], np.int16).astype(int)
        kept = np.frombuffer((audio_folder() / f"{name}.wav").read_bytes()[44:], np.int16).astype(int)
        assert np.abs(made - kept).max() <= 1  # sines differ in the last bit between machines


def test_an_unknown_earcon_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="no earcon named gong"):
        earcon("gong")
