"""Locate cues in a finished piece of sound, by normalized cross-correlation around their time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coach.export.render import Placement, Speak, clip_of, placements
from coach.sound.clip import RATE_HZ, Clip
from coach.sound.pcm import Samples
from coach.timeline.cue import Timeline

LOOK_FRAMES = round(0.06 * RATE_HZ)  # to either side: more than any codec's delay
START_FRAMES = round(0.1 * RATE_HZ)  # of a clip are enough to know it by


@dataclass(frozen=True, slots=True)
class Found:
    """One cue and where it was found."""

    placement: Placement
    error_frames: int
    """Found minus planned."""
    likeness: float
    """Of 1.0: how much the sound there is the clip."""


def find_all(timeline: Timeline, speak: Speak, sound: Samples) -> Iterator[Found]:
    """Look for every cue of a timeline in a sound that was rendered from it (44.1 kHz, mono)."""
    for placement in placements(timeline):
        yield find(placement, clip_of(placement, speak), sound)


def find(placement: Placement, clip: Clip, sound: Samples) -> Found:
    """Look for the start of a clip around its frame."""
    start = clip.samples[:START_FRAMES]
    first = placement.frame - LOOK_FRAMES
    before = max(-first, 0)
    window = np.zeros(len(start) + 2 * LOOK_FRAMES, np.float32)
    heard = sound[max(first, 0) : first + len(window)]
    window[before : before + len(heard)] = heard
    scores = likeness(window, start)
    best = int(np.argmax(scores))
    return Found(placement, best - LOOK_FRAMES, float(scores[best]))


def likeness(window: Samples, start: Samples, quietest: float = 0.0) -> Samples:
    """Correlate two pieces of one rate, normalized, at every place where the start fits into the window.

    Where the window is softer than `quietest` (RMS), nothing is like anything.
    """
    size = 1 << (len(window) + len(start)).bit_length()
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(start, size))
    products = np.fft.irfft(spectrum, size)[: len(window) - len(start) + 1]
    energy = np.concatenate([[0.0], np.cumsum(window.astype(np.float64) ** 2)])
    around = energy[len(start) :] - energy[: -len(start)]
    products = np.where(around < len(start) * quietest**2, 0.0, products)
    return np.asarray(products / np.sqrt(np.maximum(around * float((start**2).sum()), 1e-12)), np.float32)
