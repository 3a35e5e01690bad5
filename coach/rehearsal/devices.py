"""Simulated devices in lock-step: a loudspeaker and a microphone in one room, or nothing but a clock."""

from pathlib import Path

import numpy as np

from coach.devices.port import BLOCK_FRAMES, HEARING_FRAMES, DeviceChange
from coach.hearing.ports.ears import HEARING_HZ
from coach.rehearsal.mouths import VoiceMouth
from coach.rehearsal.room import Room, RoomSpec
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm, in_steps
from coach.sound.wav import WavWriter

_SILENCE: Pcm = np.zeros(HEARING_FRAMES, np.int16)


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
        speaks, hers = self._mouth.busy, self._mouth.block()
        heard = self._room.hear(block, hers)
        played = self._room.played
        if self._speaker:
            self._speaker.write(block)
        if self._recording:
            self._recording.write(in_steps(played.astype(np.int32) + hers) if speaks else played)
        return heard, played

    def hush(self) -> float:
        """Return 0: a block that was handed over has been heard."""
        return 0.0

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return nothing: this room stays."""
        return ()

    def close(self) -> None:
        """Finish the files."""
        for writer in (self._recording, self._speaker):
            if writer:
                writer.close()


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

    def hush(self) -> float:
        """Return 0: a block that was handed over has been heard."""
        return 0.0

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return nothing."""
        return ()

    def close(self) -> None:
        """Have nothing to close."""
