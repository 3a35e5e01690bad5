"""Breathless and older voices, made of others by signal processing: pitch, tremor, breath, pauses, failing strength.

No recordings of such people can be had here, so this is a likeness: it shows what breaks first, not how often.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, gain_of, in_steps
from coach.sound.resample import resample
from scripts.benches.hearing.utterances import BenchUtterance, end_of

Signal = npt.NDArray[np.float64]

TREMOR_HZ, TREMOR_SHIFT_S, TREMOR_DEPTH = 5.5, 0.0015, 0.3
"""Of an older voice: about two semitones of vibrato, and its loudness with it."""
LOWER = 1.06
"""Pitch and pace of an older voice, by resampling."""
ASPIRATION = 0.25
"""Of the voice's envelope: air beside it."""
BREATH_S, BREATH_DB = 0.45, -16.0
FAILS_DB = -10.0
"""Over the length of what a breathless person says."""
PAUSE_S = 0.22
"""For air, at the softest place in the middle; shorter than the silence that ends a segment."""


def older(samples: Pcm, seed: int) -> Pcm:
    """Let a voice tremble, lower and airy."""
    sound = resample(samples.astype(np.float32), HEARING_HZ, round(LOWER * HEARING_HZ)).astype(np.float64)
    at_s = np.arange(len(sound)) / HEARING_HZ
    wave = np.sin(2 * np.pi * TREMOR_HZ * at_s)
    shaken = np.interp(np.arange(len(sound)) + TREMOR_SHIFT_S * HEARING_HZ * wave, np.arange(len(sound)), sound)
    return in_steps(_airy(shaken * (1 + TREMOR_DEPTH * wave), ASPIRATION, seed))


def breathless(samples: Pcm, seed: int) -> Pcm:
    """Let a voice fail, with a breath before it, air in it, and a pause for air in the middle."""
    sound = samples.astype(np.float64)
    sound *= 10 ** (FAILS_DB / 20 * np.linspace(0, 1, len(sound)))
    middle = _softest(sound)
    parts = (sound[:middle], np.zeros(round(PAUSE_S * HEARING_HZ)), sound[middle:]) if middle else (sound,)
    whole = _airy(np.concatenate(parts), 2 * ASPIRATION, seed)
    frames = round(BREATH_S * HEARING_HZ)
    breath = _noise(frames, seed + 1) * np.hanning(frames) * np.abs(sound).max() * gain_of(BREATH_DB)
    return in_steps(np.concatenate((breath, np.zeros(HEARING_HZ // 20), whole)))


SPEAKERS: Mapping[str, Callable[[Pcm, int], Pcm]] = {"older": older, "breathless": breathless}


def said_so(each: BenchUtterance, speaker: str, seed: int) -> BenchUtterance:
    """Return the same said by such a person."""
    samples = SPEAKERS[speaker](each.samples, seed)
    return replace(each, name=f"{each.name}, {speaker}", samples=samples, end_s=end_of(samples))


def _softest(sound: Signal) -> int:
    """Return the frame of the softest 20 ms in the middle half, 0 where what is said has one syllable or two."""
    if len(sound) < 0.7 * HEARING_HZ:
        return 0
    frame = HEARING_HZ // 50
    frames = sound[: len(sound) // frame * frame].reshape(-1, frame)
    levels = np.sqrt((frames**2).mean(axis=1))
    first, last = len(levels) // 4, 3 * len(levels) // 4
    return (first + int(levels[first:last].argmin())) * frame


def _airy(sound: Signal, share: float, seed: int) -> Signal:
    window = HEARING_HZ // 50
    envelope = np.convolve(np.abs(sound), np.ones(window) / window, mode="same")
    return sound + share * envelope * _noise(len(sound), seed)


def _noise(frames: int, seed: int) -> Signal:
    """Return the noise of air: little of it below 1 kHz, at an rms of 1."""
    white = np.random.default_rng(seed).standard_normal(frames)
    spectrum = np.fft.rfft(white)
    hz = np.fft.rfftfreq(frames, 1 / HEARING_HZ)
    noise = np.fft.irfft(spectrum * np.minimum(1.0, hz / 1_500), frames)
    even: Signal = noise / max(1e-9, float(noise.std()))
    return even
