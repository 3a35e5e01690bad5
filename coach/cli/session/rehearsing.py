"""A rehearsal from the command line: the simulated exerciser in her room."""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.session.running import (
    Wishes,
    asked_of,
    interruptions_logged,
    interruptions_wait,
    open_clips_of,
    open_log,
    run_through,
    session_entry,
)
from coach.cli.session.today import prepare
from coach.hearing.choose import open_ears
from coach.hearing.vocabulary.phrase_table import Table, load_table
from coach.live.opening import Parts, open_live
from coach.places import state_folder
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import RoomDevices, SilentDevices
from coach.rehearsal.exerciser import Exerciser
from coach.rehearsal.mouths import VOICE, VOICE_RATE, TextMouth, VoiceMouth
from coach.rehearsal.room import RoomSpec
from coach.rehearsal.script import TOUR, ScriptLine, load_script
from coach.speech.choose import open_clips, usual_voice

if TYPE_CHECKING:
    from coach.cli.session.view import LiveView, PlainView


@dataclass(frozen=True, slots=True)
class RoomWishes:
    """What was asked for of the room and of her."""

    script: Path | None
    noise: Path | None
    snr_db: float
    echo_db: float
    by_text: bool
    room: Path | None
    speaker: Path | None
    history: Path | None = None
    """Where it counts; None: it is planned by no history, and recorded in none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, and what to tell."""

    code: int
    told: tuple[str, ...]


def rehearse(wishes: Wishes, room: RoomWishes, view: "LiveView | PlainView") -> Outcome:
    """Run a rehearsal; return its exit code and where its log and its recording are."""
    table = load_table()
    asked = asked_of(wishes, history=room.history, counts=room.history is not None, rehearsed=True)
    today = prepare(asked, table)
    wish, recorder = today.wish, today.recorder
    script = load_script(room.script, wish.routine) if room.script else load_script(TOUR)
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        if recorder:
            stack.callback(recorder.close)
        log = open_log(wishes.log, "rehearsal")
        stack.callback(log.close)
        stack.enter_context(interruptions_logged(log))
        parts, exerciser, recording = _parts(stack, wishes, room, table, script, view)
        voice = None if room.by_text else wishes.voice or usual_voice()
        ears = parts.ears.name if parts.ears else None
        log.add(session_entry(wishes, voice, ears, rehearsed=True))
        watched = replace(parts, watchers=(log.add, view.watch, exerciser.watch), silent=room.by_text)
        watched = replace(watched, observers=(recorder.see,) if recorder else ())
        live, workshop = open_live(wish, watched)
        stack.callback(workshop.close)

        def look() -> None:
            exerciser.notice(live.moment, live.clock_s, coach_speaking=live.coach_speaking)

        code = run_through(live, view, look)
        lasted = f"{_minutes(live.clock_s)} of session in {_minutes(time.monotonic() - began)}"
        told = (f"{lasted}; {_ENDED.get(live.reason, live.reason)}.", *_places(log.paths, recording))
        unsaid = exerciser.unsaid if room.script else ()
    trouble = (f"not recorded: {recorder.problem}",) if recorder and recorder.problem else ()
    return Outcome(code, (*today.told, *told, *trouble, *(_never_said(line) for line in unsaid)))


def _places(logs: Sequence[Path], recording: Path | None) -> Iterator[str]:
    yield f"log: {', '.join(map(str, logs))}"
    if recording:
        yield f"recording of the room, coach and exerciser: {recording}"


def _never_said(line: ScriptLine) -> str:
    return f"not said, its moment never came: {line.text or 'silence'}, {line.at}"


_ENDED = {"completed": "completed", "ended": "ended by her", "interrupted": "interrupted"}


def _parts(
    stack: contextlib.ExitStack,
    wishes: Wishes,
    room: RoomWishes,
    table: Table,
    script: Sequence[ScriptLine],
    view: "LiveView | PlainView",
) -> tuple[Parts, Exerciser, Path | None]:
    phrases = frozenset(table.meanings())
    if room.by_text:
        text = TextMouth(table)
        return Parts(table, SilentClips(), SilentDevices(), text, ()), Exerciser(script, phrases, text), None
    clips = open_clips_of(wishes.voice, view)
    stack.callback(clips.close)
    hers = open_clips(VOICE, VOICE_RATE)
    stack.callback(hers.close)
    mouth = VoiceMouth(hers)
    exerciser = Exerciser(script, phrases, mouth)
    mouth.prepare(exerciser.texts())
    recording = room.room or state_folder() / "rehearsals" / "room.wav"
    recording.parent.mkdir(parents=True, exist_ok=True)
    spec = RoomSpec(echo_db=room.echo_db, noise_file=room.noise, noise_snr_db=room.snr_db)
    devices = RoomDevices(spec, mouth, recording, room.speaker)
    stack.callback(devices.close)
    with interruptions_wait():
        ears = open_ears(wishes.ears, table, inline=True, headphones=wishes.headphones)
        stack.callback(ears.close)
    return Parts(table, clips, devices, ears, ()), exerciser, recording


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
