"""Cut a timeline into passages: runs of whole MP3 frames that are encoded alone, and the pauses between them.

A passage begins at a frame's first sample, with its first sound or a little before, and ends in room tone. It knows its
sounds by their distance from its own first sample, not where it stands: so one entry of the cache serves many files.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.room_tone import PERIOD
from coach.timeline.cue import Cue, CueKind, Segment, Timeline
from coach.timeline.whole_frames import MP3_FRAME, units

PERIOD_FRAMES = PERIOD // MP3_FRAME
PAUSE = RATE_HZ
"""Samples without a sound that are no part of a passage. At 0.6 s a first export would encode a seventh less, but every
later one reads a third more entries (`scripts/bench batch`)."""
LONG_FRAMES = 306
"""A passage of eight seconds ends where it can: what is said alike in two sets is shared, and encoded side by side."""
AFTER_FRAMES = 4
"""Of room tone, after the last sound: two in which the limiter comes to rest, and two to lead over to what follows."""
OPENING_FRAMES = 3
"""Of a pause are encoded for it: they hold the cross-fade. Those after them are from the one stock of tone."""

LEAD_FRAMES = 2
"""Of tone belong to the passage after them. A sound that begins at once lets the encoder switch to short blocks, and
the last frame before it, encoded without that sound, would not lead over to them."""

LengthOf = Callable[[CueKind, str], int]
"""Samples of a sentence, or of an earcon."""


@dataclass(frozen=True, slots=True)
class Sound:
    start: int
    """In samples, from its passage's first."""
    kind: CueKind
    text: str
    """The sentence, or the earcon's name."""
    samples: int

    @property
    def end(self) -> int:
        """Return the sample after its last."""
        return self.start + self.samples


@dataclass(frozen=True, slots=True)
class Passage:
    """What is encoded alone. Its room tone begins with a cross-fade."""

    frames: int
    """MP3 frames."""
    sounds: tuple[Sound, ...] = ()
    before_period: int = 0
    """Frames from its end to the end of the tone's period: 0 but before a pause, and where a lead takes its last."""
    lead: int = 0
    """Frames of it that still are the tone of what is before it, the last of the tone's period."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Frames of room tone alone."""

    frames: int
    before_period: int = 0
    """Frames from its end to the end of the tone's period."""


Stretch = Passage | Pause


def cut(timeline: Timeline, length_of: LengthOf) -> tuple[Stretch, ...] | None:
    """Cut a timeline; together its parts are the whole. None where it does not lie on the grid of MP3 frames."""
    found: list[Stretch] = []
    for unit in units(timeline.segments):
        samples = sum(segment.samples for segment in unit)
        sounds = sorted(_sounds(unit, length_of), key=lambda sound: sound.start)
        quiet = max((sound.end for sound in sounds), default=0)
        if samples % MP3_FRAME or _after(quiet) > samples // MP3_FRAME:
            return None
        found += _cut(sounds, samples // MP3_FRAME)
    return tuple(_led(found))


def _led(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Let passages begin with the last frames of tone of what is before them, where no tone of their own leads over."""
    led = list(stretches)
    for at, (before, each) in enumerate(pairwise(stretches)):
        if isinstance(each, Passage) and each.sounds and (isinstance(before, Pause) or _begins_at_once(each)):
            led[at] = replace(led[at], frames=led[at].frames - LEAD_FRAMES, before_period=LEAD_FRAMES)
            led[at + 1] = _with_lead(each)
    return led


def _begins_at_once(passage: Passage) -> bool:
    return passage.sounds[0].start < LEAD_FRAMES * MP3_FRAME


def _with_lead(passage: Passage) -> Passage:
    sounds = (replace(sound, start=sound.start + LEAD_FRAMES * MP3_FRAME) for sound in passage.sounds)
    return Passage(passage.frames + LEAD_FRAMES, tuple(sounds), lead=LEAD_FRAMES)


def _sounds(unit: Sequence[Segment], length_of: LengthOf) -> Iterator[Sound]:
    start = 0
    for segment in unit:
        yield from (_sound(cue, start, length_of) for cue in segment.cues)
        start += segment.samples


def _sound(cue: Cue, start: int, length_of: LengthOf) -> Sound:
    return Sound(start + frames_of(cue.t), cue.kind, cue.text, length_of(cue.kind, cue.text))


def _cut(sounds: Sequence[Sound], frames: int) -> Iterator[Stretch]:
    """Cut a unit. Each part begins where the one before it ends; the last one ends with the unit."""
    run: list[Sound] = []
    first = until = 0
    """The frame with which the run begins, and the first one that could follow it."""
    quiet_from = 0
    for sound in sounds:
        begins = sound.start // MP3_FRAME
        if sound.start - quiet_from >= PAUSE:
            yield from _ended(run, first, until)
            yield from _pause(begins - until)
            run, first = [], begins
        elif run and begins >= until and begins - first >= LONG_FRAMES:
            begins = max(until, begins - LEAD_FRAMES)
            yield from _ended(run, first, begins)
            run, first = [], begins
        run.append(sound)
        quiet_from = max(quiet_from, sound.end)
        until = max(until, _after(quiet_from))
    if frames * MP3_FRAME - quiet_from >= PAUSE:
        yield from _ended(run, first, until)
        yield from _pause(frames - until)
    else:
        yield from _ended(run, first, frames)


def _ended(run: Sequence[Sound], first: int, end: int) -> Iterator[Passage]:
    """Yield a run as a passage; none where the unit begins with a pause."""
    if end > first:
        moved = (Sound(sound.start - first * MP3_FRAME, sound.kind, sound.text, sound.samples) for sound in run)
        yield Passage(end - first, tuple(moved))


def _pause(frames: int) -> Iterator[Stretch]:
    yield Passage(OPENING_FRAMES, (), (frames - OPENING_FRAMES) % PERIOD_FRAMES)
    yield Pause(frames - OPENING_FRAMES)


def _after(end: int) -> int:
    """Return the first frame that may follow a sound which ends with a sample."""
    return math.ceil(end / MP3_FRAME) + AFTER_FRAMES
