"""Earcons: heard by older ears, soft, told apart, and out of the way of the words."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from coach.places import audio_folder
from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.earcons import EARCONS, earcon
from coach.sound.loudness import loudness
from coach.sound.pcm import Samples, gain_of
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
    assert (-33 if name == "pulse" else -27) < loudness(earcon(name).samples) < -20


@pytest.mark.parametrize("name", ["begin", "rise", "fall", "stay", "tick"])
def test_what_begins_a_phase_is_over_before_the_words(name: str) -> None:
    assert earcon(name).length_s < 0.15


def test_rise_rises_fall_falls_and_stay_stays() -> None:
    def halves(name: str) -> tuple[float, float]:
        samples = earcon(name).samples
        return pitch(samples[: len(samples) // 2]), pitch(samples[len(samples) // 2 :])

    assert halves("rise")[1] > 1.2 * halves("rise")[0]
    assert halves("fall")[1] < 0.8 * halves("fall")[0]
    assert halves("stay")[1] == pytest.approx(halves("stay")[0], rel=0.03)


PHASES = ("rise", "fall", "stay")


def with_age(samples: Samples, noise_db: float = -90.0, seed: int = 0) -> Samples:
    """Return what is left after a 4 kHz low-pass and a hearing loss of 40 dB above 1 kHz, in a room's noise."""
    spectrum = np.fft.rfft(samples, 1 << 14)
    hz = np.fft.rfftfreq(1 << 14, 1 / RATE_HZ)
    heard = np.fft.irfft(spectrum * np.where(hz > 4_000, 0.0, np.where(hz > 1_000, 0.01, 1.0)), 1 << 14)
    return (heard + np.random.default_rng(seed).standard_normal(1 << 14) * gain_of(noise_db)).astype(np.float32)


def classified(heard: Samples) -> str:
    """Tell the three sounds of a phase apart by their envelope and their pitch: three lines."""
    level = np.convolve(heard**2, np.ones(441) / 441, "same")[: frames_of(0.15)] > 0.1 * np.max(heard**2) / 2
    if np.count_nonzero(np.diff(level.astype(int)) > 0) + int(level[0]) > 1:
        return "stay"
    return "rise" if np.count_nonzero(level) < frames_of(0.11) else "fall"


@pytest.mark.parametrize("name", PHASES)
@pytest.mark.parametrize("louder_db", [-30.0, -12.0, 0.0])
def test_an_older_ear_tells_the_sounds_of_a_phase_apart(name: str, louder_db: float) -> None:
    """By length and envelope alone, at any level, and in noise 40 dB under full scale at the full one."""
    sound = earcon(name).samples * np.float32(gain_of(louder_db))
    assert [classified(with_age(sound, louder_db - 40, seed)) for seed in range(20)] == [name] * 20


@pytest.mark.parametrize("name", PHASES)
def test_the_register_alone_tells_rise_and_fall_apart(name: str) -> None:
    heard = with_age(earcon(name).samples)
    power = np.abs(np.fft.rfft(heard)) ** 2
    centroid_hz = float(power @ np.fft.rfftfreq(len(heard), 1 / RATE_HZ) / power.sum())
    assert {"rise": centroid_hz > 720, "fall": centroid_hz < 630, "stay": 630 < centroid_hz < 720}[name]


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
