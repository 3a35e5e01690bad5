"""Whether a joined MP3 sounds at its seams as one encoding of the whole: error against the source, and holes.

Around each seam (25 ms before it, 50 ms after it) the signal-to-error ratio of both is taken, against the samples that
were encoded. The control is the whole once more, moved by seven frames. The softest 10 ms there are compared, too.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from coach.export.decode import decoded
from coach.export.encoder import FRAMES, Encoder
from coach.export.export import export
from coach.export.joined.cache import FrameCache
from coach.export.joined.joining import Joining
from coach.export.joined.key import length_by
from coach.export.joined.passages import Passage, Stretch, cut
from coach.export.render import Speak, mixed, placements
from coach.export.tags import Tags
from coach.library.files import load_routine, routine_ids
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, Samples, as_float, as_pcm
from coach.sound.room_tone import RoomTone, table
from coach.speech.choose import open_clips
from coach.timeline.build import build_timeline
from coach.timeline.cue import Timeline
from coach.timeline.lay import Measure
from coach.timeline.step import FASTEST, SLOWEST, Shape
from coach.timeline.whole_frames import MP3_FRAME
from scripts.benches.export.row import BenchRow, at_most

SEED = 27
BEFORE, AFTER = round(0.025 * RATE_HZ), round(0.05 * RATE_HZ)
SOFT = round(0.01 * RATE_HZ)
MOVED_FRAMES = 7
VOICE = "en-us"
LEAST_S = 25.0
"""Of a routine, from a random segment on."""


@dataclass(frozen=True, slots=True)
class Seam:
    """What is worse at one seam than in one encoding of the whole, in dB."""

    joined: float
    """Of the signal-to-error ratio."""
    control: float
    softest: float
    """How far the softest 10 ms are from those of the whole."""
    softest_control: float


def rows(folder: Path, routines: int) -> Iterator[BenchRow]:
    """Measure so many random routines."""
    chance, clips = random.Random(SEED), open_clips(VOICE)
    joining, seams, off = Joining(clips, FrameCache(folder / "cache")), list[Seam](), 0
    for _ in range(routines):
        timeline = _random_timeline(chance, clips.measure)
        stretches = cut(timeline, length_by(clips)) or ()
        source = _source(timeline, stretches, clips.clip)
        export(timeline, clips.clip, folder / "joined.mp3", Tags("Seams"), joining=joining)
        joined = _sound(folder / "joined.mp3")
        off = max(off, abs(len(joined) - len(source)))
        moved = np.concatenate([as_pcm(table()[: MOVED_FRAMES * MP3_FRAME]), source])
        control = _whole(moved, folder)[MOVED_FRAMES * MP3_FRAME :]
        seams += _seams(stretches, as_float(source), joined, _whole(source, folder), control)
    clips.close()
    joined_db, control_db = ([getattr(seam, name) for seam in seams] for name in ("joined", "control"))
    print(f"seams: {len(seams)} in {routines} random routines; the signal-to-error ratio around them is worse by")
    softest_db = [abs(seam.softest) for seam in seams]
    softest_control_db = [abs(seam.softest_control) for seam in seams]
    for name, worse in (("joined", joined_db), ("control", control_db), ("softest 10 ms, joined", softest_db),
                        ("softest 10 ms, control", softest_control_db)):  # fmt: skip
        middle, most = np.quantile(worse, (0.5, 0.95))
        print(f"  {name}: median {middle:.2f} dB, 95% {most:.2f}, worst {max(worse):.2f}")
    yield at_most("seams: samples more or fewer than planned", off, 0, digits=0)
    yield at_most("seams: worse than one encoding, median", float(np.median(joined_db)), 0.5, " dB")
    beyond_db = max(joined_db) - max(control_db)
    yield at_most(f"seams: the same, worst beside the control's {max(control_db):.2f}", beyond_db, 0.5, " dB")
    yield at_most("seams: softest 10 ms beside the whole's, worst", max(softest_db), 1, " dB")


def _random_timeline(chance: random.Random, measure: Measure) -> Timeline:
    """Return a minute or so of a random routine in a random shape."""
    routine = load_routine(chance.choice(routine_ids()))
    block = replace(chance.choice(routine.blocks), sets=2, reps=chance.randint(3, 12))
    shape = Shape(pace=chance.uniform(FASTEST, SLOWEST), rest_s=float(chance.randint(15, 90)), gate_s=15.0)
    whole = build_timeline(replace(routine, blocks=(block,)), measure, shape)
    first = chance.randrange(len(whole.segments))
    segments, length_s = [], 0.0
    for segment in (*whole.segments[first:], *whole.segments[:first]):
        segments.append(segment)
        length_s += segment.length_s
        if length_s > LEAST_S:
            break
    return replace(whole, segments=tuple(segments))


def _source(timeline: Timeline, stretches: Sequence[Stretch], speak: Speak) -> Pcm:
    """Return the samples that joined passages stand for: the room tone ends with each of them."""
    ends = np.cumsum([each.frames for each in stretches]) * MP3_FRAME
    opens = [isinstance(each, Passage) and not each.sounds for each in stretches]
    lasts = [int(end) + each.before_period * MP3_FRAME for end, each in zip(ends, stretches, strict=True)]
    tone = RoomTone([end for end, opening in zip(lasts, opens, strict=True) if not opening])
    return np.concatenate(list(mixed(placements(timeline), timeline.samples, speak, tone)))


def _whole(source: Pcm, folder: Path) -> Samples:
    """Encode samples as a whole, without bit reservoir as frames that can be joined, and decode them."""
    with Encoder([*FRAMES, "-f", "mp3", "-y", f"file:{folder / 'whole.mp3'}"]) as encoder:
        encoder.write(source)
    return _sound(folder / "whole.mp3")


def _sound(path: Path) -> Samples:
    return np.concatenate(list(decoded(path)))


def _seams(
    stretches: Sequence[Stretch], source: Samples, joined: Samples, whole: Samples, control: Samples
) -> Iterator[Seam]:
    for end in np.cumsum([each.frames for each in stretches])[:-1] * MP3_FRAME:
        around = slice(end - BEFORE, end + AFTER)
        errors = [_error_db(source[around], each[around]) for each in (joined, whole, control)]
        soft = [_softest_db(each[around]) for each in (joined, whole, control)]
        yield Seam(errors[0] - errors[1], errors[2] - errors[1], soft[0] - soft[1], soft[2] - soft[1])


def _error_db(source: Samples, coded: Samples) -> float:
    """Return the error in dB over the signal."""
    error = source[: len(coded)].astype(np.float64) - coded
    return float(10 * np.log10(np.square(error).sum() / np.square(source.astype(np.float64)).sum()))


def _softest_db(samples: Samples) -> float:
    power = np.convolve(np.square(samples.astype(np.float64)), np.ones(SOFT) / SOFT, "valid")
    return float(10 * np.log10(power.min()))
