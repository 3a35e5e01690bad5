"""What the simulated exerciser speaks with: a synthetic voice, or text that goes straight to the policy."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from coach.devices.port import HEARING_FRAMES
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.thresholds import ACCEPT_ALL
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Phrase, Table
from coach.playback.workshop import ClipSource
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm
from coach.sound.resample import resample
from coach.speech.voice import estimate

VOICE, VOICE_RATE = "en-gb+f3", 140
"""Hers: another one than the coach's, a little slower than she could."""

_SILENCE: Pcm = np.zeros(HEARING_FRAMES, np.int16)


class VoiceMouth:
    """Speaks with a voice, block by block."""

    def __init__(self, clips: ClipSource) -> None:
        self._clips = clips
        self._words: dict[str, Pcm] = {}
        self._left: Pcm = _SILENCE[:0]

    @property
    def busy(self) -> bool:
        """Tell whether she is speaking."""
        return len(self._left) > 0

    def prepare(self, texts: Sequence[str]) -> None:
        """Make the clips of what she may say."""
        self._clips.prepare(texts)

    def say(self, text: str) -> None:
        """Begin to say it, over what she was saying."""
        if text not in self._words:
            self._words[text] = as_pcm(resample(self._clips.clip(text).samples, RATE_HZ, HEARING_HZ))
        self._left = self._words[text]

    def block(self) -> Pcm:
        """Return the next 20 ms at 16 kHz."""
        piece, self._left = self._left[:HEARING_FRAMES], self._left[HEARING_FRAMES:]
        if len(piece) == HEARING_FRAMES:
            return piece
        return np.concatenate((piece, _SILENCE[len(piece) :])) if len(piece) else _SILENCE


class TextMouth:
    """Hands her words to the policy without a sound: mouth and ears in one."""

    name = "text"
    thresholds = ACCEPT_ALL
    trouble: str | None = None
    half_duplex = False
    behind_s = 0.0

    def __init__(self, table: Table) -> None:
        self._meanings = table.meanings()
        self._open: frozenset[Command] | None = None
        self._spoken: deque[tuple[str, float, float]] = deque()
        self._now_s = 0.0

    @property
    def busy(self) -> bool:
        """Tell whether she is speaking."""
        return bool(self._spoken)

    @property
    def speaking(self) -> bool:
        """Tell whether she is speaking."""
        return bool(self._spoken)

    def say(self, text: str) -> None:
        """Say it; it is heard when it would be over."""
        self._spoken.append((text, self._now_s, self._now_s + estimate(text)))

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:  # noqa: ARG002 - the port's
        """Count the time; return what is over."""
        self._now_s += len(mic) / HEARING_HZ
        if not self._spoken or self._spoken[0][2] > self._now_s:
            return ()
        return (self._understood(*self._spoken.popleft()),)

    def expect(self, commands: frozenset[Command]) -> None:
        """Prefer the meanings that are open."""
        self._open = commands

    def close(self) -> None:
        """Have nothing to close."""

    def _understood(self, text: str, start_s: float, end_s: float) -> Heard:
        meanings = self._meanings.get(normal(text), ())
        open_here = [phrase for phrase in meanings if self._open is None or phrase.command in self._open]
        phrase: Phrase | None = next(iter(open_here or meanings), None)
        command, value = (phrase.command, phrase.value) if phrase else (None, None)
        return Heard(text, command, value, 0.0, float("inf"), start_s, end_s)
