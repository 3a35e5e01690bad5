"""Find every cue of a fingerprint in a decoded stream, and its loudness. Memory stays constant.

Over music a cue is looked for once more in a whitened window, where neither a steady tone nor a rumble hides it. A tone
of the coach's own looks the same one period later: of two places that are as good the planned one counts.
"""

import math
from collections import deque
from dataclasses import dataclass

import numpy as np

from coach.export.correlation import correlation, shifted, whitened
from coach.export.fingerprint import PROOF_HZ, Fingerprint, Print
from coach.sound.clip import RATE_HZ
from coach.sound.loudness import loudness
from coach.sound.pcm import Samples
from coach.sound.reel import Reel
from coach.sound.resample import Resampler
from coach.sound.true_peak import TruePeak
from coach.timeline.cue import CueKind

LOOK_S = 0.06  # to either side: more than any codec's delay
QUIETEST = 1e-3  # RMS of full scale: what is softer is no clip, whatever its shape
FAR_S = 0.9  # where it is not near: ticks are a second apart, and must not be taken for each other
LEAST_LIKENESS = 0.6  # of 1: between decoded clips and others that happen to be there
LEAST_FAR = 0.85  # far from its place it must be the clip beyond doubt
LEAST_OVER_MUSIC = 0.25  # an "s" is as soft as music that gives way; another clip would not be at its very place
LEAST_WHITENED = 0.45  # elsewhere in a whitened window at most a tone of the coach's own is so like the clip
LEAST_AT_ITS_PLACE = 0.3  # whitened, at the planned place: by chance not a third of it
AS_GOOD = 0.03  # over music a place so little less like the clip is as good
AT_ITS_PLACE = round(0.001 * PROOF_HZ)  # samples to either side
EDGE = round(PROOF_HZ / 400)  # samples: a period of the lowest tone of the coach's own


@dataclass(frozen=True, slots=True)
class CueMatch:
    """One cue, and where it was found."""

    t: float
    """Planned, in seconds from the start."""
    clip: Print
    error_ms: float | None
    """Found minus planned; None: it is not there."""
    lufs: float | None
    """Of a sentence that is there."""


class Listening:
    """Take a stream (44.1 kHz, mono) block by block, and look for the cues as they pass."""

    def __init__(self, fingerprint: Fingerprint) -> None:
        self._clips = fingerprint.clips
        self._music = fingerprint.music
        self._least = LEAST_OVER_MUSIC if fingerprint.music else LEAST_LIKENESS
        self._waiting = deque(fingerprint.cues)
        longest = max((clip.frames for clip in fingerprint.clips), default=0)
        keep_s = longest / RATE_HZ + 2 * FAR_S + 2.0
        self._sound, self._low = Reel(round(keep_s * RATE_HZ)), Reel(round(keep_s * PROOF_HZ))
        self._resampler = Resampler(RATE_HZ, PROOF_HZ)
        self._peak = TruePeak()
        self._words_until = 0
        self.heard: list[CueMatch] = []

    @property
    def length_s(self) -> float:
        """Return the length of what was fed, in seconds."""
        return self._sound.end / RATE_HZ

    @property
    def true_peak_db(self) -> float:
        """Return the true peak of what was fed, in dBTP."""
        return self._peak.db

    def feed(self, block: Samples) -> None:
        """Take the next samples."""
        self._sound.add(block)
        self._low.add(self._resampler.feed(block))
        self._peak.feed(block)
        while self._waiting and self._passed(*self._waiting[0]):
            self._look(*self._waiting.popleft())

    def finish(self) -> None:
        """Take the stream's end: what has not come by now is not there."""
        self._low.add(self._resampler.feed(np.zeros(0, np.float32), last=True))
        beyond = self._sound.end + round(FAR_S * RATE_HZ)
        while self._waiting:
            frame, index = self._waiting.popleft()
            if frame < beyond:
                self._look(frame, index)
            else:
                self.heard.append(CueMatch(frame / RATE_HZ, self._clips[index], None, None))

    def _passed(self, frame: int, clip: int) -> bool:
        until_s = (frame + self._clips[clip].frames) / RATE_HZ + FAR_S
        return self._sound.end > until_s * RATE_HZ and self._low.end > until_s * PROOF_HZ

    def _look(self, frame: int, index: int) -> None:
        clip = self._clips[index]
        if clip.kind is CueKind.SAY:
            self._words_until = frame + clip.frames
        elif frame < self._words_until:
            return  # a click of a walk under words: they are what is proven there, and the clicks around them
        error_s = self._find(frame, clip, LOOK_S, self._least)
        if self._music and (error_s is None or abs(error_s) * PROOF_HZ > AT_ITS_PLACE):
            found_s = self._find(frame, clip, LOOK_S, LEAST_AT_ITS_PLACE, white=True)
            error_s = error_s if found_s is None else found_s
        if error_s is None:
            error_s = self._find(frame, clip, FAR_S, LEAST_FAR)
        error_ms = None if error_s is None else error_s * 1000
        lufs = None
        if error_s is not None and clip.kind is CueKind.SAY:
            first = frame + round(error_s * RATE_HZ)
            lufs = loudness(self._sound.piece(first, first + clip.frames))
        self.heard.append(CueMatch(frame / RATE_HZ, clip, error_ms, lufs))

    def _find(self, frame: int, clip: Print, look_s: float, least: float, *, white: bool = False) -> float | None:
        """Return how many seconds after its frame a clip begins; None where it does not."""
        look, planned = round(look_s * PROOF_HZ), frame / RATE_HZ * PROOF_HZ
        first = math.floor(planned) - look
        start = shifted(clip.start.astype(np.float32) / np.float32(127), planned - math.floor(planned))
        window = self._low.piece(first, first + len(start) + 2 * look)
        scores = correlation(*whitened(window, start)) if white else correlation(window, start, QUIETEST)
        best = self._best(scores, look)
        if scores[best] < (LEAST_WHITENED if white and abs(best - look) > AT_ITS_PLACE else least):
            return None
        return (best - look + _between(scores, best)) / PROOF_HZ

    def _best(self, scores: Samples, planned: int) -> int:
        """Return the place most like the clip; over music the planned one where that is as good.

        What is likest at the window's very edge goes on beyond it: that is a tone of the music, and no clip.
        """
        best = int(np.argmax(scores))
        if not self._music:
            return best
        first = max(planned - AT_ITS_PLACE, 0)
        near = first + int(np.argmax(scores[first : planned + AT_ITS_PLACE + 1]))
        at_edge = not EDGE <= best < len(scores) - EDGE and scores[near] >= LEAST_AT_ITS_PLACE
        return near if at_edge or scores[near] > scores[best] - AS_GOOD else best


def _between(scores: Samples, best: int) -> float:
    """Return how far from a sample the peak is: the top of the parabola through it and its neighbors."""
    if not 0 < best < len(scores) - 1:
        return 0.0
    left, top, right = (float(score) for score in scores[best - 1 : best + 2])
    bend = left - 2 * top + right
    return 0.5 * (left - right) / bend if bend < 0 else 0.0
