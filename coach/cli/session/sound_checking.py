"""Run the sound check: once before the first session, and for `coach doctor --sound`."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.session.keyboard import Keyboard
from coach.cli.session.request import Request, SoundRequest
from coach.cli.session.view import SessionView
from coach.errors import MachineError
from coach.hearing.vocabulary.phrase_table import Table
from coach.live.sound_levels import CheckStep
from coach.log.entries import DeviceEntry, StateEntry
from coach.places import private_file
from coach.training.people.folders import PersonFolders

if TYPE_CHECKING:
    from coach.live.sound_levels import SoundLevels
    from coach.playback.workshop import ClipSource
    from coach.screen.screen import Screen

TITLE = "Sound check"
LONGEST_DELAY_S = 0.5
"""Of an echo that the canceller can follow."""
STEPS = {CheckStep.QUIET: "Quiet, please", CheckStep.COACH: "Listen", CheckStep.HELLO: "Say hello"}
"""What is to be done in each step of the check."""


def checked_once(
    request: Request, table: Table, clips: "ClipSource", view: SessionView, page: "Screen | None" = None
) -> tuple[StateEntry | DeviceEntry, ...]:
    """Do the check where none was done for this person before; any key leaves it. Return what the log is to hold."""
    if _done_file(request.record.person).exists():
        return ()
    keyboard = Keyboard(table)
    shown = (view, page) if page else (view,)

    def announce(words: str) -> None:
        for each in shown:
            each.announce(TITLE, words)

    def tell(levels: "SoundLevels") -> None:
        for each in shown:
            each.note(levels.words)

    def skip() -> bool:
        return bool(keyboard.commands()) or bool(page and page.commands())

    with keyboard.reading():
        try:
            levels = check_sound(request.record.person, clips, request.sound, announce, tell, skip)
        except MachineError as error:  # the session itself says what can be done without
            return (DeviceEntry(0.0, f"sound check: {error}"),)
    what = "left" if levels is None else f"{levels.figures}; {levels.advice}"
    return StateEntry(0.0, "waiting", None), DeviceEntry(0.0, f"sound check: {what}")


def check_sound(
    person: PersonFolders,
    clips: "ClipSource",
    sound: SoundRequest,
    announce: Callable[[str], None],
    tell: "Callable[[SoundLevels], None]",
    skip: Callable[[], bool] = lambda: False,
) -> "SoundLevels | None":
    """Do the check on devices of its own; announce its steps, tell what was found, say the advice.

    Returns None where it was left. Raises MachineError without a speaker, a microphone or the voice detectors.
    """
    from coach.devices.real import SoundDevices
    from coach.live.sound_check import SoundCheck

    devices = SoundDevices(sound.speaker, sound.microphone)
    try:
        if not devices.has_microphone:
            raise MachineError("there is no microphone to check: plug one in; coach devices lists them.")
        check = SoundCheck(devices, clips, sound.headphones)
        levels = check.run(lambda step: announce(STEPS[step]), skip)
        if levels is not None:
            tell(levels)
            check.advise(levels, skip)
    finally:
        devices.close()
    _remember(person, levels)
    return levels


def _done_file(person: PersonFolders) -> Path:
    return person.state / "sound-check.json"


def known_echo_delay(person: PersonFolders) -> float | None:
    """Return the echo's delay as the last check measured it; None where it did not, or its file is no use."""
    try:
        found = json.loads(_done_file(person).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    delay_s = found.get("delay_s") if isinstance(found, dict) else None
    return float(delay_s) if isinstance(delay_s, int | float) and 0 <= delay_s < LONGEST_DELAY_S else None


def _remember(person: PersonFolders, levels: "SoundLevels | None") -> None:
    """Keep what was found; where nothing can be kept it is done again next time."""
    found = None if levels is None else asdict(levels) | {"advice": levels.advice}
    try:
        private_file(_done_file(person)).write_text(json.dumps(found) + "\n", encoding="utf-8")
    except OSError:
        return
