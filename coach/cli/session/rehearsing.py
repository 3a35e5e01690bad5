"""Run a rehearsal from the command line: a session with the simulated exerciser in a simulated room."""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coach.cli.session.interrupts import interruptions_logged, interruptions_wait
from coach.cli.session.page_screen import followed, open_page
from coach.cli.session.request import Request, RoomRequest
from coach.cli.session.running import open_clips_of, open_log, run_through, session_entry
from coach.cli.session.today import prepare
from coach.cli.session.view import SessionView
from coach.devices.paced import PacedDevices
from coach.errors import InputError
from coach.hearing.choose import choose
from coach.hearing.lockstep import LockstepEars
from coach.hearing.vocabulary.phrase_table import Table, load_table
from coach.live.opening import Parts, open_live
from coach.log.writer import LogWriter
from coach.places import private_folder
from coach.playback.workshop import SilentClips
from coach.rehearsal.devices import RoomDevices, SilentDevices
from coach.rehearsal.exerciser import Exerciser
from coach.rehearsal.mouths import VOICE, VOICE_RATE, TextMouth, VoiceMouth
from coach.rehearsal.room import RoomSpec
from coach.rehearsal.script import TOUR, ScriptLine, load_script
from coach.speech.cache import ClipCache
from coach.speech.choose import usual_voice
from coach.speech.clips import Clips
from coach.speech.system_voice import SystemVoice


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, and what to tell."""

    code: int
    lines: tuple[str, ...]


def rehearse(request: Request, show: Callable[[], contextlib.AbstractContextManager[SessionView]]) -> Outcome:
    """Run a rehearsal; return its exit code and where its log and its recording are."""
    table, room = load_table(), request.room or RoomRequest()
    today = prepare(request, table)
    plan, recorder = today.plan, today.recorder
    script = load_script(room.script, plan.routine) if room.script else load_script(TOUR)
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        if recorder:
            stack.callback(recorder.close)
        log = open_log(request.record, "rehearsal")
        stack.callback(log.close)
        page = open_page(stack, request.screen, table, log)
        view = stack.enter_context(show())
        stack.enter_context(interruptions_logged(log))
        parts, exerciser, recording = _parts(stack, request, table, script, view)
        voice = None if room.by_text else request.sound.voice or usual_voice()
        log.add(session_entry(request, voice, parts.ears.name if parts.ears else None))
        watched = replace(
            parts,
            watchers=(log.add, view.watch, exerciser.watch),
            observers=(view.see, *((recorder.see,) if recorder else ())),
            devices=PacedDevices(parts.devices) if page else parts.devices,
            silent=room.by_text,
        )
        live, workshop = open_live(plan, followed(watched, page))
        stack.callback(workshop.close)

        def look() -> None:
            exerciser.notice(live.moment, live.clock_s, coach_speaking=live.coach_speaking)

        code = run_through(live, view, look)
        lasted = f"a {_minutes(live.clock_s)} session in {_minutes(time.monotonic() - began)}"
        ended = f"{lasted}; {_ENDED.get(live.reason, live.reason)}."
        unsaid = exerciser.unsaid if room.script else ()
    lines = (ended, *_places(log, recording))
    trouble = (f"not recorded: {recorder.problem}",) if recorder and recorder.problem else ()
    return Outcome(code, (*today.notices, *lines, *trouble, *(_never_said(line) for line in unsaid)))


def _places(log: LogWriter, recording: Path | None) -> Iterator[str]:
    if log.paths:
        yield f"log: {', '.join(map(str, log.paths))}"
    if log.problem:
        yield log.problem
    if recording:
        yield f"recording of the room, with the coach and the person training: {recording}"


def _never_said(line: ScriptLine) -> str:
    return f"never said, because its moment didn't come: {line.text or 'silence'}, {line.at}"


_ENDED = {"completed": "completed", "ended": "ended by the person training", "interrupted": "interrupted"}


def _parts(
    stack: contextlib.ExitStack, request: Request, table: Table, script: Sequence[ScriptLine], view: SessionView
) -> tuple[Parts, Exerciser, Path | None]:
    """Open the room, the exerciser in it and the ears; return them, and where the room is recorded."""
    phrases, sound, room = frozenset(table.meanings()), request.sound, request.room or RoomRequest()
    if room.by_text:
        text = TextMouth(table)
        parts = Parts(table=table, clips=SilentClips(), devices=SilentDevices(), ears=text)
        return parts, Exerciser(script, phrases, text), None
    clips = open_clips_of(request, view)
    stack.callback(clips.close)
    hers = Clips(SystemVoice(VOICE, VOICE_RATE), ClipCache())
    stack.callback(hers.close)
    mouth = VoiceMouth(hers)
    exerciser = Exerciser(script, phrases, mouth)
    mouth.prepare(exerciser.texts())
    recording = room.recording or request.record.person.state / "rehearsals" / "room.wav"
    with _one_line(recording):
        private_folder(recording.parent)
    spec = RoomSpec(echo_db=room.echo_db, noise_file=room.noise, noise_snr_db=room.snr_db)
    devices = RoomDevices(spec, mouth, recording, room.coach_recording)
    stack.callback(devices.close)
    with interruptions_wait():
        ears = LockstepEars(choose(sound.ears, table, headphones=sound.headphones))
        stack.callback(ears.close)
    return Parts(table=table, clips=clips, devices=devices, ears=ears), exerciser, recording


@contextlib.contextmanager
def _one_line(recording: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"{recording}: the rehearsal can't be recorded here ({error.strerror}); name a different file with --room."
        ) from error


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
