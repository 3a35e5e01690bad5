"""Render a timeline into blocks of samples: every cue on its frame, by the mixer of the live session."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.earcons import earcon
from coach.sound.mixer import BED_FADE_FRAMES, Mixer
from coach.sound.pcm import Pcm, Samples
from coach.sound.room_tone import RoomTone
from coach.timeline.cue import CueKind, Timeline
from coach.timeline.whole_frames import units

BLOCK_FRAMES = RATE_HZ  # a second: little memory, and few steps
AHEAD_FRAMES = RATE_HZ  # placed before the limiter can look at it

Speak = Callable[[str], Clip]


@dataclass(frozen=True, slots=True)
class Placement:
    """What begins at one frame of the whole."""

    frame: int
    kind: CueKind
    text: str
    """The sentence, or the earcon's name."""


def placements(timeline: Timeline) -> Iterator[Placement]:
    """Yield every cue in order: its segment's first sample, and from there the sample nearest to its time."""
    start = 0
    for segment in timeline.segments:
        cues = sorted(segment.cues, key=lambda cue: cue.t)
        yield from (Placement(start + frames_of(cue.t), cue.kind, cue.text) for cue in cues)
        start += segment.samples


def blocks(
    timeline: Timeline, speak: Speak, block_frames: int = BLOCK_FRAMES, bed: Iterator[Samples] | None = None
) -> Iterator[Pcm]:
    """Mix a timeline, over music if there is some, into int16 mono at 44.1 kHz, in all as long as the timeline."""
    return mixed(placements(timeline), timeline.samples, speak, room_tone(timeline), block_frames, bed)


def mixed(
    coming: Iterator[Placement],
    total: int,
    speak: Speak,
    tone: RoomTone,
    block_frames: int = BLOCK_FRAMES,
    bed: Iterator[Samples] | None = None,
) -> Iterator[Pcm]:
    """Mix what begins at these frames, in order, into so many samples."""
    mixer = Mixer(bed, tone)
    mixer.play_bed(0)  # it begins softly by itself
    mixer.end_bed(total - BED_FADE_FRAMES)
    following = next(coming, None)
    while mixer.position < total:
        frames = min(block_frames, total - mixer.position)
        while following is not None and following.frame < mixer.position + frames + AHEAD_FRAMES:
            _place(mixer, following, speak)
            following = next(coming, None)
        yield mixer.block(frames)


def room_tone(timeline: Timeline) -> RoomTone:
    """Return the room tone under a file: it ends alike with every unit that is encoded as one piece."""
    lengths = (sum(segment.samples for segment in unit) for unit in units(timeline.segments))
    return RoomTone(tuple(accumulate(lengths)))


def clip_of(kind: CueKind, text: str, speak: Speak) -> Clip:
    """Return the clip of a sentence, or of an earcon by its name."""
    return speak(text) if kind is CueKind.SAY else earcon(text)


def _place(mixer: Mixer, placement: Placement, speak: Speak) -> None:
    track = "speech" if placement.kind is CueKind.SAY else "earcon"
    mixer.place(clip_of(placement.kind, placement.text, speak), placement.frame, track=track)
