"""Slow devices without a clock of their own down to real time: files and simulated rooms that somebody watches."""

import time

from coach.devices.around import AroundDevices
from coach.devices.port import BLOCK_S, Devices
from coach.sound.pcm import Pcm

_BEHIND_S = 0.5
"""So late it is given up to catch up: the machine slept, or the session was held."""


class PacedDevices(AroundDevices):
    """Other devices, no block earlier than its time."""

    def __init__(self, devices: Devices) -> None:
        super().__init__(devices)
        self._due_s = time.monotonic()

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        """Exchange a block, then wait for the block's end."""
        exchanged = super().exchange(block)
        now_s = time.monotonic()
        self._due_s = max(self._due_s + BLOCK_S, now_s - _BEHIND_S)
        time.sleep(max(0.0, self._due_s - now_s))
        return exchanged
