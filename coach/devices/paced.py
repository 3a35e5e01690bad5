"""Slow devices without a clock of their own down to real time: files and simulated rooms that somebody watches."""

import time

from coach.devices.port import BLOCK_S, DeviceChange, Devices
from coach.sound.pcm import Pcm

_BEHIND_S = 0.5
"""So late it is given up to catch up: the machine slept, or the session was held."""


class PacedDevices:
    """Other devices, no block earlier than its time."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices
        self._due_s = time.monotonic()

    @property
    def has_microphone(self) -> bool:
        """Tell whether anybody can be heard at all."""
        return self._devices.has_microphone

    @property
    def clock_s(self) -> float:
        """Return the session clock."""
        return self._devices.clock_s

    @property
    def late_s(self) -> float:
        """Return how much silence the speaker put in."""
        return self._devices.late_s

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        """Exchange a block, then wait for the block's end."""
        exchanged = self._devices.exchange(block)
        now_s = time.monotonic()
        self._due_s = max(self._due_s + BLOCK_S, now_s - _BEHIND_S)
        time.sleep(max(0.0, self._due_s - now_s))
        return exchanged

    def hush(self) -> float:
        """Make silent at once what is not yet played."""
        return self._devices.hush()

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return what was lost or came back since the last call."""
        return self._devices.changes()

    def close(self) -> None:
        """Let go of the devices."""
        self._devices.close()
