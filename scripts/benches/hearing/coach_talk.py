"""The coach as the bench needs it: talking without a pause, stepping back while she speaks, its words known."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.library.files import load_routine
from coach.live.barge_in import LOWERED_DB, BargeIn
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm, gain_of
from coach.sound.resample import resample
from coach.speech.system_voice import DEFAULT_VOICE, SystemVoice
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.timeline.cue import CueKind, SegmentKind
from coach.timeline.step import Shape

BLOCK = HEARING_HZ // 50
GAP_S = 0.3
SENTENCES = 60
_STEPS_BACK = gain_of(LOWERED_DB)
_RAMP_BLOCKS = 2  # the live loop's 30 ms, in whole blocks
_REMEMBERS_S = 10.0

Said = tuple[str, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Talk:
    """Sentences, one after the other."""

    samples: Pcm
    said: tuple[Said, ...]
    """Each sentence with its start and end, seconds."""


@cache
def sentences() -> tuple[str, ...]:
    """Return what the coach says in the set-ups and sets of the shipped routine, each sentence once."""
    timeline = build_timeline(load_routine("spine-strength"), estimate, Shape(live=True))
    found = [
        cue.text
        for segment in timeline.segments
        if segment.kind in (SegmentKind.SETUP, SegmentKind.SET, SegmentKind.REST, SegmentKind.SWITCH)
        for cue in segment.cues
        if cue.kind is CueKind.SAY
    ]
    unique = list(dict.fromkeys(found))
    return tuple(unique[:: max(1, len(unique) // SENTENCES)])


def talk(voice: str = DEFAULT_VOICE) -> Talk:
    """Let a voice say them all."""
    speaker = SystemVoice(voice)
    clips = speaker.render(list(sentences()))
    speaker.close()
    parts, said, at = [], [], 0
    gap = np.zeros(round(GAP_S * HEARING_HZ), np.int16)
    for text, clip in zip(sentences(), clips, strict=True):
        samples = as_pcm(resample(clip.samples, RATE_HZ, HEARING_HZ))
        said.append((text, at / HEARING_HZ, (at + len(samples)) / HEARING_HZ))
        parts += [samples, gap]
        at += len(samples) + len(gap)
    return Talk(np.concatenate(parts), tuple(said))


class Coach:
    """Talks on and on from somewhere in its talk; softer while somebody speaks, as the live loop has it."""

    def __init__(self, its: Talk | None, start: float) -> None:
        """Begin at a share (0 to 1) of the talk; without one it is silent."""
        self._talk = its
        self._at = round(start * len(its.samples)) // BLOCK * BLOCK if its else 0
        self._gain = 1.0
        self._barge_in = BargeIn()

    def block(self, now_s: float, *, speaking: bool) -> Pcm:
        """Return the next 20 ms at 16 kHz."""
        if self._talk is None:
            return np.zeros(BLOCK, np.int16)
        self._barge_in = self._barge_in.after(now_s, speech=speaking)
        wanted = _STEPS_BACK if self._barge_in.lowered else 1.0
        step = (1.0 - _STEPS_BACK) / _RAMP_BLOCKS
        before, self._gain = self._gain, float(np.clip(wanted, self._gain - step, self._gain + step))
        at = (self._at + np.arange(BLOCK)) % len(self._talk.samples)
        self._at += BLOCK
        return (self._talk.samples[at] * np.linspace(before, self._gain, BLOCK)).astype(np.int16)

    def stay(self, now_s: float) -> None:
        """Stay down a little longer: she was not understood."""
        self._barge_in = self._barge_in.extended(now_s)

    def said(self, now_s: float) -> tuple[Said, ...]:
        """Return the sentences of the last seconds, on the clock that began with the first block."""
        if self._talk is None:
            return ()
        length_s = len(self._talk.samples) / HEARING_HZ
        shift = now_s - self._at / HEARING_HZ
        turns = (shift + turn * length_s for turn in range(self._at // len(self._talk.samples) + 1))
        placed = [(text, start + by, end + by) for by in turns for text, start, end in self._talk.said]
        return tuple(each for each in placed if each[1] <= now_s and each[2] >= now_s - _REMEMBERS_S)


def words(said: tuple[Said, ...]) -> tuple[Said, ...]:
    """Return each word with its times: its share of the sentence is its share of the letters."""
    found = []
    for text, start_s, end_s in said:
        letters, done = sum(len(word) + 1 for word in text.split()), 0
        for word in text.split():
            at = [start_s + (end_s - start_s) * part / letters for part in (done, done + len(word) + 1)]
            done += len(word) + 1
            found.append((word, at[0], at[1]))
    return tuple(found)
