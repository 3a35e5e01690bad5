"""What the terminal shows while a session runs: big and few words, or plain lines. And the keys she may press."""

import contextlib
import os
import select
import shutil
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from coach.cli.session.figure_view import FigureView
from coach.cli.session.letters import big
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.log.entries import DeviceEntry, Entry, HeardEntry, RepEntry, SayEntry, SegmentEntry, StateEntry

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

SHOWN_EVERY_S = 0.25

NOTES = {
    "speaker lost": "the loudspeaker is gone: everything waits until it is back",
    "speaker back": "the loudspeaker is back",
    "microphone lost": "the microphone is gone: everything waits until it is back",
    "microphone muted": "the microphone gives no sound: is it switched off? everything waits",
    "microphone back": "the microphone is back",
    "microphone clipping": "the microphone is set too loud: turn its level down",
    "microphone quiet": "the microphone hears very little: come closer, or turn its level up",
}
"""What to show for the log's words about devices; others are shown as they are."""
FIGURE_COLUMNS, FIGURE_ROWS = (20, 30), 11  # from, to
COUNT_COLUMNS = 48  # a word of six big letters: the figure never takes their place


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen right now."""

    title: str = ""
    word: str = ""
    """The phase, or what there is to do."""
    rep: str = ""
    left_s: float | None = None
    said: str = ""
    heard: str = ""
    taken: bool = False
    note: str = ""
    clock_s: float = 0.0


class View(Protocol):
    """Implementations: `LiveView`, `PlainView`."""

    def watch(self, entry: Entry) -> None:
        """Take in what happened. Takes no time."""
        ...

    def show(self, scene: Scene) -> None:
        """Show where the session is."""
        ...

    def note(self, text: str) -> None:
        """Show a line of our own."""
        ...


class _Watching:
    """Keeps what the log says for the scene."""

    def __init__(self) -> None:
        self.scene = Scene()

    def watch(self, entry: Entry) -> None:
        """Take in what happened."""
        match entry:
            case SegmentEntry(title=title):
                self.scene = replace(self.scene, title=title, said="", rep="")
            case SayEntry(text=text):
                self.scene = replace(self.scene, said=text)
            case HeardEntry(text=text, accepted=accepted, reason=reason):
                self.scene = replace(self.scene, heard=_heard(text, accepted, reason), taken=accepted)
            case DeviceEntry(what=what):
                self.scene = replace(self.scene, note=NOTES.get(what, what))
            case _:
                pass

    def show(self, scene: Scene) -> None:
        """Take over where the session is; what was said and heard stays."""
        here = self.scene
        self.scene = replace(scene, said=here.said, heard=here.heard, taken=here.taken, note=here.note)

    def note(self, text: str) -> None:
        """Show a line of our own."""
        self.scene = replace(self.scene, note=text)


class LiveView(_Watching):
    """The scene in big letters and the figure beside them, drawn by a thread of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._figure = FigureView()

    def watch(self, entry: Entry) -> None:
        """Take in what happened."""
        super().watch(entry)
        self._figure.watch(entry)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Draw it while the session runs; leave the terminal as it was."""
        from rich.live import Live

        with Live(get_renderable=self._drawn, refresh_per_second=1 / SHOWN_EVERY_S, screen=sys.stdout.isatty()):
            yield

    def _drawn(self) -> "RenderableType":
        from rich.align import Align
        from rich.console import Group
        from rich.panel import Panel
        from rich.text import Text

        scene = self.scene
        body = Group(
            Text(scene.title.upper(), style="bold"),
            Text(),
            self._count(),
            Text(),
            Text(scene.said),
            Text(scene.heard, style="bold green" if scene.taken else "bold red"),
            Text(scene.note, style="magenta"),
        )
        foot = f"{_clock(scene.clock_s)} · ? what can be said · space pause · c continue · q end"
        return Panel(Align.center(body, vertical="middle"), subtitle=foot, padding=(1, 2))

    def _count(self) -> "RenderableType":
        """Return the word and the numbers in big letters, and where there is room the figure beside them."""
        from rich.columns import Columns
        from rich.text import Text

        scene, columns = self.scene, shutil.get_terminal_size().columns - 8
        left = "" if scene.left_s is None else f"{int(scene.left_s) // 60}:{int(scene.left_s) % 60:02d}"
        least, most = FIGURE_COLUMNS
        wide = min(most, columns - COUNT_COLUMNS - 1)
        figure = self._figure.lines(scene.clock_s, wide, FIGURE_ROWS) if wide >= least else ()
        if not figure:
            return Text("\n\n").join(_big(scene.word, "  ".join(filter(None, (scene.rep, left))), columns))
        drawn = Text("\n".join(line.ljust(wide) for line in figure), no_wrap=True)
        return Columns([drawn, Text("\n\n").join(_big(scene.word, scene.rep or left, columns - wide - 1))])


class PlainView(_Watching):
    """A line for each thing that happens, for a dumb terminal or a pipe."""

    def __init__(self, out: "TextOut | None" = None) -> None:
        super().__init__()
        self._out = out or sys.stdout

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Need no preparation."""
        yield

    def watch(self, entry: Entry) -> None:
        """Print what happened."""
        super().watch(entry)
        text = _line(entry)
        if text:
            self._print(f"{_clock(entry.t)}  {text}")

    def note(self, text: str) -> None:
        """Print a line of our own."""
        self._print(text)

    def _print(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()


class TextOut(Protocol):
    """Something to print on."""

    def write(self, text: str, /) -> object: ...

    def flush(self) -> object: ...


def _line(entry: Entry) -> str:
    match entry:
        case SegmentEntry():
            parts = (entry.title, entry.side, f"set {entry.set}" if entry.set else None)
            return " · ".join((entry.kind, *(part for part in parts if part)))
        case RepEntry():
            return f"  rep {entry.n} of {entry.of}"
        case HeardEntry():
            return "  " + _heard(entry.text, entry.accepted, entry.reason)
        case StateEntry():
            return f"  {entry.state}" + (f": {entry.question}?" if entry.question else "")
        case DeviceEntry():
            return f"  {NOTES.get(entry.what, entry.what)}"
    return ""


def _heard(text: str | None, accepted: bool, reason: str) -> str:
    return f'heard "{text or "..."}"' + ("" if accepted else f" (not taken: {reason.replace('_', ' ')})")


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60:2d}:{int(seconds) % 60:02d}"


def _big(word: str, numbers: str, columns: int) -> "list[Text]":
    from rich.text import Text

    return [
        Text(big(word, columns), style="bold yellow", no_wrap=True),
        Text(big(numbers, columns), style="bold cyan", no_wrap=True),
    ]


class Keyboard:
    """Keys as commands, read from the terminal as they are pressed; the terminal is put back at the end."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._pressed: list[tuple[Command, int | None]] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def commands(self) -> Iterable[tuple[Command, int | None]]:
        """Return what was pressed since the last call."""
        if not self._pressed:
            return ()
        with self._lock:
            pressed, self._pressed = self._pressed, []
        return pressed

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read keys while the session runs, where there is a terminal. Ctrl-C still interrupts."""
        if not sys.stdin.isatty():
            yield
            return
        with _single_keys():
            thread = threading.Thread(target=self._read, name="keys", daemon=True)
            thread.start()
            try:
                yield
            finally:
                self._closing.set()
                thread.join(timeout=1)

    def _read(self) -> None:
        while not self._closing.is_set():
            for character in _keys_within(0.2):
                command = self._table.pressed(character)
                if command:
                    with self._lock:
                        self._pressed.append(command)


if sys.platform == "win32":
    import msvcrt

    @contextlib.contextmanager
    def _single_keys() -> Iterator[None]:
        yield

    def _keys_within(seconds: float) -> str:
        time.sleep(seconds)
        keys = ""
        while msvcrt.kbhit():
            keys += msvcrt.getwch()
        return keys

else:
    import termios
    import tty

    @contextlib.contextmanager
    def _single_keys() -> Iterator[None]:
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)
        tty.setcbreak(descriptor)
        try:
            yield
        finally:
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)

    def _keys_within(seconds: float) -> str:
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        keys = os.read(sys.stdin.fileno(), 64).decode("utf-8", "ignore") if ready else ""
        return "" if keys.startswith("\x1b") else keys  # an arrow is no command
