"""Devices around other devices: whatever a wrapper does not change is the wrapped one's."""

from coach.devices.port import DeviceChange, Devices
from coach.sound.pcm import Pcm


class AroundDevices:
    """Other devices, unchanged. The base of what watches or slows them."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices

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
        """Play a block; return what was heard and what was played."""
        return self._devices.exchange(block)

    def hush(self) -> float:
        """Make silent at once what is not yet played."""
        return self._devices.hush()

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return what was lost or came back since the last call."""
        return self._devices.changes()

    def close(self) -> None:
        """Let go of the devices."""
        self._devices.close()
