"""Mix clips, placed on a stream of frames, into blocks of 16-bit samples. The one mixer, live and in export.

Each block is mixed with the frames that the limiter must look ahead to. Those frames are mixed again for the next
block. So a clip may still be placed at the very next frame, and nothing is delayed. Every gain is a function of the
frame number, and clips are summed in the order of their start. So the block size changes no bit of the samples.
"""

import bisect
import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from coach.sound.clip import RATE_HZ, Clip
from coach.sound.ducking import Ducking
from coach.sound.limiter import Limiter, needed, under_ceiling
from coach.sound.pcm import Pcm, Samples, as_pcm, gain_of
from coach.sound.room_tone import RoomTone

FADE_FRAMES = round(0.03 * RATE_HZ)  # 30 ms: silence "at once" without a click
NOT_LOWERED = frozenset({"earcon", "chime"})  # tracks that `lower` leaves as they are
BED = "bed"  # the track of the music under everything else
BED_FADE_FRAMES = round(2.0 * RATE_HZ)  # in after a silence, out at the end


@dataclass(frozen=True, slots=True)
class Ramp:
    """A gain that goes in a line from one factor to another, and stays there."""

    start: int
    frames: int
    before: float
    after: float

    def at(self, frame: int) -> float:
        """Return the factor at one frame."""
        if frame >= self.start + self.frames:
            return self.after
        return self.before + (self.after - self.before) * max(frame - self.start, 0) / self.frames

    def over(self, start: int, end: int) -> Samples | np.float32:
        """Return the factors of frames start to end, one number where they don't change."""
        if end <= self.start:
            return np.float32(self.before)
        if start >= self.start + self.frames:
            return np.float32(self.after)
        passed = np.arange(start, end) - self.start
        line = self.before + (self.after - self.before) * np.maximum(passed, 0) / max(self.frames, 1)
        return np.asarray(np.where(passed >= self.frames, self.after, line), np.float32)


@dataclass(order=True, slots=True)
class _Placed:
    """A clip on the stream, ordered by its start, then by when it was placed."""

    start: int
    order: int
    samples: Samples = field(compare=False)
    track: str = field(compare=False)
    factor: np.float32 = field(compare=False)
    fade: Ramp | None = field(compare=False, default=None)

    @property
    def end(self) -> int:
        whole = self.start + len(self.samples)
        return whole if self.fade is None else min(whole, self.fade.start + self.fade.frames)


class Mixer:
    """Mixes what is placed. Tracks: `speech`, `earcon`, `bed`; a track is any name.

    The bed's pieces follow each other without a gap from `play_bed` on, and give way to what else sounds. The room tone
    lies under everything, and no gain or cut changes it.
    """

    def __init__(self, bed: Iterator[Samples] | None = None, tone: RoomTone | None = None) -> None:
        self._position = 0
        self._order = itertools.count()
        self._coming: list[_Placed] = []  # a heap
        self._sounding: list[_Placed] = []  # sorted
        self._gains: dict[str, Ramp] = {}
        self._lowered = Ramp(0, 0, 1.0, 1.0)
        self._limiter = Limiter()
        self._bed = bed
        self._tone = tone
        self._bed_until: int | None = None
        """The frame up to which the bed is placed; None while it is silent."""
        self._bed_fade = Ramp(0, 0, 1.0, 1.0)
        self._ducking = Ducking()

    @property
    def position(self) -> int:
        """Frames done: the frame that the next block begins with."""
        return self._position

    def place(self, clip: Clip, at_frame: int, gain_db: float = 0.0, track: str = "speech") -> int:
        """Place a clip at a frame, or now if that has passed; return the frame at which it begins."""
        start = max(at_frame, self._position)
        placed = _Placed(start, next(self._order), clip.samples, track, _factor(gain_db))
        heapq.heappush(self._coming, placed)
        self._ducking.duck_for(placed, self._position)
        return start

    def play_bed(self, fade_frames: int = BED_FADE_FRAMES) -> None:
        """Start the bed, or resume it after a cut. Does nothing where it plays already or there is none."""
        if self._bed is not None and self._bed_until is None:
            self._bed_until = self._position
            self._bed_fade = Ramp(self._position, fade_frames, 0.0, 1.0)

    def end_bed(self, at_frame: int, fade_frames: int = BED_FADE_FRAMES) -> None:
        """Fade the bed out from a frame on. It must have faded in by then."""
        self._bed_fade = Ramp(max(at_frame, self._position), fade_frames, 1.0, 0.0)

    def cut(self, track: str | None = None, fade_frames: int = FADE_FRAMES) -> None:
        """Fade out what sounds on a track (None: on all) from now on, and drop what was to come on it."""
        for placed in self._coming:
            if _on(placed, track):
                self._ducking.release(placed)
        self._coming = [placed for placed in self._coming if not _on(placed, track)]
        heapq.heapify(self._coming)
        if track in (None, BED):
            self._bed_until = None
        for placed in self._sounding:
            if _on(placed, track):
                self._fade(placed, fade_frames)
        self._sounding = [placed for placed in self._sounding if placed.end > self._position]

    def gain(self, track: str, db: float, over_frames: int = FADE_FRAMES) -> None:
        """Make a track louder or softer from now on: decibels over its usual level, not a step."""
        self._gains[track] = self._from_now(self._gains.get(track), db, over_frames)

    def lower(self, db: float, over_frames: int = FADE_FRAMES) -> None:
        """Bring voice and bed to `db` (0: back up) over so many frames, for barge-in: somebody speaks over the coach.

        Ticks and chimes stay, so that the count can be followed meanwhile.
        """
        self._lowered = self._from_now(self._lowered, db, over_frames)

    def block(self, frames: int) -> Pcm:
        """Mix the next frames: int16, mono, 44.1 kHz, never over the limiter's ceiling."""
        start = self._position
        mixed = self._mix(start, start + needed(start, frames))
        gain = self._limiter.gain(mixed, frames)
        out = mixed[:frames] if gain is None else under_ceiling(mixed[:frames] * gain)
        self._position = start + frames
        self._sounding = [placed for placed in self._sounding if placed.end > self._position]
        self._ducking.forget(self._position)
        return as_pcm(out)

    def _mix(self, start: int, end: int) -> Samples:
        self._lay_bed(end)
        while self._coming and self._coming[0].start < end:
            bisect.insort(self._sounding, heapq.heappop(self._coming))
        mixed = self._tone.over(start, end) if self._tone else np.zeros(end - start, np.float32)
        for placed in self._sounding:
            first, last = max(placed.start, start), min(placed.end, end)
            if first < last:
                mixed[first - start : last - start] += self._sound_of(placed, first, last)
        return mixed

    def _sound_of(self, placed: _Placed, first: int, last: int) -> Samples:
        sound = placed.samples[first - placed.start : last - placed.start] * placed.factor
        lowered = None if placed.track in NOT_LOWERED else self._lowered
        for ramp in (self._gains.get(placed.track), lowered, placed.fade):
            if ramp is not None:
                sound = sound * ramp.over(first, last)
        if placed.track == BED:
            sound = sound * self._bed_fade.over(first, last) * self._ducking.over(first, last)
        return sound

    def _lay_bed(self, end: int) -> None:
        """Place the bed's next pieces, each where the one before it ends."""
        while self._bed is not None and self._bed_until is not None and self._bed_until < end:
            piece = Clip(next(self._bed))
            self.place(piece, self._bed_until, track=BED)
            self._bed_until += piece.frames

    def _fade(self, placed: _Placed, frames: int) -> None:
        """Let a clip end within so many frames; a fade that ends sooner is kept."""
        if placed.start >= self._position:
            placed.fade = Ramp(self._position, 0, 0.0, 0.0)  # mixed ahead, but not heard yet
        elif placed.fade is None or placed.fade.start + placed.fade.frames > self._position + frames:
            level = 1.0 if placed.fade is None else placed.fade.at(self._position)
            placed.fade = Ramp(self._position, frames, level, 0.0)

    def _from_now(self, before: Ramp | None, db: float, over_frames: int) -> Ramp:
        level = 1.0 if before is None else before.at(self._position)
        return Ramp(self._position, over_frames, level, float(_factor(db)))


def _factor(db: float) -> np.float32:
    return np.float32(gain_of(db))


def _on(placed: _Placed, track: str | None) -> bool:
    return track is None or placed.track == track
