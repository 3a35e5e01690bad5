"""`coach run` and `coach rehearse`: a session on real devices or files, and one with a simulated exerciser."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import (
    AnyRoutine,
    BalanceHold,
    Ears,
    FewerWords,
    Flash,
    For,
    Headphones,
    HistoryToWrite,
    Log,
    Microphone,
    Music,
    Pace,
    Plain,
    Praise,
    Reps,
    ScreenPage,
    Sets,
    Speaker,
    SpeechRate,
    Today,
    Voice,
    WarmUp,
    WindDown,
)
from coach.cli.session.interrupts import interruptible
from coach.cli.training.days import now_of
from coach.errors import InputError

if TYPE_CHECKING:
    from coach.cli.session.request import RecordRequest, Request, ScreenRequest
    from coach.cli.session.view import SessionView

USUAL = "spine-strength"
"""What is rehearsed where no routine is named."""


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("run")(run)
    app.command("rehearse")(rehearse)


def run(
    routine: AnyRoutine = None,
    microphone: Microphone = None,
    speaker: Speaker = None,
    voice: Voice = None,
    ears: Ears = "auto",
    headphones: Headphones = False,
    sets: Sets = None,
    reps: Reps = None,
    pace: Pace = 1.0,
    speech_rate: SpeechRate = None,
    warm_up: WarmUp = None,
    balance: BalanceHold = None,
    wind_down: WindDown = None,
    log: Log = None,
    music: Music = None,
    today: Today = None,
    person: For = None,
    resume: Annotated[bool, typer.Option("--resume", help="Pick up the session that was cut short today.")] = False,
    sound_check: Annotated[bool, typer.Option(help="Check the sound before the very first session.")] = True,
    praise: Praise = True,
    fewer_words: FewerWords = False,
    screen: ScreenPage = False,
    flash: Flash = False,
    plain: Plain = False,
) -> None:
    """Train: the coach speaks, you answer. If you name no routine, it asks which one.

    Examples: coach run · coach run bands --reps 6 · coach run spine-strength --screen
    """
    from coach.cli.session import request, running

    plan = request.TrainingRequest(now=now_of(today), routine=routine, sets=sets, reps=reps, pace=pace, praise=praise,
        resume=resume, fewer_words=fewer_words, around=request.parts_of(warm_up, balance, wind_down))  # fmt: skip
    sound = request.SoundRequest(voice=voice, speech_rate=speech_rate, ears=ears, headphones=headphones, music=music,
                                 microphone=microphone, speaker=speaker, sound_check=sound_check)  # fmt: skip
    asked = request.Request(training=plan, sound=sound, record=recorded(log, person), screen=_asked(screen, flash))
    with interruptible():
        raise typer.Exit(running.run(asked, lambda: view_of(plain)))


def rehearse(
    routine: AnyRoutine = None,
    script: Annotated[Path | None, typer.Option(help="What the person says, and when.", metavar="FILE.toml")] = None,
    noise: Annotated[Path | None, typer.Option(help="Noise to play in the room.", metavar="FILE.wav")] = None,
    snr: Annotated[float, typer.Option(help="How much louder the person is than that noise, in dB.")] = 10.0,
    echo: Annotated[float, typer.Option(help="How much louder the echo is than the person, in dB.")] = -12.0,
    by_text: Annotated[bool, typer.Option("--by-text", help="Rehearse without sound: much faster.")] = False,
    room: Annotated[Path | None, typer.Option(help="Record the room here.", metavar="FILE.wav")] = None,
    speaker: Annotated[Path | None, typer.Option(help="Record the coach alone here.", metavar="FILE.wav")] = None,
    voice: Voice = None,
    ears: Ears = "auto",
    headphones: Headphones = False,
    sets: Sets = None,
    reps: Reps = None,
    pace: Pace = 1.0,
    speech_rate: SpeechRate = None,
    warm_up: WarmUp = None,
    balance: BalanceHold = None,
    wind_down: WindDown = None,
    log: Log = None,
    history: HistoryToWrite = None,
    today: Today = None,
    person: For = None,
    screen: ScreenPage = False,
    flash: Flash = False,
    plain: Plain = False,
) -> None:
    """Watch a session with a simulated person in it, at many times the usual speed; with --screen in real time.

    Examples: coach rehearse · coach rehearse bands --by-text · coach rehearse --room room.wav
    """
    from coach.cli.session import request

    training = request.TrainingRequest(now=now_of(today), routine=routine or USUAL, sets=sets, reps=reps, pace=pace,
                                       around=request.parts_of(warm_up, balance, wind_down))  # fmt: skip
    sound = request.SoundRequest(voice=voice, speech_rate=speech_rate, ears=ears, headphones=headphones)
    simulated = request.RoomRequest(script=script, noise=noise, snr_db=snr, echo_db=echo, by_text=by_text,
                                    recording=room, coach_recording=speaker)  # fmt: skip
    raise typer.Exit(_rehearsed(request.Request(training=training, sound=sound, record=recorded(log, person, history),
        room=simulated, screen=_asked(screen, flash)), plain))  # fmt: skip


def _rehearsed(asked: "Request", plain: bool) -> int:
    """Rehearse, say what it came to, and return the exit code."""
    from coach.cli.session import rehearsing

    with interruptible():
        outcome = rehearsing.rehearse(asked, lambda: view_of(plain))
    print(*outcome.lines, sep="\n")
    return outcome.code


def recorded(log: Path | None, person: str | None, history: Path | None = None) -> "RecordRequest":
    """Return where a session is written, and for whom. InputError: there is nobody of that name."""
    from coach.cli.session.request import RecordRequest
    from coach.training.people.names import find_person

    named = bool(person and person.strip())
    return RecordRequest(log=log, history=history, person=find_person(person), named=named)


def _asked(page: bool, flash: bool) -> "ScreenRequest":
    from coach.cli.session.request import ScreenRequest

    if flash and not page:
        raise InputError("--flash lights up the page that --screen opens: add --screen.")
    return ScreenRequest(page=page, flash=flash)


@contextlib.contextmanager
def view_of(plain: bool) -> "Iterator[SessionView]":
    """Show what happens: on a terminal in place, elsewhere line by line."""
    from coach.cli.session.live_view import LiveView
    from coach.cli.session.plain_view import PlainView
    from coach.hearing.vocabulary.phrase_table import load_table

    view: SessionView = PlainView() if plain or not sys.stdout.isatty() else LiveView(load_table())
    with view.shown():
        yield view
