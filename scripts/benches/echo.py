"""Measure how much of the coach's echo is removed, in simulated rooms, and how much of her voice is left.

The coach talks in the default voice (in noise shaped like speech where there is none); she says commands in another.
The same voice gives the same figures each time, but for the cost.
"""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from time import process_time
from typing import Any

import numpy as np

from coach.devices.port import HEARING_FRAMES
from coach.errors import CoachError
from coach.hearing.echo.aec3 import AEC3_DELAY, open_aec3
from coach.hearing.echo.aligned_filter import AlignedFilter
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.ports.ears import HEARING_HZ
from coach.rehearsal.room import Room, RoomSpec
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import resample
from coach.sound.room_tone import RoomTone
from coach.speech.system_voice import SystemVoice
from scripts.named import options

EQUAL = RoomSpec(echo_db=0.0)
SCENES = {
    "as loud as she": EQUAL,
    "6 dB louder": replace(EQUAL, echo_db=6.0),
    "12 dB softer": replace(EQUAL, echo_db=-12.0),
    "small dry room": replace(EQUAL, reverberation_s=0.2),
    "large room, 1 m": replace(EQUAL, reverberation_s=0.6, loudspeaker_m=1.0),
    "delay 20 ms": replace(EQUAL, echo_delay_s=0.02),
    "delay 200 ms": replace(EQUAL, echo_delay_s=0.2),
    "delay 300 ms": replace(EQUAL, echo_delay_s=0.3),
    "drift 100 ppm": replace(EQUAL, drift_ppm=100.0),
    "drift -100 ppm": replace(EQUAL, drift_ppm=-100.0),
    "80 ms jump at 10 s": replace(EQUAL, jump_s=0.08),
    "driven loudspeaker": replace(EQUAL, drive=4.0),
    "clipping loudspeaker": replace(EQUAL, drive=12.0),
}
WINDOWS_S = (0, 1, 2, 4, 8, 12, 20, 30)
INSTRUCTIONS = (
    "Stand beside a chair and rest one hand on its back.",
    "Put one foot in front of the other, and lean forward from the hips with your back straight.",
    "Let the weight hang straight down under your shoulder, the palm facing in.",
    "Breathe out, and draw the elbow up until the weight is beside your ribs.",
    "Breathe in, and let it down slowly. Keep breathing all the time.",
    "Hold the band at the height of your chest, the palms facing down.",
    "Draw the shoulder blades together, and pull the band in towards you.",
    "Come down to your hands and knees, the hands under your shoulders.",
    "Lift one leg behind you as high as your hip, and find your balance.",
    "Lie face down on the mat, with a folded towel under your forehead.",
)
COMMANDS = ("stop", "pause", "next", "repeat", "it hurts", "done", "how many left", "resume")
EVERY_S = 2.5

Sound = np.ndarray


@dataclass(frozen=True, slots=True)
class EchoResult:
    scene: str
    filter_db: list[float]
    """Echo removed by the linear filter while she speaks now and then, by window."""
    canceller_db: list[float]
    """Sound removed by the canceller from the coach alone, by window."""
    her_in_canceller_db: float
    """Her words in the canceller's output, against what she said."""
    filter_from_s: float | None
    """From when on the filter's output was listened to."""
    delay_ms: float | None
    drift_ppm: float
    cost_ms: float
    """Processor time for one second of sound, both together."""


def chosen_from(arguments: Sequence[str]) -> Namespace:
    parser = options("bench echo", __doc__)
    parser.add_argument("--scene", choices=list(SCENES), help="this one only")
    parser.add_argument("--seconds", type=int, default=30, help="length of each scene, at least 8")
    parser.add_argument("--json", action="store_true", help="one object a line instead of the table")
    return parser.parse_args(arguments)


def spoken(voice: str, texts: tuple[str, ...]) -> list[Sound]:
    """Speak texts at 16 kHz, or shape noise like speech where there is no voice."""
    speaker = SystemVoice(voice)
    try:
        return [resample(np.array(clip.samples), 44_100, HEARING_HZ) for clip in speaker.render(texts)]
    except CoachError as error:
        print(f"no voice ({error}): noise shaped like speech instead", file=sys.stderr)
        return [shaped_noise(0.07 * len(text), seed) for seed, text in enumerate(texts)]
    finally:
        speaker.close()


def shaped_noise(seconds: float, seed: int) -> Sound:
    """Return noise with the spectrum and the syllables of speech."""
    generator = np.random.default_rng(seed)
    frames = round(seconds * HEARING_HZ)
    hz = np.fft.rfftfreq(frames, 1 / HEARING_HZ)
    colored = np.fft.irfft(np.fft.rfft(generator.standard_normal(frames)) / (1 + hz / 500) * (hz > 80), frames)
    syllables = 0.1 + np.abs(np.sin(2 * np.pi * 2 * np.arange(frames) / HEARING_HZ))
    sound = 0.1 * colored * syllables / np.sqrt(np.mean((colored * syllables) ** 2))
    return np.asarray(sound, np.float32)


def coach_track(seconds: int) -> Pcm:
    gap = np.zeros(round(0.4 * HEARING_HZ), np.float32)
    said = np.concatenate([part for clip in spoken("en-us", INSTRUCTIONS) for part in (clip, gap)])
    tone = resample(RoomTone().over(0, (seconds + 1) * RATE_HZ), RATE_HZ, HEARING_HZ)
    return as_pcm(np.resize(said, seconds * HEARING_HZ) + tone[: seconds * HEARING_HZ])


def her_track(seconds: int) -> Pcm:
    track = np.zeros(seconds * HEARING_HZ, np.float32)
    clips = spoken("en-gb", COMMANDS)
    for number, start in enumerate(np.arange(1.5, seconds - 2.0, EVERY_S)):
        clip = clips[number % len(clips)]
        at = round(start * HEARING_HZ)
        track[at : at + len(clip)] = clip
    return as_pcm(track)


def blockwise(step: Callable[[Any, Any], Sound], first: Sound, second: Sound) -> Sound:
    frames = HEARING_FRAMES
    return np.concatenate([step(first[i : i + frames], second[i : i + frames]) for i in range(0, len(first), frames)])


def removed_db(before: Sound, after: Sound) -> list[float]:
    """Return the power ratio by window."""
    edges = [at * HEARING_HZ for at in WINDOWS_S if at * HEARING_HZ <= len(before)]
    powers = [
        (np.mean(before[a:b].astype(float) ** 2), np.mean(after[a:b].astype(float) ** 2)) for a, b in pairwise(edges)
    ]
    return [round(float(10 * np.log10((was + 1e-3) / (left + 1e-3))), 1) for was, left in powers]


def measure(name: str, spec: RoomSpec, coach: Pcm, her: Pcm) -> EchoResult:
    echo = blockwise(Room(replace(spec, noise_rms=0.0)).hear_16k, coach, np.zeros_like(coach)).astype(float)
    rest = blockwise(Room(spec).hear_16k, np.zeros_like(coach), her).astype(float)
    floor = blockwise(Room(spec).hear_16k, np.zeros_like(coach), np.zeros_like(coach)).astype(float)
    mic, alone = (np.clip(echo + other, -32_768, 32_767).astype(np.int16) for other in (rest, floor))
    full = np.float32(32_768)
    linear = AlignedFilter()
    filtered = blockwise(linear.remove, (mic / full).astype(np.float32), (coach / full).astype(np.float32)) * full
    canceled, her_db = canceled_by_aec3(alone, mic, rest, coach, her)
    cost_ms, from_s = run_both(mic, coach)
    return EchoResult(
        scene=name,
        filter_db=removed_db(echo, filtered - rest),
        canceller_db=removed_db(alone, canceled) if canceled is not None else [],
        her_in_canceller_db=her_db,
        filter_from_s=from_s,
        delay_ms=None if linear.delay_s is None else round(1_000 * linear.delay_s, 1),
        drift_ppm=round(linear.drift_ppm, 1),
        cost_ms=cost_ms,
    )


def canceled_by_aec3(alone: Pcm, mic: Pcm, rest: Sound, coach: Pcm, her: Pcm) -> tuple[Sound | None, float]:
    """Return the coach alone after the canceller, and what it leaves of her words in dB; (None, nan) without it."""
    first, second = open_aec3(), open_aec3()
    if first is None or second is None:
        return None, float("nan")
    canceled = blockwise(first.cancel, alone, coach)
    out = blockwise(second.cancel, mic, coach)[AEC3_DELAY:].astype(float)
    words = her[:-AEC3_DELAY] != 0
    kept = np.mean(out[words] ** 2) / np.mean(rest[:-AEC3_DELAY][words] ** 2)
    return canceled, round(float(10 * np.log10(kept)), 1)


def run_both(mic: Pcm, coach: Pcm) -> tuple[float, float | None]:
    """Return what a second of sound costs in ms, and from when on the filter was listened to."""
    remover = EchoRemover()
    began, from_s = process_time(), None
    for i in range(0, len(mic), HEARING_FRAMES):
        remover.remove(mic[i : i + HEARING_FRAMES], coach[i : i + HEARING_FRAMES])
        if remover.listens_to_filter and from_s is None:
            from_s = round(i / HEARING_HZ, 1)
    return round(1_000 * (process_time() - began) * HEARING_HZ / len(mic), 1), from_s


def line(result: EchoResult) -> str:
    def cells(values: list[float]) -> str:
        return " ".join(f"{value:5.1f}" for value in values)

    since = "never" if result.filter_from_s is None else f"{result.filter_from_s:5.1f}"
    delay = "none" if result.delay_ms is None else f"{result.delay_ms:5.1f}"
    return (
        f"{result.scene:20}  {cells(result.filter_db)} | {cells(result.canceller_db)}"
        f" | {result.her_in_canceller_db:6.1f} | {since:>5} {delay:>6} {result.drift_ppm:7.1f} {result.cost_ms:6.1f}"
    )


def main(arguments: Sequence[str]) -> int:
    chosen = chosen_from(arguments)
    seconds = max(8, chosen.seconds)
    coach, her = coach_track(seconds), her_track(seconds)
    windows = [f"-{at} s" for at in WINDOWS_S[1:] if at <= seconds]
    if not chosen.json:
        head = " ".join(f"{each:>5}" for each in windows)
        print(
            f"{'echo removed, dB':20}  {'linear filter':{len(head)}} | {'canceller (coach alone)':{len(head)}} |  her"
        )
        print(f"{'':20}  {head} | {head} | words | since  delay   drift   cost")
    for name, spec in SCENES.items():
        if chosen.scene in (None, name):
            result = measure(name, spec, coach, her)
            print(json.dumps(asdict(result)) if chosen.json else line(result), flush=True)
    if not chosen.json:
        print("her words: in the canceller's output, dB against what she said (the filter leaves them as they are)")
        print(
            "since: s, from when the filter is listened to · delay: ms · drift: ppm · cost: ms a second of sound, both"
        )
    return 0
