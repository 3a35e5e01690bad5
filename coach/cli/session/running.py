"""Run a session on devices or files, as the command line asked for it; return its exit code."""

import contextlib
import datetime
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.learning.as_she_trains import FurtherSamples, learns_further
from coach.cli.learning.offering import offered_once
from coach.cli.learning.teaching import known_words
from coach.cli.session.awake import kept_awake
from coach.cli.session.interrupts import INTERRUPTED, interruptions_logged, interruptions_wait
from coach.cli.session.keyboard import Keyboard
from coach.cli.session.media import steered
from coach.cli.session.page_screen import followed, open_page
from coach.cli.session.request import RecordRequest, Request, SoundRequest, is_file
from coach.cli.session.sound_checking import checked_once, known_echo_delay
from coach.cli.session.summary import summary
from coach.cli.session.today import prepare
from coach.cli.session.view import SessionView
from coach.cli.session.who import LeftError, Show, asked_who
from coach.errors import InputError, MachineError
from coach.hearing.choose import open_ears
from coach.hearing.recipe import KINDS, Recognizer
from coach.hearing.recognition.spotting.spotter import why_no_spotter
from coach.hearing.vocabulary.phrase_table import Table, load_table
from coach.live.opening import Parts, open_live
from coach.log.entries import SCHEMA, Entry, SessionEntry, without_talk
from coach.log.writer import LogWriter
from coach.session.events import Remark
from coach.threads import Faults, Report, nobody
from coach.training.people.salvage import profile_to_train

if TYPE_CHECKING:
    from coach.devices.port import Devices
    from coach.hearing.ports.ears import Ears
    from coach.live.loop import Live
    from coach.screen.screen import Screen
    from coach.sound.pcm import Samples
    from coach.speech.choose import AnyClips
    from coach.training.recorder import Recorder
    from coach.training.walking.recorder import WalkRecorder


def run(request: Request, show: Show) -> int:
    """Run a session on the devices that were named.

    What there is to know before it is printed first, what it came to last, however it ends.
    """
    table = load_table()
    _check_files(request)
    try:
        request, asked = asked_who(request, table, show)
    except LeftError:
        return 0
    return _run(request, show, table, asked)


def _run(request: Request, show: Show, table: Table, asked: tuple[Entry, ...]) -> int:
    """Run a session of which it is known whose it is; `asked` is what led to that."""
    sound, files, faults = request.sound, request.sound.on_files, Faults()
    today = prepare(request, table, faults.report)
    print(*today.notices, sep="\n", end="\n" if today.notices else "")
    with contextlib.ExitStack() as stack:
        if today.recorder:
            stack.callback(_tell_unrecorded, today.recorder)
            stack.callback(today.recorder.close)
        log = open_log(request.record, "session", faults.report)
        stack.callback(log.close)
        page = open_page(stack, request.screen, table, log)
        told: list[str] = []
        stack.callback(lambda: print(*told, sep="\n", end="\n" if told else ""))  # when the view is gone again
        view = stack.enter_context(show())
        awake = () if files else (kept_awake(stack, log, view, faults.report, screen=page is not None),)
        bed = _bed(stack, request, view)
        stack.enter_context(interruptions_logged(log))
        clips = open_clips_of(request, view, patient=files)
        stack.callback(clips.close)
        checked = checked_once(request, table, clips, view, page) if sound.sound_check and not files else ()
        if sound.sound_check and not files:
            offered_once(request, table, clips, view, checked=bool(checked))
        parts = replace(
            (opened := _parts(stack, request, table, clips, view, page, faults)),
            watchers=(_logged(log, whole=files), view.watch, *opened.watchers, *awake),
            observers=(view.see, *((today.recorder.see,) if today.recorder else ())),
            bed=bed,
            learn=_learning(stack, request, told),
        )
        first = session_entry(request, clips.voice.name, parts.ears.name if parts.ears else None)
        for entry in (first, *asked, *checked):
            log.add(entry)
        live, workshop = open_live(today.plan, steered(stack, followed(parts, page), log))
        stack.callback(workshop.close)
        stack.callback(lambda: told.extend(summary(live)))
        return run_through(live, view, _complaining_once(today.recorder, log, live, view))


def _learning(stack: contextlib.ExitStack, request: Request, told: list[str]) -> Callable[[str, bytes], None] | None:
    """Return what takes samples of her voice, where she wants that; they are kept when the session is over."""
    person = request.record.person
    if not learns_further(person, on_files=request.sound.on_files):
        return None
    further = FurtherSamples(person)
    stack.callback(lambda: told.extend(further.kept()))
    return further.take


def _logged(log: LogWriter, *, whole: bool) -> Callable[[Entry], None]:
    """Return what logs an entry; what is said in a room stays there unless it is wanted whole."""
    return log.add if whole else lambda entry: log.add(without_talk(entry))


def _parts(
    stack: contextlib.ExitStack, request: Request, table: Table, clips: "AnyClips", view: SessionView,
    page: "Screen | None", faults: Faults,
) -> Parts:  # fmt: skip
    """Open devices, ears and keyboard."""
    devices = devices_of(request.sound, page)
    stack.callback(devices.close)
    ears = _ears(request, table, view, faults) if devices.has_microphone else None
    if ears:
        stack.callback(ears.close)
    keyboard = Keyboard(table, faults.report)
    stack.enter_context(keyboard.reading())
    return Parts(
        table=table,
        clips=clips,
        devices=devices,
        ears=ears,
        watchers=(keyboard.watch,),
        pressed=keyboard.commands,
        real=not request.sound.on_files,
        faults=faults,
    )


def _complaining_once(
    recorder: "Recorder | WalkRecorder | None", log: LogWriter, live: "Live", view: SessionView
) -> Callable[[], None]:
    """Return what shows, once, that nothing is recorded or logged any more; of the former it is said, too."""
    complaints: set[str] = set()

    def look() -> None:
        if recorder and recorder.problem and recorder.problem not in complaints:
            complaints.add(recorder.problem)
            view.note(f"the session goes on, but isn't being recorded: {recorder.problem}")
            live.remark(Remark.NOT_RECORDED)
        if log.problem and log.problem not in complaints:
            complaints.add(log.problem)
            view.note(log.problem)

    return look


def _tell_unrecorded(recorder: "Recorder | WalkRecorder") -> None:
    """Print what was not recorded to the end."""
    if recorder.problem:
        print(f"not recorded: {recorder.problem}")


def _check_files(request: Request) -> None:
    """Raise InputError for files in the devices' place where something does not go together."""
    sound, training = request.sound, request.training
    if is_file(sound.microphone) and not is_file(sound.speaker):
        raise InputError("--microphone FILE needs --speaker FILE too: use files for both, or for neither.")
    if sound.on_files and training.name is None and not training.resume:
        raise InputError("name the routine when you use files instead of devices: there's nobody to ask.")


def run_through(live: "Live", view: SessionView, after_tick: Callable[[], None] = lambda: None) -> int:
    """Run a session to its end, or to Ctrl-C; show it meanwhile."""
    try:
        _run_to_the_end(live, view, after_tick)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _run_to_the_end(live: "Live", view: SessionView, after_tick: Callable[[], None]) -> None:
    view.follow(lambda: live.clock_s)
    try:
        live.begin()
        while not live.over:
            live.tick()
            after_tick()
        live.end()
    finally:
        # Whatever ended it, the log says that it did. A second Ctrl-C must not cut that short.
        if not live.ended:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            live.end("interrupted")


def open_clips_of(request: Request, view: SessionView, *, patient: bool = True) -> "AnyClips":
    """Open the clips of the coach's voice, at her rate; the view tells where another voice has to speak."""
    from coach.speech.choose import open_clips

    rate = request.sound.speech_rate or profile_to_train(request.record.person.profile).profile.speech_rate
    return open_clips(request.sound.voice, rate, tell=view.note, patient=patient)


def open_log(asked: RecordRequest, kind: str, report: Report = nobody) -> LogWriter:
    """Open the log in the person's state folder, and where it was asked for. Raises InputError for the latter only."""
    stamp = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")
    kept = asked.person.state / "sessions" / f"{stamp}-{kind}.jsonl"
    return LogWriter([asked.log] if asked.log else [], report, usual=kept)


def session_entry(request: Request, voice: str | None, ears: str | None) -> SessionEntry:
    """Return a log's first line: who speaks and which ears listen, as they were found."""
    started = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    return SessionEntry(
        t=0.0,
        schema=SCHEMA,
        started=started,
        routine=request.training.name,
        voice=voice,
        ears=ears,
        rehearsed=request.room is not None,
    )


def devices_of(sound: SoundRequest, page: "Screen | None" = None) -> "Devices":
    """Open the devices, or the files in their place."""
    if sound.on_files:
        from coach.devices.files import FileDevices
        from coach.devices.paced import PacedDevices

        files = FileDevices(Path(str(sound.speaker)), Path(sound.microphone) if sound.microphone else None)
        return PacedDevices(files) if page else files
    from coach.devices.real import SoundDevices
    from coach.devices.watched import WatchedDevices

    real = SoundDevices(sound.speaker, sound.microphone)
    if page:
        page.sounds_after(lambda: real.latency_s)
    return WatchedDevices(real)


def _bed(stack: contextlib.ExitStack, request: Request, view: SessionView) -> "Iterator[Samples] | None":
    """Prepare the music that plays under the voice, where some was asked for: half an hour of it, or a whole walk's."""
    music, walk = request.sound.music, request.training.walk
    if music is None:
        return None
    from coach.sound.ffmpeg import ffmpeg_path
    from coach.sound.music import LONGEST_S, open_bed

    view.note(f"getting the music ready: {music}")
    longest_s = max(LONGEST_S, walk.minutes * 60.0 if walk else 0.0)
    bed = stack.enter_context(open_bed(music, ffmpeg_path(), longest_s, view.note))
    view.note("the music is ready")
    return bed.pieces()


def _ears(request: Request, table: Table, view: SessionView, faults: Faults) -> "Ears | None":
    """Open the ears; where there are none the session goes by keyboard and on its own, said once."""
    sound = request.sound
    if sound.ears not in KINDS:
        raise InputError(f"--ears {sound.ears}: choose one of {', '.join(KINDS)}.")
    try:
        with interruptions_wait():
            ears = open_ears(
                sound.ears,
                table,
                inline=sound.on_files,
                headphones=sound.headphones,
                echo_delay_s=None if sound.on_files else known_echo_delay(request.record.person),
                report=faults.report,
                learned=() if sound.on_files else known_words(request.record.person, view.note),
                keep_learning=learns_further(request.record.person, on_files=sound.on_files),
            )
        if ears.name == Recognizer.MOONSHINE and (why := why_no_spotter()):
            view.note(f'"stop", "pause" and "it hurts" take a little longer to be heard: {why}')
        return ears
    except MachineError as error:
        if sound.ears != "auto":
            raise
        view.note(f"I can't hear you on this computer ({error}). Use the keys; ? lists them.")
        return None
