"""Make the earcons in audio/ from scratch: sums of sines, all between 400 and 1,500 Hz, which older ears still hear.

The same bits on every run.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.places import audio_folder
from coach.sound.clip import RATE_HZ
from coach.sound.loudness import SPEECH_LUFS, loudness
from coach.sound.pcm import gain_of
from coach.sound.wav import write_wav
from scripts.named import options

Tone = npt.NDArray[np.float64]

ATTACK_S = 0.008  # soft: a click startles
LONGEST_S = 0.14  # of what begins a phase or a set: over before the words begin, 0.15 s after it


def glide(from_hz: float, to_hz: float, seconds: float, decay_s: float = 0.0) -> Tone:
    """Sweep from one pitch to another, with a soft attack; it dies away over `decay_s`, or is held and then let go."""
    t = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    hz = from_hz * (to_hz / from_hz) ** (t / seconds)
    return envelope(np.sin(2 * np.pi * np.cumsum(hz) / RATE_HZ), decay_s)


def envelope(sound: Tone, decay_s: float) -> Tone:
    frames, attack = len(sound), round(ATTACK_S * RATE_HZ)
    t = np.arange(frames) / RATE_HZ
    shape = np.exp(-t / decay_s) if decay_s else np.ones(frames)
    shape[:attack] *= np.sin(np.linspace(0, np.pi / 2, attack)) ** 2
    release = min(3 * attack, frames // 2)
    shape[frames - release :] *= np.cos(np.linspace(0, np.pi / 2, release)) ** 2
    return sound * shape


def bell(hz: float, seconds: float) -> Tone:
    """Strike a soft bell: a tone and a quieter fifth above it."""
    return glide(hz, hz, seconds, seconds / 4) + 0.3 * glide(1.5 * hz, 1.5 * hz, seconds, seconds / 7)


def sequence(notes: Sequence[tuple[float, Tone]]) -> Tone:
    """Lay notes on top of each other, each at its second."""
    frames = max(round(at * RATE_HZ) + len(note) for at, note in notes)
    whole = np.zeros(frames)
    for at, note in notes:
        whole[round(at * RATE_HZ) :][: len(note)] += note
    return whole


def pulses(pulse: Tone, at_s: Sequence[float]) -> Tone:
    """Repeat a sound at these seconds."""
    return sequence([(second, pulse) for second in at_s])


def chord(*tones: Tone) -> Tone:
    """Sound tones together."""
    return sequence([(0, tone) for tone in tones])


# Each: what it is, and how many decibels under the voice. Notes are of one scale (A4 440, C#5 554, E5 659, A5 880).
# Rise, fall and stay differ in length, register and timbre too, all of it under 1 kHz: direction alone is hard to hear.
EARCONS: dict[str, tuple[Callable[[], Tone], float]] = {
    "tick": (lambda: glide(1000, 1000, 0.06, 0.015), 7),  # a second of a count
    "step": (lambda: glide(1450, 450, 0.06, 0.02), 5),  # a step of a walk: a falling knock on wood
    "pulse": (lambda: glide(740, 740, 0.05, 0.012), 13),  # a second inside a phase, softer than a tick
    "begin": (lambda: chord(*(glide(hz, hz, LONGEST_S, 0.05) for hz in (554, 659, 880))), 4),  # the count is over
    "rise": (lambda: glide(640, 1000, 0.08), 5),  # lift: high, short, pure
    "fall": (
        lambda: chord(glide(640, 400, LONGEST_S), 0.5 * glide(1280, 800, LONGEST_S)),
        5,
    ),  # return: low, rich
    "stay": (lambda: pulses(chord(glide(554, 554, 0.04), 0.7 * glide(831, 831, 0.04)), (0, 0.085)), 5),  # two pulses
    "chime": (lambda: sequence([(0, bell(659, 0.6)), (0.18, bell(554, 0.9))]), 3),  # something comes: listen
    "hm": (lambda: sequence([(0, glide(494, 466, 0.12)), (0.16, glide(466, 415, 0.2))]), 6),  # not understood
    "ready_prompt": (lambda: sequence([(0, bell(554, 0.3)), (0.15, bell(740, 0.6))]), 3),  # your turn to speak
    "done_chime": (lambda: sequence([(0, bell(440, 0.5)), (0.16, bell(554, 0.5)), (0.32, bell(659, 1.1))]), 2),
}


def main(arguments: Sequence[str]) -> int:
    parser = options("make sounds", __doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=audio_folder(), help="where to (audio/)")
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, (make, under_db) in EARCONS.items():
        sound = make().astype(np.float32)
        sound *= np.float32(gain_of(SPEECH_LUFS - under_db - loudness(sound)))
        write_wav(folder / f"{name}.wav", sound)
        print(f"{name:14}{len(sound) / RATE_HZ:6.2f} s{loudness(sound):8.1f} LUFS  peak {np.abs(sound).max():.2f}")
    return 0
