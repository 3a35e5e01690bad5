"""Steer a session from afar: what a media key means in it, and what a lock screen shows of it."""

from collections.abc import Callable

from coach.devices.media_keys import MediaKey, MediaKeys, NowPlaying, PlaybackStatus
from coach.hearing.vocabulary.commands import Command
from coach.live.keys import Keystroke
from coach.screen.words import kind_words
from coach.session.state import Session, State
from coach.session.wording import exercise_of, side_of
from coach.timeline.cue import SegmentKind

STEERING = {MediaKey.STOP: Command.STOP, MediaKey.NEXT: Command.NEXT, MediaKey.PREVIOUS: Command.REPEAT}


class Remote:
    """Media keys as commands; the session as a track."""

    def __init__(self, report: Callable[[float, str], None]) -> None:
        """Be there from now on. `report` takes the session clock and what is wrong, from any thread."""
        self._held, self._now_s = False, 0.0
        self._keys = MediaKeys(lambda what: report(self._now_s, what))

    def commands(self) -> tuple[Keystroke, ...]:
        """Return the next press as a command. One at a time: what a press means depends on the one before it."""
        key = self._keys.pressed()
        command = command_of(key, held=self._held) if key else None
        return ((command, None),) if command else ()

    def see(self, session: Session) -> None:
        """Take in the session after an event."""
        self._held, self._now_s = session.state is State.PAUSED, session.now_s
        self._keys.show(now_playing(session))

    def close(self) -> None:
        """Show nothing more."""
        self._keys.close()


def command_of(key: MediaKey, *, held: bool) -> Command | None:
    """Return what a key means: play and pause hold what goes on, or let go on what is held."""
    match key:
        case MediaKey.PLAY_PAUSE:
            return Command.RESUME if held else Command.PAUSE
        case MediaKey.PLAY:
            return Command.RESUME if held else None
        case MediaKey.PAUSE:
            return None if held else Command.PAUSE
    return STEERING[key]


def now_playing(session: Session) -> NowPlaying:
    """Return the session as a track: exercise, side and rep in a set, elsewhere what goes on."""
    album = session.routine.name if session.routine else ""
    return NowPlaying(_title(session), album, session.index, _status(session))


def _status(session: Session) -> PlaybackStatus:
    if session.state is State.FINISHED:
        return PlaybackStatus.STOPPED
    return PlaybackStatus.PAUSED if session.state is State.PAUSED else PlaybackStatus.PLAYING


def _title(session: Session) -> str:
    exercise = exercise_of(session.routine, session.step)
    if exercise is None:
        return kind_words(session.kind)
    if session.kind is not SegmentKind.SET or session.block is None:
        return f"{exercise.name} · {kind_words(session.kind)}"
    side, of = side_of(session.step, exercise), session.block.reps
    rep = f"rep {min(of, session.rep or session.done + 1)} of {of}"
    return " · ".join(part for part in (exercise.name, side, rep) if part)
