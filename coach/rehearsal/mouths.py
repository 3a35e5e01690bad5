"""A session with nobody there: the simulated exerciser in a simulated room, or by text alone. In lock-step."""

from collections import deque
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.devices.port import BLOCK_FRAMES, HEARING_FRAMES, DeviceChange
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.thresholds import ACCEPT_ALL
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Phrase, Table
from coach.live.loop import Live
from coach.playback.workshop import ClipSource
from coach.rehearsal.exerciser import Exerciser
from coach.rehearsal.room import Room, RoomSpec
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, as_pcm, in_steps
from coach.sound.resample import resample
from coach.sound.wav import WavWriter
from coach.speech.voice import estimate

SCRIPT = Path(__file__).parent / "tour.toml"
"""What she says where no script is given: a tour of the commands."""
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


class RoomDevices:
    """The coach's loudspeaker, her mouth and a microphone in one simulated room."""

    has_microphone = True
    late_s = 0.0

    def __init__(self, spec: RoomSpec, mouth: VoiceMouth, recording: Path | None, speaker: Path | None = None) -> None:
        """Open what is written: the room (coach and exerciser), the coach alone. Raises InputError."""
        self._room = Room(spec)
        self._mouth = mouth
        self._recording = WavWriter(recording, HEARING_HZ) if recording else None
        self._speaker = WavWriter(speaker, RATE_HZ) if speaker else None
        self._blocks = 0

    @property
    def clock_s(self) -> float:
        """Return the length of what was played."""
        return self._blocks * BLOCK_FRAMES / RATE_HZ

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        """Let the room sound for 20 ms."""
        self._blocks += 1
        hers = self._mouth.block()
        heard = self._room.hear(block, hers)
        played = self._room.played
        if self._speaker:
            self._speaker.write(block)
        if self._recording:
            self._recording.write(in_steps(played.astype(np.int32) + hers))
        return heard, played

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return nothing: this room stays."""
        return ()

    def close(self) -> None:
        """Finish the files."""
        for writer in (self._recording, self._speaker):
            if writer:
                writer.close()


class TextMouth:
    """Hands her words to the policy without a sound: mouth and ears in one."""

    name = "text"
    thresholds = ACCEPT_ALL
    trouble: str | None = None
    half_duplex = False

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


class SilentDevices:
    """Nothing to play on and nothing to hear with but the time."""

    has_microphone = True
    late_s = 0.0

    def __init__(self) -> None:
        self._blocks = 0

    @property
    def clock_s(self) -> float:
        """Return the time that has passed."""
        return self._blocks * BLOCK_FRAMES / RATE_HZ

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:  # noqa: ARG002 - the port's
        """Let 20 ms pass."""
        self._blocks += 1
        return _SILENCE, _SILENCE

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return nothing."""
        return ()

    def close(self) -> None:
        """Have nothing to close."""


def rehearse(live: Live, exerciser: Exerciser) -> str:
    """Run a session with her in it; return the reason it ended for."""
    live.begin()
    while not live.over:
        live.tick()
        exerciser.notice(live.moment, live.clock_s, coach_speaking=live.coach_speaking)
    return live.end()
