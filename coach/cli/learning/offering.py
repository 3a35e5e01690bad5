"""Offer once, after the sound check, to learn her voice: yes, later and never are answers, by voice or key."""

import contextlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.learning.teaching import ENDED, teach_with
from coach.cli.session.keyboard import Keyboard
from coach.cli.session.request import Request
from coach.cli.session.view import SessionView
from coach.errors import MachineError
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.places import private_file
from coach.training.people.folders import PersonFolders

if TYPE_CHECKING:
    from coach.devices.port import Devices
    from coach.playback.workshop import ClipSource

TITLE = "Your voice"
ANSWERS = frozenset({Command.YES, Command.NO, Command.LATER, Command.NEVER})
FOR_GOOD = frozenset({Command.YES, Command.NO, Command.NEVER})
"""After these she is never asked again; after "later", or no answer, she is on another day."""

Pressed = Callable[[], "Command | None"]


def may_ask(person: PersonFolders, today: date) -> bool:
    """Tell whether she is to be asked: nothing is learned yet, and she did not answer for good, nor today."""
    if person.nobody or person.voice.exists():
        return False
    try:
        answered = json.loads(_file(person).read_text("utf-8"))
        return answered["answer"] not in FOR_GOOD and answered["day"] != today.isoformat()
    except (OSError, ValueError, KeyError, TypeError):
        return True


def offered_once(request: Request, table: Table, clips: "ClipSource", view: SessionView, *, checked: bool) -> None:
    """Offer it where the sound was checked just now, or she said "later" on another day.

    Args: checked: the sound check was done in this session.
    """
    person, sound, today = request.record.person, request.sound, request.training.day
    if not may_ask(person, today) or not (checked or _file(person).exists()):
        return
    from coach.devices.real import SoundDevices

    keyboard = Keyboard(table)
    with contextlib.ExitStack() as stack:
        stack.enter_context(keyboard.reading())
        try:
            devices = SoundDevices(sound.speaker, sound.microphone)
            stack.callback(devices.close)
            if devices.has_microphone:
                view.announce(TITLE, "May I get to know your voice? Say yes, later or never")
                offer(
                    person, today, devices, clips, table, view.note, lambda: _key(keyboard), headphones=sound.headphones
                )
        except MachineError as error:  # the session itself says what can be done without
            view.note(str(error))


def _key(keyboard: Keyboard) -> Command | None:
    """Return what a key answers: any that is no answer leaves it for later."""
    pressed = next((command for command, _ in keyboard.commands()), None)
    return pressed if pressed is None or pressed in ANSWERS else Command.LATER


def offer(
    person: PersonFolders, today: date, devices: "Devices", clips: "ClipSource", table: Table,
    tell: Callable[[str], None], pressed: Pressed, *, headphones: bool = False,
) -> Command:  # fmt: skip
    """Ask; let her teach if she says yes; return and remember her answer. Raises MachineError without the ears."""
    from coach.hearing.recognition.moonshine.enrolment import WORDS, Enrolment
    from coach.live.word_lesson import WordLesson

    key: list[Command] = []

    def left() -> bool:
        key.extend(found for found in (pressed(),) if found in ANSWERS)
        return bool(key)

    with contextlib.closing(Enrolment(table)) as enrolment:
        lesson = WordLesson(devices, clips, enrolment, headphones)
        said = lesson.ask("offer", left)
        answer = (key[0] if key else enrolment.answer(said or (), ANSWERS)) or Command.LATER
        _remember(person, answer, today)
        if answer is Command.YES:
            end = teach_with(person, lesson, enrolment, tuple(WORDS), tell, lambda: pressed() is not None)
            tell(ENDED[end])
    return answer


def _file(person: PersonFolders) -> Path:
    return person.state / "voice-offer.json"


def _remember(person: PersonFolders, answer: Command, today: date) -> None:
    """Keep the answer; where it can't be kept she is asked again."""
    with contextlib.suppress(OSError):
        private_file(_file(person)).write_text(json.dumps({"answer": answer, "day": today.isoformat()}) + "\n", "utf-8")
