"""`coach commands` and `coach listen`: what can be said, and what would be understood in a recording."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import Ears, Json
from coach.errors import InputError


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("commands")(commands)
    app.command("listen")(listen)


def commands(as_json: Json = False) -> None:
    """List what you can say in a session, and the key that does the same.

    Example: coach commands --json
    """
    from coach.cli.machine.sayings import as_object, said
    from coach.hearing.vocabulary.phrase_table import load_table

    table = load_table()
    if as_json:
        print(json.dumps([as_object(entry) for entry in table.entries]))
        return
    from rich.console import Console
    from rich.table import Table as Grid

    grid = Grid("say", "does", "key", box=None, header_style="bold", pad_edge=False)
    for entry in table.entries:
        grid.add_row(said(entry, quote="", joint=", "), entry.does, entry.key, style="bold" if entry.safety else "")
    Console().print(grid)


def listen(
    microphone: Annotated[Path, typer.Option("--microphone", metavar="FILE.wav", help="The recording to listen to.")],
    place: Annotated[
        str,
        typer.Option(
            "--in",
            metavar="PLACE",
            help="The moment in the session: set, rest, effort (when the coach asks how hard it was) "
            "... or everything.",
        ),
    ] = "set",
    ears: Ears = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object per line.")] = False,
) -> None:
    """Show what a session would understand in a recording: during a set, at some other moment, or at any moment.

    Examples: coach listen --microphone me.wav · coach listen --microphone me.wav --in effort
    """
    from coach.cli.machine.understanding import as_line, as_object, nothing_heard, recording, understood
    from coach.hearing.choose import open_ears
    from coach.hearing.vocabulary.phrase_table import load_table
    from coach.live.places import PLACES, context_in

    if place not in PLACES:
        raise InputError(f"--in {place}: choose one of {', '.join(PLACES)}")
    table = load_table()
    sound = recording(microphone)
    # Nothing was played: no echo to remove.
    listening = open_ears(ears, table, inline=True, headphones=True)
    silent = True
    try:
        for heard, verdict in understood(sound, listening, table, context_in(place)):
            silent = False
            print(json.dumps(as_object(heard, verdict)) if as_json else as_line(heard, verdict))
    finally:
        listening.close()
    if silent:
        print(nothing_heard(microphone, sound), file=sys.stderr if as_json else sys.stdout)
