"""`coach walk`: a walk to a beat, live or as a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import Ears, For, Headphones, Log, Microphone, Music, Plain, Speaker, Voice
from coach.cli.session.commands import recorded, view_of
from coach.errors import CoachError, InputError
from coach.export.target import ENDINGS
from coach.library.walk import USUAL_CADENCE, USUAL_MINUTES, checked_walk

if TYPE_CHECKING:
    from coach.library.walk import Walk

Minutes = Annotated[int, typer.Option(help="Minutes, 1 to 120, including the slow start and finish.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help=f"Write the walk to a file: {ENDINGS}.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(walk)


def walk(
    minutes: Minutes = USUAL_MINUTES,
    cadence: Annotated[int, typer.Option(help="Steps a minute, 90 to 135.")] = USUAL_CADENCE,
    where: Annotated[str, typer.Option(help="Where you walk: outside, spot (on the spot) or treadmill.")] = "outside",
    output: Output = None,
    words: Annotated[bool, typer.Option("--words", help="With -o: also write what's said, as .lrc and .vtt.")] = False,
    verify: Annotated[bool, typer.Option("--verify", help="With -o: then check the file.")] = False,
    voice: Voice = None,
    music: Music = None,
    microphone: Microphone = None,
    speaker: Speaker = None,
    ears: Ears = "auto",
    headphones: Headphones = False,
    log: Log = None,
    person: For = None,
    plain: Plain = False,
) -> None:
    """Walk to a beat: a click for every step, slower at both ends. Say "faster" or "slower" as you go.

    Examples: coach walk --minutes 20 --cadence 110 · coach walk --where spot -o walk.mp3 --music songs
    """
    wanted = checked_walk(minutes, cadence, where)
    if output is not None:
        if microphone or speaker or log:
            raise InputError("-o writes a file: leave out --microphone, --speaker and --log, or leave out -o")
        _tell_pain(person)
        raise typer.Exit(_written(wanted, output, voice, music, words=words, verify=verify))
    if words or verify:
        raise InputError("--words and --verify are for a file; name one with -o FILE.mp3")
    from coach.cli.session import request, running
    from coach.cli.session.interrupts import interruptible
    from coach.cli.training.days import now_of

    sound = request.SoundRequest(
        voice=voice, ears=ears, headphones=headphones, music=music, microphone=microphone, speaker=speaker
    )
    training = request.TrainingRequest(now=now_of(None), walk=wanted)
    asked = request.Request(training=training, sound=sound, record=recorded(log, person))
    with interruptible():
        raise typer.Exit(running.run(asked, lambda: view_of(plain)))


def _tell_pain(person: str | None) -> None:
    """Say where it hurt in the last walk."""
    from coach.cli.files.export import tell
    from coach.training.history import History
    from coach.training.people.names import find_person
    from coach.training.walking.pain import walk_pain

    own = find_person(person).history
    try:
        pain = walk_pain(History.open(own=own))
    except CoachError as error:
        tell(f"I can't tell whether your last walk hurt: {error}")
        return
    if pain is not None:
        tell(pain.line)


def _written(wanted: "Walk", output: Path, voice: str | None, music: Path | None, *, words: bool, verify: bool) -> int:
    """Write the walk as a file; return the exit code."""
    from coach.cli.files.export import fulfilled, proven, tell
    from coach.export.order import Order
    from coach.export.target import agreed_format, checked
    from coach.library.routine import walk_routine
    from coach.timeline.step import Shape

    kind = agreed_format(output, None)
    checked(output)
    order = Order(walk_routine(wanted), Shape(), output, kind, voice, words=words, music=music, tell=tell)
    made = fulfilled(order)
    return 1 if verify and not proven(made) else 0
