"""A session from the command line: wishes in, exit code out."""

import contextlib
import datetime
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coach.cli.shaping import checked_pace, shaped
from coach.cli.view import Keyboard, LiveView, PlainView, Scene
from coach.errors import InputError, MachineError
from coach.hearing.choose import KINDS, open_ears
from coach.hearing.table import Table, load_table
from coach.library.files import load_routine
from coach.places import state_folder
from coach.session.log import SCHEMA, FinishEntry, LogWriter, SessionEntry, without_talk
from coach.session.opening import Parts, Wish, open_live
from coach.session.state import State

if TYPE_CHECKING:
    from coach.hearing.ears import Ears
    from coach.session.live import Live
    from coach.session.port import Devices
    from coach.sound.clip import Samples
    from coach.speech.clips import Clips

USUAL = "spine-strength"
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


def run(wishes: Wishes, microphone: str | None, speaker: str | None, view: "LiveView | PlainView") -> int:
    """Run a session on the devices that were named."""
    table = load_table()
    files = _on_files(wishes, microphone, speaker)
    wish = wish_of(wishes, table)
    with contextlib.ExitStack() as stack:
        bed = _bed(stack, wishes.music)
        log = open_log(wishes.log, "session")
        stack.callback(log.close)
        stack.enter_context(interruptions_logged(log))
        clips = open_clips_of(wishes.voice)
        stack.callback(clips.close)
        devices = _devices(microphone, speaker, files=files)
        stack.callback(devices.close)
        ears = _ears(wishes, table, view, inline=files) if devices.has_microphone else None
        if ears:
            stack.callback(ears.close)
        keyboard = Keyboard(table)
        stack.enter_context(keyboard.reading())
        parts = Parts(
            table=table,
            clips=clips,
            devices=devices,
            ears=ears,
            watchers=(log.add if files else lambda entry: log.add(without_talk(entry)), view.watch),
            pressed=keyboard.commands,
            real=not files,
            bed=bed,
        )
        log.add(session_entry(wishes, clips.voice.name, ears.name if ears else None, rehearsed=False))
        live, workshop = open_live(wish, parts)
        stack.callback(workshop.close)
        return run_through(live, view)


def _on_files(wishes: Wishes, microphone: str | None, speaker: str | None) -> bool:
    """Tell whether files take the devices' place. Raises InputError for what does not go together."""
    files = is_file(microphone) or is_file(speaker)
    if is_file(microphone) and not is_file(speaker):
        raise InputError("--microphone FILE wants --speaker FILE too: a session hears a file only in lock-step.")
    if files and wishes.routine is None:
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


def wish_of(wishes: Wishes, table: Table) -> Wish:
    """Read the routine, or those that can be answered with. Raises InputError."""
    checked_pace(wishes.pace)
    choices = tuple(shaped(load_routine(choice.routine), wishes.sets, wishes.reps) for choice in table.choices)
    routine = shaped(load_routine(wishes.routine), wishes.sets, wishes.reps) if wishes.routine else None
    return Wish(routine, choices, USUAL, wishes.pace)


def open_clips_of(voice: str | None) -> "Clips":
    """Open a voice's clips."""
    from coach.speech.clips import open_clips

    return open_clips(voice) if voice else open_clips()


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
        from coach.session.file_devices import FileDevices

        return FileDevices(Path(str(speaker)), Path(microphone) if microphone else None)
    from coach.session.sound_devices import SoundDevices

    return SoundDevices(speaker, microphone)


def _bed(stack: contextlib.ExitStack, music: Path | None) -> "Iterator[Samples] | None":
    """Prepare the music that plays under the voice, where some was asked for."""
    if music is None:
        return None
    from coach.export.ffmpeg import ffmpeg_path
    from coach.sound.music import open_bed

    return stack.enter_context(open_bed(music, ffmpeg_path())).pieces()


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
