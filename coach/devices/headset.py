"""Keep out of the Bluetooth trap: opening a headset's microphone drops all its sound to telephone quality (HFP).

By default the earphones' sound goes with the computer's own microphone. On Linux the sound server knows which is which,
elsewhere names and rates tell: a headset is one name on both sides, and its microphone's rate is low.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from coach.devices.portaudio import DeviceName, list_devices
from coach.errors import MachineError

HANDS_FREE_HZ = 24_000
"""The rate of a headset's microphone is at most this; a computer's own has 44.1 kHz or more."""
BLUETOOTH = "bluez"
"""How the sound server's names of Bluetooth devices begin."""
PATIENCE_S = 1.0
_KINDS = re.compile(r"\bhands-?free\b|\bag audio\b|\bstereo\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trap:
    """A headset that is heard and would be listened to."""

    headset: str
    microphone: str | None
    """The computer's own, which is taken in its place; None: there is no other."""
    index: int | None = None
    """PortAudio's number of it; None: the sound server chooses it by its name."""

    @property
    def words(self) -> str:
        """Say what is done about it."""
        if self.microphone is None:
            return f"{self.headset}: its microphone lowers all sound to telephone quality; there is no other microphone"
        return f"{self.headset} for sound, {self.microphone} to hear you: the headset's own would spoil the sound"


def trap() -> Trap | None:
    """Return the trap this machine's usual devices are in; None where they are in none."""
    server = _server_trap()
    if server is not None:
        return server
    try:
        return trap_in(list_devices())
    except MachineError:
        return None


def microphone_beside_headset() -> int | None:
    """Return the microphone to open in place of the usual one; None: the usual one, as the sound server is told now."""
    found = trap()
    if found is None or found.microphone is None:
        return None
    if found.index is None:
        os.environ.setdefault("PULSE_SOURCE", found.microphone)
    return found.index


def trap_in(devices: Sequence[DeviceName]) -> Trap | None:
    """Return the trap these devices are in, by names and rates."""
    heard = next((device for device in devices if device.default and device.outputs), None)
    listening = next((device for device in devices if device.default and device.inputs), None)
    if heard is None or listening is None or not _one_headset(heard, listening):
        return None
    for index, other in enumerate(devices):
        if other.inputs and other.rate_hz > HANDS_FREE_HZ and _plain(other.name) != _plain(listening.name):
            return Trap(heard.name, other.name, index)
    return Trap(heard.name, None)


def _one_headset(heard: DeviceName, listening: DeviceName) -> bool:
    return listening.rate_hz <= HANDS_FREE_HZ and _plain(heard.name) == _plain(listening.name)


def _plain(name: str) -> str:
    """Return what two sides of one headset have in common: on Windows it is in brackets."""
    inner = re.search(r"\((.+)\)", name)
    return " ".join(_KINDS.sub(" ", inner.group(1) if inner else name).lower().split())


def _server_trap() -> Trap | None:
    """Ask PulseAudio or PipeWire, where their tool is there."""
    if shutil.which("pactl") is None:
        return None
    heard, listening = _asked("get-default-sink"), _asked("get-default-source")
    if not (heard and listening and heard[0].startswith(BLUETOOTH) and listening[0].startswith(BLUETOOTH)):
        return None
    names = [line.split("\t")[1] for line in _asked("list", "short", "sources") if "\t" in line]
    own = [name for name in names if not name.startswith(BLUETOOTH) and not name.endswith(".monitor")]
    return Trap(heard[0], own[0] if own else None)


def _asked(*question: str) -> list[str]:
    try:
        done = subprocess.run(["pactl", *question], capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []
