"""A session from the command line: wishes in, exit code out."""

import contextlib
import datetime
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.cli.session.sound_checking import Sound, checked_once
from coach.cli.session.today import Asked, prepare, walk_today
from coach.cli.session.view import Keyboard, LiveView, PlainView, Scene
from coach.cli.training.days import day_of
from coach.errors import InputError, MachineError
from coach.hearing.choose import open_ears
from coach.hearing.recipe import KINDS
from coach.hearing.vocabulary.phrase_table import Table, load_table
from coach.live.opening import Parts, open_live
from coach.log.entries import SCHEMA, FinishEntry, SessionEntry, without_talk
from coach.log.writer import LogWriter
from coach.places import state_folder
from coach.session.state import State

if TYPE_CHECKING:
    from coach.devices.port import Devices
    from coach.hearing.ports.ears import Ears
    from coach.library.walk import Walk
    from coach.live.loop import Live
    from coach.sound.pcm import Samples
    from coach.speech.choose import AnyClips
    from coach.training.recorder import Recorder, WalkRecorder

INTERRUPTED = 130
_WORDS = {"paused": "paused", "asking": "yes?", "waiting": "ready?", "set": "get set", "way_out": "slowly"}
"""What to show large where no phase runs: by state, else by kind of segment."""
_SCENE_TICKS = 10  # five times a second


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for on the command line."""

    routine: str | None
    sets: int | None
    reps: int | None
    pace: float
    voice: str | None
    ears: str
    headphones: bool
    log: Path | None
    music: Path | None = None
    today: str | None = None
    resume: bool = False
    walk: "Walk | None" = None
    """In place of a routine of exercises."""
    sound_check: bool = True
    praise: bool = True
    fewer_words: bool = False


def run(
    wishes: Wishes,
    microphone: str | None,
    speaker: str | None,
    show: Callable[[], contextlib.AbstractContextManager["LiveView | PlainView"]],
) -> int:
    """Run a session on the devices that were named; what there is to know before it is printed first."""
    table = load_table()
    files = _on_files(wishes, microphone, speaker)
    asked = asked_of(wishes, resume=wishes.resume, rehearsed=files)
    today = walk_today(wishes.walk, asked.day, rehearsed=files) if wishes.walk else prepare(asked, table)
    print(*today.told, sep="\n", end="\n" if today.told else "")
    with contextlib.ExitStack() as stack:
        if today.recorder:
            stack.callback(today.recorder.close)
        view = stack.enter_context(show())
        bed = _bed(stack, wishes, view)
        log = open_log(wishes.log, "session")
        stack.callback(log.close)
        stack.enter_context(interruptions_logged(log))
        clips = open_clips_of(wishes.voice, view, patient=files)
        stack.callback(clips.close)
        sound = Sound(clips, microphone, speaker, files)
        checked = checked_once(table, sound, view, wishes.headphones) if wishes.sound_check and not files else ()
        parts = replace(
            _parts(stack, wishes, table, view, sound),
            watchers=(log.add if files else lambda entry: log.add(without_talk(entry)), view.watch),
            observers=(today.recorder.see,) if today.recorder else (),
            bed=bed,
        )
        ears = parts.ears.name if parts.ears else None
        log.add(session_entry(wishes, clips.voice.name, ears, rehearsed=False))
        for entry in checked:
            log.add(entry)
        live, workshop = open_live(today.wish, parts)
        stack.callback(workshop.close)
        return run_through(live, view, _complaining_once(today.recorder, view))


def _parts(
    stack: contextlib.ExitStack, wishes: Wishes, table: Table, view: "LiveView | PlainView", sound: Sound
) -> Parts:
    """Open devices, ears and keyboard."""
    devices = _devices(sound.microphone, sound.speaker, files=sound.files)
    stack.callback(devices.close)
    ears = _ears(wishes, table, view, inline=sound.files) if devices.has_microphone else None
    if ears:
        stack.callback(ears.close)
    keyboard = Keyboard(table)
    stack.enter_context(keyboard.reading())
    return Parts(table, sound.clips, devices, ears, (), pressed=keyboard.commands, real=not sound.files)


def asked_of(wishes: Wishes, **kind: Any) -> Asked:
    """Return what the command line says about today's plan."""
    asked = Asked(wishes.routine, wishes.sets, wishes.reps, wishes.pace, day_of(wishes.today), **kind)
    return replace(asked, praise=wishes.praise, fewer_words=wishes.fewer_words)


def _complaining_once(recorder: "Recorder | WalkRecorder | None", view: "LiveView | PlainView") -> Callable[[], None]:
    """Return what says, once, that nothing is recorded any more."""
    told: list[str] = []

    def look() -> None:
        if recorder and recorder.problem and not told:
            told.append(recorder.problem)
            view.note(f"the session goes on, but is no longer recorded: {recorder.problem}")

    return look


def _on_files(wishes: Wishes, microphone: str | None, speaker: str | None) -> bool:
    """Tell whether files take the devices' place. Raises InputError for what does not go together."""
    files = is_file(microphone) or is_file(speaker)
    if is_file(microphone) and not is_file(speaker):
        raise InputError("--microphone FILE wants --speaker FILE too: a session hears a file only in lock-step.")
    if files and wishes.routine is None and not wishes.resume:
        raise InputError("with files for devices name the routine: nobody is there to be asked.")
    return files


def run_through(live: "Live", view: "LiveView | PlainView", after_tick: Callable[[], None] = lambda: None) -> int:
    """Run a session to its end, or to Ctrl-C; show it meanwhile."""
    try:
        _run_to_the_end(live, view, after_tick)
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _run_to_the_end(live: "Live", view: "LiveView | PlainView", after_tick: Callable[[], None]) -> None:
    ticks = 0
    try:
        live.begin()
        while not live.over:
            live.tick()
            after_tick()
            ticks += 1
            if ticks % _SCENE_TICKS == 0:
                view.show(scene_of(live))
        live.end()
    finally:
        # Whatever ended it, the log says that it did. A second Ctrl-C must not cut that short.
        if not live.ended:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            live.end("interrupted")


@contextlib.contextmanager
def interruptions_logged(log: LogWriter) -> Iterator[None]:
    """Finish the log of a session that is interrupted before it began."""
    try:
        yield
    except KeyboardInterrupt:
        log.add(FinishEntry(0.0, "interrupted", 0, 0))
        raise


@contextlib.contextmanager
def interruptions_wait() -> Iterator[None]:
    """Hold Ctrl-C back until the block is over: libraries that load swallow it, or take it for a broken install."""
    waiting: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: waiting.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if waiting:
        raise KeyboardInterrupt


def scene_of(live: "Live") -> Scene:
    """Return what is to be seen of a session now."""
    now = live.now
    return Scene(
        title=now.title,
        word=_WORDS.get(live.session.state) or now.phase or _WORDS.get(live.session.kind) or live.session.kind,
        rep=f"{now.rep}/{now.reps}" if now.rep else "",
        left_s=now.left_s if live.session.state is State.PLAYING else None,
        clock_s=live.clock_s,
    )


def is_file(name: str | None) -> bool:
    """Tell whether a device's name is a file: it ends in .wav or holds a slash."""
    return name is not None and (name.lower().endswith(".wav") or "/" in name or "\\" in name)


def open_clips_of(voice: str | None, view: "LiveView | PlainView", *, patient: bool = True) -> "AnyClips":
    """Open a voice's clips; the view tells where another voice has to speak."""
    from coach.speech.choose import open_clips

    return open_clips(voice, tell=view.note, patient=patient)


def open_log(wanted: Path | None, kind: str) -> LogWriter:
    """Open the log in the state folder, and where it was asked for. Raises InputError for the latter only."""
    stamp = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")
    kept = state_folder() / "sessions" / f"{stamp}-{kind}.jsonl"
    return LogWriter([path for path in (kept, wanted) if path])


def session_entry(wishes: Wishes, voice: str | None, ears: str | None, *, rehearsed: bool) -> SessionEntry:
    """Return a log's first line."""
    started = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    return SessionEntry(0.0, SCHEMA, started, wishes.routine, voice, ears, rehearsed)


def _devices(microphone: str | None, speaker: str | None, *, files: bool) -> "Devices":
    if files:
        from coach.devices.files import FileDevices

        return FileDevices(Path(str(speaker)), Path(microphone) if microphone else None)
    from coach.devices.real import SoundDevices
    from coach.devices.watched import WatchedDevices

    return WatchedDevices(SoundDevices(speaker, microphone))


def _bed(stack: contextlib.ExitStack, wishes: Wishes, view: "LiveView | PlainView") -> "Iterator[Samples] | None":
    """Prepare the music that plays under the voice, where some was asked for: half an hour of it, or a whole walk's."""
    if wishes.music is None:
        return None
    from coach.export.ffmpeg import ffmpeg_path
    from coach.sound.music import LONGEST_S, open_bed

    view.note(f"preparing the music of {wishes.music}")
    longest_s = max(LONGEST_S, wishes.walk.minutes * 60.0 if wishes.walk else 0.0)
    bed = stack.enter_context(open_bed(wishes.music, ffmpeg_path(), longest_s))
    view.note("the music is ready")
    return bed.pieces()


def _ears(wishes: Wishes, table: Table, view: "LiveView | PlainView", *, inline: bool) -> "Ears | None":
    """Open the ears; where there are none the session goes by keyboard and on its own, said once."""
    if wishes.ears not in KINDS:
        raise InputError(f"--ears {wishes.ears}: one of {', '.join(KINDS)}.")
    try:
        with interruptions_wait():
            return open_ears(wishes.ears, table, inline=inline, headphones=wishes.headphones)
    except MachineError as error:
        if wishes.ears != "auto":
            raise
        view.note(f"no ears here ({error}): use the keys; ? lists what can be said.")
        return None
