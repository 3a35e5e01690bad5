"""Where cues are in a rendered piece of sound: each is looked for around its time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from coach.export.correlation import correlation
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
        yield find(placement, clip_of(placement.kind, placement.text, speak), sound)


def find(placement: Placement, clip: Clip, sound: Samples) -> Found:
    """Look for the start of a clip around its frame."""
    start = clip.samples[:START_FRAMES]
    first = placement.frame - LOOK_FRAMES
    before = max(-first, 0)
    window = np.zeros(len(start) + 2 * LOOK_FRAMES, np.float32)
    heard = sound[max(first, 0) : first + len(window)]
    window[before : before + len(heard)] = heard
    scores = correlation(window, start)
    best = int(np.argmax(scores))
    return Found(placement, best - LOOK_FRAMES, float(scores[best]))
