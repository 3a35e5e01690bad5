"""The room in which something is said: what the microphone hears and what the loudspeaker plays meanwhile.

A scene turns one utterance into two streams. Those with noise, echo and other talkers belong here, one function each.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from coach.hearing.ears import HEARING_HZ, Pcm
from hearing_bench.utterances import Utterance

FLOOR_RMS = 20.0  # a quiet room in a laptop's microphone; never digital zero
BEFORE_S, AFTER_S = 1.0, 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    mic: Pcm
    played: Pcm
    end_s: float
    """Where the last word ends."""


Scene = Callable[[Utterance], Stream]


def quiet(utterance: Utterance) -> Stream:
    """Somebody speaks into a quiet room; the coach is silent."""
    before, after = (np.zeros(round(s * HEARING_HZ)) for s in (BEFORE_S, AFTER_S))
    speech = np.concatenate((before, utterance.samples, after))
    mic = np.clip(speech + _noise(utterance.name, len(speech)), -32_768, 32_767).astype(np.int16)
    return Stream(mic, np.zeros_like(mic), BEFORE_S + utterance.end_s)


SCENES: Mapping[str, Scene] = {"quiet": quiet}


def _noise(name: str, frames: int) -> np.ndarray:
    """Return the noise floor, the same for the same utterance in every run."""
    return np.random.default_rng(zlib.crc32(name.encode())).normal(0, FLOOR_RMS, frames)
