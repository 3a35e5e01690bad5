"""The port to the sound devices: a block out, a block in.

Implementations: `real.SoundDevices`, `files.FileDevices`, and `watched.WatchedDevices` around either; a rehearsal has
its own. All pass the same contract.
"""

from typing import Protocol

from coach.hearing.ports.ears import HEARING_HZ
from coach.session.events import Awoke, DeviceBack, DeviceLost, Remarked
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Pcm

BLOCK_S = 0.02
BLOCK_FRAMES = RATE_HZ // 50  # 882 frames, 20 ms at 44.1 kHz
HEARING_FRAMES = HEARING_HZ // 50  # 320 frames, 20 ms at 16 kHz

DeviceChange = DeviceLost | DeviceBack | Remarked | Awoke
"""`Remarked`: there is something to be said about a device that goes on. `Awoke`: all of them slept."""


class Devices(Protocol):
    """A speaker and perhaps a microphone, moving on together."""

    @property
    def has_microphone(self) -> bool:
        """Tell whether anybody can be heard at all."""
        ...

    @property
    def clock_s(self) -> float:
        """Return the session clock: frames that left the speaker / rate, waits and pauses included."""
        ...

    @property
    def late_s(self) -> float:
        """Return how much silence the speaker put in because no block was there in time (0 in files)."""
        ...

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        """Play a 44.1 kHz block; return what the microphone heard and what was really played, 16 kHz, equally long."""
        ...

    def hush(self) -> float:
        """Make silent at once what was handed over and is not yet played, where that can be done.

        Return how many seconds of silence end with the next block; 0.0: nothing was changed.
        """
        ...

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return what was lost or came back since the last call."""
        ...

    def close(self) -> None:
        """Let go of the devices, or finish the files."""
        ...
