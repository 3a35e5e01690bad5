"""`coach voices`: list who can speak, or hear one."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import Json

if TYPE_CHECKING:
    from coach.devices.port import Devices
    from coach.sound.clip import Clip

SAMPLE = (
    "This is how I sound. Breathe out, and pull the weight to your ribs; breathe in, and lower it slowly. "
    "Ten to fifteen of these, with a weight of 2 kg."
)
SILENCE_S = 0.4  # after the last word: a loudspeaker holds some blocks


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(voices)


def voices(
    as_json: Json = False,
    sample: Annotated[str | None, typer.Option("--try", metavar="NAME", help="Play a sample of this voice.")] = None,
    speaker: Annotated[str | None, typer.Option(help="For --try: a device's name, or a .wav file.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Include voices in other languages.")] = False,
) -> None:
    """List this machine's English voices, for --voice, with licence and origin; or play a sample.

    Examples: coach voices · coach voices --all · coach voices --try en-gb · coach voices --try joe --speaker joe.wav
    """
    if sample is not None:
        _say(sample, speaker)
        return
    from coach.speech.languages import is_english

    found = [voice for voice in _found() if every or is_english(voice["language"] or "en")]
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    _list(found)


def _found() -> list[dict[str, str]]:
    """Return every voice, the natural one first where it is installed."""
    from coach.speech.natural_voice import NATURAL_VOICE, missing_parts
    from coach.speech.origins import origin_of
    from coach.speech.system_voice import available_voices

    natural = {"id": NATURAL_VOICE, "name": "the natural voice", "language": "en-us", "gender": "male"}
    found = [*([] if missing_parts() else [natural]), *available_voices()]
    return [voice | {"licence": (from_ := origin_of(voice["id"])).licence, "origin": from_.origin} for voice in found]


def _list(found: list[dict[str, str]]) -> None:
    from coach.speech.choose import usual_voice
    from coach.speech.natural_voice import REMEDY, missing_parts

    for known in found:
        usual = "  (the usual one)" if known["id"].rpartition("/")[2] == usual_voice() else ""
        print(f"{known['id']:<28} {known['language']:<12} {known['gender']:<8} {known['name']}{usual}")
        print(f"{'':<28} {known['licence']}; {known['origin']}")
    if missing_parts():
        print(f"There's a more natural voice: {REMEDY}.")


def _say(voice: str, speaker: str | None) -> None:
    from coach.cli.session.request import is_file
    from coach.speech.choose import open_clips

    clips = open_clips(voice)
    try:
        clip = clips.clip(SAMPLE)
    finally:
        clips.close()
    if speaker is not None and is_file(speaker):
        from coach.devices.files import FileDevices

        _play(clip, FileDevices(Path(speaker), None))
        return
    from coach.devices.real import SoundDevices

    _play(clip, SoundDevices(speaker))


def _play(clip: "Clip", devices: "Devices") -> None:
    from coach.devices.port import BLOCK_FRAMES
    from coach.sound.clip import frames_of
    from coach.sound.mixer import Mixer
    from coach.sound.room_tone import RoomTone

    mixer = Mixer(tone=RoomTone())
    mixer.place(clip, 0)
    try:
        while mixer.position < clip.frames + frames_of(SILENCE_S):
            devices.exchange(mixer.block(BLOCK_FRAMES))
    finally:
        devices.close()
