"""Prove that an exported file sounds as planned: decode it, and compare it with the fingerprint it carries."""

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.export.carried import carried
from coach.export.decode import decoded
from coach.export.fingerprint import Fingerprint
from coach.export.listening import CueMatch, Listening
from coach.export.tags import Mark
from coach.sound.clip import RATE_HZ
from coach.sound.loudness import BLOCK_S, SPEECH_LUFS
from coach.timeline.phrases import one_line

MOST_MS = 1.0  # a cue may be off
MOST_MORE_S = 60.0  # listened to after the end
LENGTH_MS = 30.0  # the whole may be off: a frame of the codec
MOST_PEAK_DB = -1.0  # true peak, what players are promised
WITHIN_LU = 1.0  # of the speech's loudness
MUSIC_LU = 1.0  # what sounds under a sentence is measured with it
SHORT_WITHIN_LU = 3.0  # of a clip too short for the standard's measure, beside the voice's other clips
CHAPTER_MS = 1.0

Progress = Callable[[float, float], None]
"""Called with the seconds that are heard, and of how many."""


@dataclass(frozen=True, slots=True)
class Deviation:
    t: float | None
    """Seconds from the start; None: of the whole."""
    what: str


@dataclass(frozen=True, slots=True)
class Proof:
    length_s: float
    worst_ms: float | None
    """How far the cue that is furthest off is off; None: there is no cue."""
    median_ms: float | None
    true_peak_db: float | None
    """None: silence."""
    speech_lufs: float | None
    """The median of the spoken clips of 0.4 s and more."""
    chapters: tuple[Mark, ...]
    problems: tuple[Deviation, ...]

    @property
    def ok(self) -> bool:
        """Tell whether the file sounds as planned."""
        return not self.problems


def prove(path: Path, progress: Progress = lambda _done, _of: None) -> Proof:
    """Decode a file and find everything that should be in it.

    Raises InputError for a file that is no export of the coach, MachineError without ffmpeg.
    """
    fingerprint, chapters = carried(path)
    listening = Listening(fingerprint)
    for block in decoded(path):
        listening.feed(block)
        progress(listening.length_s, fingerprint.length_s)
        if listening.length_s > fingerprint.length_s + MOST_MORE_S:
            break  # whatever comes, it is too long
    listening.finish()
    return _judged(fingerprint, chapters, listening)


def _judged(fingerprint: Fingerprint, chapters: tuple[Mark, ...], listening: Listening) -> Proof:
    errors = [abs(each.error_ms) for each in listening.heard if each.error_ms is not None]
    voice = _voice(listening.heard)
    problems = [
        *_of_length(fingerprint, listening.length_s),
        *_of_places(listening.heard),
        *_of_peak(listening.true_peak_db),
        *_of_loudness(listening.heard, voice, WITHIN_LU + (MUSIC_LU if fingerprint.music else 0.0)),
        *_of_chapters(fingerprint.chapters, chapters),
    ]
    return Proof(
        length_s=round(listening.length_s, 3),
        worst_ms=round(max(errors), 3) if errors else None,
        median_ms=round(statistics.median(errors), 3) if errors else None,
        true_peak_db=round(listening.true_peak_db, 2) if math.isfinite(listening.true_peak_db) else None,
        speech_lufs=None if voice is None else round(voice, 2),
        chapters=chapters,
        problems=tuple(sorted(problems, key=lambda problem: -1.0 if problem.t is None else problem.t)),
    )


def _of_length(fingerprint: Fingerprint, length_s: float) -> Iterator[Deviation]:
    off_s = length_s - fingerprint.length_s
    if abs(off_s) * 1000 > LENGTH_MS:
        yield Deviation(None, f"it is {abs(off_s):.2f} s too {'long' if off_s > 0 else 'short'}")


def _of_places(heard: Sequence[CueMatch]) -> Iterator[Deviation]:
    for each in heard:
        if each.error_ms is None:
            yield Deviation(each.t, f"{_named(each)} is missing")
        elif abs(each.error_ms) > MOST_MS:
            early_or_late = "late" if each.error_ms > 0 else "early"
            yield Deviation(
                each.t,
                f"{_named(each)} is {abs(each.error_ms):.1f} ms {early_or_late}; the maximum is {MOST_MS:g}",
            )


def _of_peak(true_peak_db: float) -> Iterator[Deviation]:
    if round(true_peak_db, 2) > MOST_PEAK_DB:
        yield Deviation(None, f"its true peak is {true_peak_db:.2f} dBTP; the maximum is {MOST_PEAK_DB:g}")


def _of_short(name: str, above_db: float) -> str:
    """Say how far the loudness of a short cue is from the voice's."""
    louder = "louder" if above_db > 0 else "quieter"
    return f"{name} is {abs(above_db):.1f} dB {louder} than the voice; the maximum is {SHORT_WITHIN_LU:g}"


def _of_loudness(heard: Sequence[CueMatch], voice: float | None, within_lu: float) -> Iterator[Deviation]:
    for each in heard:
        if each.lufs is None:
            continue
        if _is_short(each):
            if voice is not None and abs(each.lufs - voice) > SHORT_WITHIN_LU:
                yield Deviation(each.t, _of_short(_named(each), each.lufs - voice))
        elif abs(each.lufs - SPEECH_LUFS) > within_lu:
            yield Deviation(each.t, f"{_named(each)} is at {each.lufs:.1f} LUFS; it should be {SPEECH_LUFS:g}")


def _of_chapters(planned: Sequence[Mark], found: Sequence[Mark]) -> Iterator[Deviation]:
    if len(planned) != len(found):
        yield Deviation(None, f"it has {len(found)} chapters, not {len(planned)}")
        return
    for number, (plan, mark) in enumerate(zip(planned, found, strict=True), 1):
        if one_line(plan.title) != one_line(mark.title):
            yield Deviation(mark.start_s, f"chapter {number} is '{mark.title}', not '{plan.title}'")
        off_ms = max(abs(mark.start_s - plan.start_s), abs(mark.end_s - plan.end_s)) * 1000
        if round(off_ms, 3) > CHAPTER_MS:
            yield Deviation(mark.start_s, f"chapter {number} is {off_ms:.1f} ms off")


def _voice(heard: Sequence[CueMatch]) -> float | None:
    levels = [each.lufs for each in heard if each.lufs is not None and not _is_short(each)]
    return statistics.median(levels) if levels else None


def _is_short(each: CueMatch) -> bool:
    return each.clip.frames < BLOCK_S * RATE_HZ


def _named(each: CueMatch) -> str:
    return f"'{each.clip.text}'"
