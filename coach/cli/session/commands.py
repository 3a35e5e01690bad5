"""`coach run` and `coach rehearse`: a session on real devices or files, and one with nobody there."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.hearing.recipe import KINDS

if TYPE_CHECKING:
    from coach.cli.session.view import LiveView, PlainView

Routine = Annotated[str | None, typer.Argument(help="An id, or a file of your own (.toml).", metavar="ROUTINE")]
Speaker = Annotated[str | None, typer.Option(help="A device's name, or a .wav file to write.", metavar="NAME|FILE")]
Microphone = Annotated[str | None, typer.Option(help="A device's name, or a .wav file to hear.", metavar="NAME|FILE")]
Voice = Annotated[str | None, typer.Option(help="Who speaks; `coach voices` lists them.")]
Ears = Annotated[str, typer.Option(help=f"{', '.join(KINDS[:-1])} or {KINDS[-1]}.")]
Headphones = Annotated[bool, typer.Option("--headphones", help="The microphone can't hear the coach.")]
Sets = Annotated[int | None, typer.Option(help="Sets of each exercise, 1 to 5.")]
Reps = Annotated[int | None, typer.Option(help="Reps of each set, 1 to 30.")]
Pace = Annotated[float, typer.Option(help="0.85 (faster) to 1.5 (slower).")]
Log = Annotated[Path | None, typer.Option(help="Also write the log here.", metavar="FILE.jsonl")]
Music = Annotated[Path | None, typer.Option(help="Music under the voice: a file or a folder.", metavar="FILE|FOLDER")]
Today = Annotated[str | None, typer.Option(help="Take this day for today.", metavar="YYYY-MM-DD")]
HistoryFile = Annotated[
    Path | None, typer.Option("--history", help="Plan by this history, and write into it.", metavar="FILE")
]
Praise = Annotated[bool, typer.Option(help="Kind words as a rest begins.")]
Plain = Annotated[bool, typer.Option("--plain", help="Plain lines, for a dumb terminal.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("run")(run)
    app.command("rehearse")(rehearse)


def run(
    routine: Routine = None,
    microphone: Microphone = None,
    speaker: Speaker = None,
    voice: Voice = None,
    ears: Ears = "auto",
    headphones: Headphones = False,
    sets: Sets = None,
    reps: Reps = None,
    pace: Pace = 1.0,
    log: Log = None,
    music: Music = None,
    today: Today = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the session that broke off today.")] = False,
    sound_check: Annotated[bool, typer.Option(help="Before the first session of all.")] = True,
    praise: Praise = True,
    fewer_words: Annotated[bool, typer.Option("--fewer-words", help="Say less in the sets.")] = False,
    plain: Plain = False,
) -> None:
    """Train: the coach speaks, you answer. Without a routine it asks which."""
    from coach.cli.session import running

    asked = (routine, sets, reps, pace, voice, ears, headphones, log, music, today, resume)
    wishes = running.Wishes(*asked, sound_check=sound_check, praise=praise, fewer_words=fewer_words)
    with interruptible():
        code = running.run(wishes, microphone, speaker, lambda: view_of(plain))
    raise typer.Exit(code)


def rehearse(
    routine: Routine = None,
    script: Annotated[Path | None, typer.Option(help="What she says, and when.", metavar="FILE.toml")] = None,
    noise: Annotated[Path | None, typer.Option(help="Noise in the room.", metavar="FILE.wav")] = None,
    snr: Annotated[float, typer.Option(help="Her voice over that noise, in dB.")] = 10.0,
    echo: Annotated[float, typer.Option(help="The coach's echo minus her voice, in dB.")] = -12.0,
    by_text: Annotated[bool, typer.Option("--by-text", help="Without sound: much faster.")] = False,
    room: Annotated[Path | None, typer.Option(help="Record the room here.", metavar="FILE.wav")] = None,
    speaker: Annotated[Path | None, typer.Option(help="Record the coach alone here.", metavar="FILE.wav")] = None,
    voice: Voice = None,
    ears: Ears = "auto",
    headphones: Headphones = False,
    sets: Sets = None,
    reps: Reps = None,
    pace: Pace = 1.0,
    log: Log = None,
    history: HistoryFile = None,
    today: Today = None,
    plain: Plain = False,
) -> None:
    """Watch a session with a simulated person in it, at many times the usual speed."""
    from coach.cli.session import rehearsing, running

    wishes = running.Wishes(routine or "spine-strength", sets, reps, pace, voice, ears, headphones, log, today=today)
    room_wishes = rehearsing.RoomWishes(script, noise, snr, echo, by_text, room, speaker, history)
    with interruptible(), view_of(plain) as view:
        outcome = rehearsing.rehearse(wishes, room_wishes, view)
    for line in outcome.told:
        print(line)
    raise typer.Exit(outcome.code)


@contextlib.contextmanager
def view_of(plain: bool) -> "Iterator[LiveView | PlainView]":
    """Show what happens: on a terminal in place, elsewhere line by line."""
    from coach.cli.session.view import LiveView, PlainView

    view = PlainView() if plain or not sys.stdout.isatty() else LiveView()
    with view.shown():
        yield view


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let a request to end, or a closed terminal, be the same as Ctrl-C: the log is kept, the terminal put back."""
    import signal

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
