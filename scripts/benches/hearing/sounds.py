"""Noises for the scenes, as files that a simulated room can repeat: a kitchen, a music bed."""

from pathlib import Path

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import as_pcm
from coach.sound.wav import write_wav

SECONDS = 20
_CHORDS = ((220.0, 261.6, 329.6), (174.6, 220.0, 261.6), (196.0, 246.9, 293.7), (164.8, 196.0, 246.9))
_BEAT_S = 0.5


def kitchen(path: Path) -> Path:
    """Write a kitchen made of noise: a fan and water all the time, dishes now and then."""
    generator = np.random.default_rng(7)
    frames = SECONDS * HEARING_HZ
    hz = np.fft.rfftfreq(frames, 1 / HEARING_HZ)
    white = np.fft.rfft(generator.standard_normal(frames))
    fan, water = (np.fft.irfft(white * shape, frames) for shape in (1 / (1 + hz / 150), (hz > 800) / (1 + hz / 3_000)))
    sound = fan / fan.std() + 0.5 * water / water.std()
    for at in generator.integers(0, frames - HEARING_HZ, 2 * SECONDS):
        sound[at : at + HEARING_HZ // 2] += 3 * _dish(generator)
    return _written(path, sound)


def music(path: Path) -> Path:
    """Write a bed of chords, a bass and a beat."""
    frames = SECONDS * HEARING_HZ
    at_s = np.arange(frames) / HEARING_HZ
    beat = np.floor(at_s / _BEAT_S).astype(int)
    since_s = at_s - beat * _BEAT_S
    chord = np.array(_CHORDS)[beat // 4 % len(_CHORDS)]
    tones = sum(np.sin(2 * np.pi * n * chord[:, i] * at_s) / n for i in range(3) for n in (1, 2, 3))
    bass = np.sin(np.pi * chord[:, 0] * at_s) * np.exp(-3 * since_s)
    hat = np.random.default_rng(8).standard_normal(frames) * np.exp(-60 * since_s)
    return _written(path, tones * np.exp(-1.5 * since_s) + 2 * bass + 0.7 * hat)


def _dish(generator: np.random.Generator) -> np.ndarray:
    at_s = np.arange(HEARING_HZ // 2) / HEARING_HZ
    tones = np.sum([np.sin(2 * np.pi * hz * at_s) for hz in generator.uniform(1_500, 6_000, 4)], axis=0)
    return np.asarray(tones * np.exp(-25 * at_s) / 2)


def _written(path: Path, sound: np.ndarray) -> Path:
    write_wav(path, as_pcm((0.3 * sound / np.abs(sound).max()).astype(np.float32)), HEARING_HZ)
    return path
