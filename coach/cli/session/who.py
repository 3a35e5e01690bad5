"""Ask who is training, where several people train here and nobody was named: a name or a digit is the answer."""

import contextlib
import sys
from collections.abc import Callable
from dataclasses import replace

from coach.cli.session.keyboard import Keyboard
from coach.cli.session.name_sounds import sounds_of
from coach.cli.session.request import Request
from coach.cli.session.view import SessionView
from coach.errors import CoachError, InputError
from coach.hearing.choose import open_ears
from coach.hearing.ports.ears import Ears
from coach.hearing.vocabulary.people import people_table
from coach.hearing.vocabulary.phrase_table import Table
from coach.library.own.folders import use_folder
from coach.live.opening import Parts, SessionPlan, open_live
from coach.log.entries import Entry, FinishEntry
from coach.session.record import EndReason
from coach.session.state import Session
from coach.threads import Faults
from coach.training.people.folders import NOBODY, PersonFolders
from coach.training.people.names import everybody, name_of

Show = Callable[[], contextlib.AbstractContextManager[SessionView]]

UNNAMED = "first person"
"""What the first person is called who has no name yet."""


class LeftError(Exception):
    """She ended it in place of an answer."""


def people_here() -> dict[str, PersonFolders]:
    """Return everybody by name, the first person first."""
    return {name_of(person) or UNNAMED: person for person in everybody()}


def asked_who(request: Request, table: Table, show: Show) -> tuple[Request, tuple[Entry, ...]]:
    """Return the request with the person who answered, and what the log is to hold of it.

    Without an answer it is nobody's. Raises LeftError; InputError with the names where nobody can be asked.
    """
    people = people_here()
    if request.record.named or len(people) < 2:
        return request, ()
    if request.sound.on_files or not sys.stdin.isatty():
        raise InputError(f"several people train here: {', '.join(people)}. Say who it's for: --for NAME")
    with show() as view, contextlib.ExitStack() as stack:
        person, entries = _asked(stack, request, table, people, view)
    use_folder(person.exercises)
    return replace(request, record=replace(request.record, person=person, named=True)), entries


def _asked(
    stack: contextlib.ExitStack, request: Request, table: Table, people: dict[str, PersonFolders], view: SessionView
) -> tuple[PersonFolders, tuple[Entry, ...]]:
    """Ask on the devices, with ears that know the names."""
    from coach.cli.session.running import devices_of, open_clips_of

    faults = Faults()
    clips = open_clips_of(request, view, patient=False)
    stack.callback(clips.close)
    devices = devices_of(request.sound)
    stack.callback(devices.close)
    known = people_table(table, people)
    ears = _ears(request, known, view) if devices.has_microphone else None
    if ears:
        stack.callback(ears.close)
    keyboard = Keyboard(table, faults.report)
    stack.enter_context(keyboard.reading())
    parts = Parts(
        table=known,
        clips=clips,
        devices=devices,
        ears=ears,
        watchers=(keyboard.watch, view.watch),
        observers=(view.see,),
        pressed=keyboard.commands,
        real=True,
        faults=faults,
    )
    return answered(people, parts, view)


def answered(
    people: dict[str, PersonFolders], parts: Parts, view: SessionView
) -> tuple[PersonFolders, tuple[Entry, ...]]:
    """Ask on these parts; return who answered, or nobody, and what happened. Raises LeftError."""
    heard, last = list[Entry](), list[Session]()
    parts = replace(
        parts, watchers=(*parts.watchers, heard.append), observers=(*parts.observers, lambda now: last.append(now))
    )
    live, workshop = open_live(SessionPlan(routine=None, people=tuple(people)), parts)
    try:
        view.follow(lambda: live.clock_s)
        live.begin()
        while not live.over:
            live.tick()
    finally:
        workshop.close()
    record = live.session.record
    if record.person is None and record.reason is not EndReason.UNANSWERED:
        raise LeftError
    person = NOBODY if record.person is None else tuple(people.values())[record.person]
    return person, tuple(replace(entry, t=0.0) for entry in heard if not isinstance(entry, FinishEntry))


def _ears(request: Request, known: Table, view: SessionView) -> Ears | None:
    """Open ears that know the names: the built-in ones write any name; Vosk only what is in its vocabulary."""
    for kind in ("moonshine", "vosk"):
        with contextlib.suppress(CoachError):
            sounds = sounds_of(choice.name for choice in known.choices) if kind == "moonshine" else ()
            return open_ears(kind, known, headphones=request.sound.headphones, examples=sounds)
    view.note(
        "I can't hear you on this computer: answer with a key, "
        + ", ".join(f"{n} {c.name}" for n, c in enumerate(known.choices, 1))
    )
    return None
