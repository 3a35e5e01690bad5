"""`coach setup`, `coach doctor` and `coach devices`: what this machine has, what it lacks and how to get that."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Json
from coach.errors import MachineError


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("setup")(setup)
    app.command("doctor")(doctor)
    app.command("devices")(devices)


def setup() -> None:
    """Fetch Vosk's English speech recognition (40 MB, once). Without it, the built-in one is used.

    Example: coach setup
    """
    from coach.hearing.recognition.vosk.engine import try_out
    from coach.hearing.recognition.vosk.model import find_model

    found = find_model()
    try:
        folder = found or _fetched()
    except MachineError as error:
        print(f"{error}; carrying on with {_built_in(error)}.")
        return
    problem = try_out(folder)
    if problem:
        print(f"{problem}; use {_built_in(MachineError(problem))}: --ears moonshine.")
    else:
        print(f"Vosk's English model {'was already here' if found else 'is here'}: {folder}")


def doctor(
    as_json: Json = False,
    sound: Annotated[bool, typer.Option("--sound", help="Check the loudspeaker and the microphone.")] = False,
    headphones: Annotated[bool, typer.Option("--headphones", help="With --sound: you're wearing headphones.")] = False,
) -> None:
    """Show which parts of the coach work on this machine, and how to get what's missing.

    Example: coach doctor
    """
    if sound:
        _check_sound(as_json, headphones)
        return
    from coach.cli.machine.checks import CHECKS

    parts = [check() for check in CHECKS]
    if as_json:
        print(json.dumps([asdict(part) for part in parts]))
        return
    for part in parts:
        print(f"{'ok     ' if part.there else 'missing'}  {part.part:22s}  {part.what}")
        if part.fix:
            print(f"{'':9s}{'':22s}  {part.fix}")


def _check_sound(as_json: bool, headphones: bool) -> None:
    from coach.cli.session.request import SoundRequest
    from coach.cli.session.sound_checking import TITLE, check_sound
    from coach.speech.choose import open_clips
    from coach.training.people.folders import FIRST

    def say(line: str) -> None:
        if not as_json:
            print(line, flush=True)

    clips = open_clips()
    try:
        sound = SoundRequest(headphones=headphones)
        levels = check_sound(
            FIRST,
            clips,
            sound,
            lambda step: say(f"{TITLE}: {step}"),
            lambda found: say(f"{found.words}\n({found.figures})"),
        )
    finally:
        clips.close()
    if as_json and levels is not None:
        print(json.dumps(asdict(levels) | {"advice": levels.advice, "text": levels.text}))


def devices(as_json: Json = False) -> None:
    """List the microphones and speakers that --microphone and --speaker take.

    Example: coach devices
    """
    from coach.devices.headset import trap
    from coach.devices.portaudio import list_devices

    found = list_devices()
    if as_json:
        print(json.dumps([asdict(device) for device in found]))
        return
    if not found:
        print(
            "No microphone and no speaker. coach rehearse shows a session without them, and coach export makes a file."
        )
    for device in found:
        kinds = [kind for kind, count in (("microphone", device.inputs), ("speaker", device.outputs)) if count]
        print(f"{'*' if device.default else ' '} {device.name}  ({', '.join(kinds)}, {device.rate_hz} Hz)")
    if caught := trap():
        print(caught.words)


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
    return "the built-in speech recognition (Moonshine)"
