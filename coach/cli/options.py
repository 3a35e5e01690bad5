"""The command line's options: what several commands share is defined here, once."""

from pathlib import Path
from typing import Annotated

import typer

from coach.hearing.recipe import KINDS

# What is printed

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Plain = Annotated[bool, typer.Option("--plain", help="Plain lines only, for a simple terminal.")]

ScreenPage = Annotated[bool, typer.Option("--screen", help="Also show it in large print on a page in your browser.")]
Flash = Annotated[bool, typer.Option("--flash", help="With --screen: flash as each movement begins.")]

# What is trained

Routine = Annotated[str, typer.Argument(help="A routine's id, or a file ending in .toml.", metavar="ROUTINE")]
AnyRoutine = Annotated[
    str | None, typer.Argument(help="A routine's id, or a file of your own (.toml).", metavar="ROUTINE")
]
Sets = Annotated[int | None, typer.Option(help="Sets of each exercise, 1 to 5.")]
Reps = Annotated[int | None, typer.Option(help="Reps in each set, 1 to 30.")]
Pace = Annotated[float, typer.Option(help="Pace of the movements, 0.85 (faster) to 1.5 (slower).")]
SpeechRate = Annotated[
    int | None, typer.Option("--speech-rate", help="Words a minute, 80 to 200. If left out, the profile decides.")
]
Today = Annotated[str | None, typer.Option(help="Pretend that today is this day.", metavar="YYYY-MM-DD")]
Praise = Annotated[bool, typer.Option(help="Say something encouraging at the start of a rest.")]
FewerWords = Annotated[bool, typer.Option("--fewer-words", help="Say less during the sets.")]
ShortSetups = Annotated[bool, typer.Option("--short-setups", help="Keep the set-ups short, for exercises you know.")]

WarmUp = Annotated[
    bool | None, typer.Option("--warm-up/--no-warm-up", help="Warm up first. If left out, the profile decides.")
]
BalanceHold = Annotated[bool | None, typer.Option("--balance/--no-balance", help="Do the balance hold by the chair.")]
WindDown = Annotated[bool | None, typer.Option("--wind-down/--no-wind-down", help="Wind down for a minute at the end.")]

# For whom

PERSON = "COACH_PERSON"
"""The environment variable that says so where --for does not."""

For = Annotated[
    str | None,
    typer.Option("--for", envvar=PERSON, help="Who it's for: a name from `coach people`.", metavar="NAME"),
]
ProfileFile = Annotated[
    Path | None, typer.Option("--profile", help="A different profile, instead of yours.", metavar="FILE")
]

# How it sounds, and how it is heard

Voice = Annotated[str | None, typer.Option(help="Who speaks; `coach voices` lists them.")]
Music = Annotated[Path | None, typer.Option(help="Music under the voice: a file or a folder.", metavar="FILE|FOLDER")]
Speaker = Annotated[str | None, typer.Option(help="A device's name, or a .wav file to write.", metavar="NAME|FILE")]
Microphone = Annotated[
    str | None, typer.Option(help="A device's name, or a .wav file to listen to.", metavar="NAME|FILE")
]
Ears = Annotated[str, typer.Option(help=f"The speech recognition: {', '.join(KINDS[:-1])} or {KINDS[-1]}.")]
Headphones = Annotated[bool, typer.Option("--headphones", help="You're wearing headphones.")]

# Where it is written

Log = Annotated[Path | None, typer.Option(help="Also write the log to this file.", metavar="FILE.jsonl")]
HistoryFile = Annotated[
    Path | None, typer.Option("--history", help="A separate history, where rehearsals count.", metavar="FILE")
]
HistoryToWrite = Annotated[
    Path | None, typer.Option("--history", help="Base the plan on this history, and add to it.", metavar="FILE")
]
