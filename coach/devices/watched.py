"""Wrap devices and watch them: a muted microphone counts as lost, a bad level and a sleep are told, NaNs end here."""

import numpy as np

from coach.devices.around import AroundDevices
from coach.devices.microphone_watch import MicrophoneWatch
from coach.devices.port import DeviceChange, Devices
from coach.devices.sleep_watch import SleepWatch
from coach.session.events import Awoke, DeviceBack, DeviceKind, DeviceLost, LossReason, Remark, Remarked
from coach.sound.pcm import Pcm, finite, in_steps, noise_floor

MOST_MUTES = 3
"""A microphone that has gone still and come back so often does so by itself, in every pause: it is not switched off."""


class WatchedDevices(AroundDevices):
    """Other devices, with a watch on their microphone and on the machine's sleep."""

    def __init__(self, devices: Devices, sleep: SleepWatch | None = None) -> None:
        super().__init__(devices)
        self._sleep = sleep or SleepWatch()
        self._watch = MicrophoneWatch()
        self._muted = False
        self._mutes = 0
        self._pending: list[DeviceChange] = []
        self._complained: set[Remark] = set()
        self._noise = np.random.default_rng(1)

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        """Play a block; return what was heard, as finite 16-bit samples, and what was played."""
        heard, played = super().exchange(block)
        heard = finite(heard)
        if self.has_microphone:
            self._watch.feed(heard, played)
            self._notice()
        return (self._floor(len(heard)) if self._watch.muted else heard), played

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return what was lost, came back or is to be said since the last call."""
        changes = super().changes()
        moved = (change.what for change in changes if isinstance(change, DeviceLost | DeviceBack))
        if DeviceKind.MICROPHONE in moved:
            self._watch.reset()
            self._muted = False
            self._pending = [change for change in self._pending if isinstance(change, Remarked)]
        pending, self._pending = self._pending, []
        awoke = (Awoke(),) if self._sleep.slept_s() else ()
        return (*awoke, *changes, *pending)

    def _notice(self) -> None:
        muted, complaint = self._watch.muted, self._watch.complaint
        if muted and not self._muted and self._mutes < MOST_MUTES:
            self._muted = True
            self._pending.append(DeviceLost(DeviceKind.MICROPHONE, LossReason.MUTED))
        elif self._muted and not muted:
            self._muted = False
            self._mutes += 1
            self._pending.append(DeviceBack(DeviceKind.MICROPHONE))
        if complaint and complaint not in self._complained:
            self._complained.add(complaint)
            self._pending.append(Remarked(complaint))

    def _floor(self, frames: int) -> Pcm:
        """Return the noise of a quiet room: recognizers fail on digital silence."""
        return in_steps(noise_floor(frames, self._noise))
