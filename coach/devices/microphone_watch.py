"""Watch a microphone's level: muted, far too quiet, clipping, or in a loud room. Pure.

Taking a microphone away need not stop its stream: it goes on with zeros. So does one that is switched off.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.session.events import Remark
from coach.sound.pcm import Pcm, rms

MUTED_S = 2.8  # of one and the same value: no air is as still as that. With all delays it is told within 3 s
WINDOW = 2 * HEARING_HZ  # frames by which a level is judged
JUDGED_EVERY = HEARING_HZ // 5  # frames: a window is judged anew when a tenth of it is new
FULL = 32_600  # int16 steps; from here on a converter is at its end
CLIPPED_FRAMES = 3  # in a block
CLIPPED_SHARE = 0.4  # of the window's blocks that sound at all: one shout is less
FAINT_RMS = 2.0  # int16 steps: a working microphone has more noise of its own
FAINT_BLOCKS = 5  # in the window that are more than one value: the edge of a stillness is less
LOUD_RMS = 260.0  # int16 steps, -42 dB of full scale: noise in every word
QUIETEST_PERCENT = 20  # of a window's blocks that are the room alone: people pause while they speak
COACH_RMS = 300.0  # of what is played: with the coach in the room there must be something


@dataclass(frozen=True, slots=True)
class _Block:
    frames: int
    level: float
    """RMS about its mean: an offset is no sound."""
    still: bool
    clipped: bool
    coach: bool


class MicrophoneWatch:
    """Listens to the level of one microphone."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew, with another microphone or the same one back."""
        self._still_frames = 0
        self._last: int | None = None
        self._window: deque[_Block] = deque()
        self._frames = 0
        self._unjudged = JUDGED_EVERY
        self._complaint: Remark | None = None

    @property
    def muted(self) -> bool:
        """Tell whether nothing but one value has come for so long."""
        return self._still_frames >= MUTED_S * HEARING_HZ

    @property
    def complaint(self) -> Remark | None:
        """Return what is wrong with the level, None where it will do or is not known yet."""
        return self._complaint

    def _judged(self) -> Remark | None:
        clipped = sum(block.clipped and not block.still for block in self._window)
        if clipped >= CLIPPED_SHARE * len(self._window):
            return Remark.CLIPPING
        coach = sum(block.coach for block in self._window)
        faint = all(block.level <= FAINT_RMS for block in self._window)
        sounding = sum(not block.still for block in self._window) >= FAINT_BLOCKS
        if faint and sounding and coach > len(self._window) / 2:
            return Remark.QUIET
        return Remark.LOUD if not coach and self._floor_rms > LOUD_RMS else None

    @property
    def _floor_rms(self) -> float:
        """Return the level of the room while the coach is silent, as at a gate."""
        return float(np.percentile([block.level for block in self._window], QUIETEST_PERCENT))

    def feed(self, heard: Pcm, played: Pcm) -> None:
        """Take the next frames of both, at 16 kHz."""
        if not len(heard):
            return
        self._window.append(
            _Block(
                len(heard),
                level=float(np.std(heard)),
                still=self._stands_still(heard),
                clipped=bool(np.count_nonzero(np.abs(heard.astype(np.int32)) >= FULL) >= CLIPPED_FRAMES),
                coach=rms(played) > COACH_RMS,
            )
        )
        self._frames += len(heard)
        self._unjudged += len(heard)
        while self._frames - self._window[0].frames >= WINDOW:
            self._frames -= self._window.popleft().frames
        if self._frames >= WINDOW and self._unjudged >= JUDGED_EVERY:
            self._complaint, self._unjudged = self._judged(), 0

    def _stands_still(self, heard: Pcm) -> bool:
        """Take the next frames; tell whether all are of one value."""
        first = int(heard[0])
        same = bool(np.all(heard == first))
        follows = same and (self._last is None or self._last == first)
        self._still_frames = (self._still_frames if follows else 0) + len(heard) if same else 0
        self._last = int(heard[-1])
        return same
