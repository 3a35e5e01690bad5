"""What becomes of a clip: cut to its word, set in a simulated room, in noise or in a kitchen."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach.hearing.ports.ears import HEARING_HZ
from coach.sound.pcm import Pcm, gain_of, in_steps
from coach.sound.reverberation import impulse_response

Floats = npt.NDArray[np.float32]
Sound = npt.NDArray[np.float64]

BEFORE_S, BEHIND_S = 0.25, 0.375
"""Of noise before and behind the word."""
RMS = (300.0, 6_000.0)
"""How loud the word is, of 32,768."""
IN_A_ROOM, REVERBERATION_S, DISTANCE_M = 0.85, (0.15, 0.6), (0.5, 4.0)
SLOPE = (0.0, 1.5)
"""Of the noise's power, which falls by this power of the frequency."""


@dataclass(frozen=True, slots=True, eq=False)
class NoisyWord:
    """A word as a microphone hears it."""

    samples: Pcm
    floor_rms: float
    """Of the noise."""
    word: slice


def spoken_part(samples: Pcm) -> Pcm:
    """Return a clip without the silence before and behind the word."""
    levels = np.abs(samples.astype(np.int32))
    loud = np.flatnonzero(levels > 0.02 * levels.max())
    return samples[loud[0] : loud[-1]]


def somewhere(word: Pcm, snr_db: float, kitchen: Pcm | None, random: np.random.Generator) -> NoisyWord:
    """Return a word as it sounds in some room, in noise so far below it, which is a kitchen's where there is one."""
    around = round(BEFORE_S * HEARING_HZ), round(BEHIND_S * HEARING_HZ)
    sound, level = said_in_a_room(word, around, IN_A_ROOM, random)
    floor_rms = level * gain_of(-snr_db)
    floor = noise(len(sound), random.uniform(*SLOPE), random) if kitchen is None else _piece_of(kitchen, sound, random)
    return NoisyWord(in_steps(sound + floor_rms * floor), floor_rms, slice(around[0], len(sound) - around[1]))


def said_in_a_room(
    word: Pcm, around: tuple[int, int], chance: float, random: np.random.Generator
) -> tuple[Sound, float]:
    """Return a word at some loudness, in some room with this chance, and its rms. Args: around: silent frames."""
    before, behind = around
    sound = in_a_room(np.pad(word.astype(np.float64), around), chance, random)
    level = float(np.exp(random.uniform(*np.log(RMS))))
    sound *= level / max(1.0, float(np.sqrt(np.mean(np.square(sound[before : len(sound) - behind])))))
    return sound, level


def noise(frames: int, slope: float, random: np.random.Generator) -> Floats:
    """Return noise at an rms of 1; its power falls by this power of the frequency: 0 white, 1 pink."""
    spectrum = np.fft.rfft(random.standard_normal(frames))
    made = np.fft.irfft(spectrum / np.arange(1, len(spectrum) + 1) ** (slope / 2), frames)
    even: Floats = (made / made.std()).astype(np.float32)
    return even


def in_a_room(sound: Sound, chance: float, random: np.random.Generator) -> Sound:
    """Return a sound as it is heard in some room, with this chance; else as it is."""
    if random.random() >= chance:
        return sound
    response = impulse_response(random.uniform(*REVERBERATION_S), random.uniform(*DISTANCE_M), random, HEARING_HZ)
    size = len(sound) + len(response)
    return np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)[: len(sound)]


def _piece_of(kitchen: Pcm, sound: Sound, random: np.random.Generator) -> Floats:
    at = int(random.integers(len(kitchen) - len(sound)))
    piece = kitchen[at : at + len(sound)].astype(np.float32)
    even: Floats = piece / max(1.0, float(piece.std()))
    return even
