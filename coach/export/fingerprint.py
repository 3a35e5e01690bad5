"""Take a fingerprint of an export, kept in the file: every cue's frame, and how each clip begins.

It proves a file on a machine that has neither the cache nor the voice.
"""

import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach.export.render import Speak, clip_of, placements
from coach.export.tags import Mark, marks
from coach.sound.clip import RATE_HZ, Clip
from coach.sound.pcm import Samples
from coach.sound.resample import resample
from coach.timeline.cue import CueKind, Timeline

SCHEMA = 1
PROOF_HZ = 8_000
START_S = 0.1  # of a clip are enough to know it by
START_OVER_MUSIC_S = 0.4  # up to a vowel: a soft "th" is lost in noise (tests/acceptance/test_music.py)
_BEYOND_S = 0.05  # resampled along, so that the filter's edge falls outside the start

Start = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Print:
    """One distinct clip."""

    kind: CueKind
    text: str
    """The sentence, or the earcon's name."""
    frames: int
    """At 44.1 kHz."""
    start: Start
    """How it begins, at 8 kHz, scaled to its own peak."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    title: str
    length_s: float
    chapters: tuple[Mark, ...]
    clips: tuple[Print, ...]
    cues: tuple[tuple[int, int], ...]
    """The frame (44.1 kHz) at which a clip begins, and the clip's index; in order."""
    music: bool = False
    """Under the voice: a soft beginning correlates less with it."""


def fingerprint(
    timeline: Timeline, speak: Speak, *, music: bool = False, chapters: tuple[Mark, ...] | None = None
) -> Fingerprint:
    """Take the fingerprint of a timeline that is to be written, with these chapters; None: with its own."""
    start_s = START_OVER_MUSIC_S if music else START_S
    return fingerprint_by(
        timeline, lambda kind, text: print_of(kind, text, clip_of(kind, text, speak), start_s), music, chapters
    )


def fingerprint_by(
    timeline: Timeline, known: Callable[[CueKind, str], Print], music: bool, chapters: tuple[Mark, ...] | None
) -> Fingerprint:
    """Take the fingerprint of a timeline whose clips' prints are asked for, each once."""
    index: dict[tuple[CueKind, str], int] = {}
    clips: list[Print] = []
    cues: list[tuple[int, int]] = []
    for placement in placements(timeline):
        key = (placement.kind, placement.text)
        if key not in index:
            index[key] = len(clips)
            clips.append(known(*key))
        cues.append((placement.frame, index[key]))
    return Fingerprint(
        timeline.title,
        timeline.length_s,
        marks(timeline) if chapters is None else chapters,
        tuple(clips),
        tuple(cues),
        music,
    )


def packed(whole: Fingerprint) -> bytes:
    """Write a fingerprint as bytes: about 100 kB for a routine."""
    head = {
        "schema": SCHEMA,
        "title": whole.title,
        "length_s": whole.length_s,
        "chapters": [[mark.title, mark.start_s, mark.end_s] for mark in whole.chapters],
        "clips": listed(whole.clips),
        "cues": whole.cues,
        "music": whole.music,
    }
    written = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    starts = b"".join(clip.start.tobytes() for clip in whole.clips)
    return zlib.compress(len(written).to_bytes(4, "big") + written + starts)


def unpacked(data: bytes) -> Fingerprint:
    """Read what `packed` wrote. Raises ValueError for anything else, also for what only claims to be one."""
    whole = _inflated(data)
    size = 4 + int.from_bytes(whole[:4], "big")
    try:
        head = json.loads(whole[4:size])
        if head["schema"] != SCHEMA:
            raise ValueError(f"a fingerprint of schema {head['schema']!r:.20}, not {SCHEMA}")
        length_s = _within(head["length_s"], LONGEST_S)
        chapters = tuple(_mark(*each) for each in head["chapters"])
        clips = prints(head["clips"], whole[size:])
        cues = tuple(_cue(frame, clip, length_s, len(clips)) for frame, clip in head["cues"])
        return Fingerprint(_text(head["title"]), length_s, chapters, clips, cues, head["music"] is True)
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError("a damaged fingerprint") from error


LARGEST_BYTES = 50_000_000
"""Inflated. A fingerprint of the longest walk has less than one."""
LONGEST_S, LONGEST_CLIP_S = 86_400.0, 300.0


def _inflated(data: bytes) -> bytes:
    """Inflate up to a limit: a few bytes could claim to be many gigabytes."""
    inflating = zlib.decompressobj()
    try:
        whole = inflating.decompress(data, LARGEST_BYTES)
    except zlib.error as error:
        raise ValueError("not a fingerprint") from error
    if not inflating.eof:
        raise ValueError("a fingerprint that is cut off, or far too large")
    return whole


def listed(clips: Sequence[Print]) -> list[list[str | int]]:
    """Return what JSON keeps of prints: all but their starts, of which it keeps the lengths."""
    return [[clip.kind, clip.text, clip.frames, len(clip.start)] for clip in clips]


def prints(table: Sequence[tuple[str, str, int, int]], begins: bytes) -> tuple[Print, ...]:
    """Return the prints of such a list and of all their starts. Raises ValueError for damaged ones."""
    starts = np.frombuffer(begins, np.int8)
    found: list[Print] = []
    at = 0
    for kind, text, frames, count in table:
        _within(frames, LONGEST_CLIP_S * RATE_HZ)
        if not (isinstance(frames, int) and isinstance(count, int) and 0 < count <= len(starts) - at):
            raise ValueError("a damaged fingerprint")
        found.append(Print(CueKind(kind), _text(text), frames, starts[at : at + count]))
        at += count
    return tuple(found)


def _mark(title: object, start_s: object, end_s: object) -> Mark:
    return Mark(_text(title), _within(start_s, LONGEST_S), _within(end_s, LONGEST_S))


def _cue(frame: object, clip: object, length_s: float, clips: int) -> tuple[int, int]:
    _within(frame, length_s * RATE_HZ)
    if not (isinstance(frame, int) and isinstance(clip, int) and 0 <= clip < clips):
        raise ValueError("a damaged fingerprint")
    return frame, clip


def _within(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError("a damaged fingerprint")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a damaged fingerprint")
    return value


def print_of(kind: CueKind, text: str, clip: Clip, start_s: float = START_S) -> Print:
    """Take the print of a clip."""
    begins: Samples = clip.samples[: round((start_s + _BEYOND_S) * RATE_HZ)]
    start = resample(begins, RATE_HZ, PROOF_HZ)[: round(start_s * PROOF_HZ)]
    scaled = start * (127 / max(float(np.abs(start).max(initial=0)), 1e-9))
    return Print(kind, text, clip.frames, np.rint(scaled).astype(np.int8))
