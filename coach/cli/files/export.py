"""`coach export`: write a routine as a sound file."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import (
    BalanceHold,
    FewerWords,
    For,
    HistoryFile,
    Music,
    Pace,
    Praise,
    ProfileFile,
    Reps,
    Routine,
    Sets,
    ShortSetups,
    SpeechRate,
    Voice,
    WarmUp,
    WindDown,
)
from coach.cli.session.request import parts_of
from coach.errors import InputError
from coach.export.target import ENDINGS, Format

if TYPE_CHECKING:
    from coach.export.order import Exported, Order
    from coach.library.routine import Routine as LoadedRoutine
    from coach.library.routine import WantedParts

Output = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE", help=f"The file to write: {ENDINGS}; with --split, a folder."),
]
FileFormat = Annotated[
    str | None, typer.Option("--format", help=f"{', '.join(Format)}; by default, taken from the file name's extension.")
]
Split = Annotated[bool, typer.Option("--split", help="A folder of tracks, one for each chapter.")]
Library = Annotated[
    bool,
    typer.Option(
        "--library", help="With --split: -o is an audiobook server's library folder; the book is added to it."
    ),
]
Words = Annotated[bool, typer.Option("--words", help="Also write what's said, as .lrc and .vtt next to the file.")]
Verify = Annotated[bool, typer.Option("--verify", help="Then check the file, as coach verify does.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(export)


def export(
    routine: Routine,
    output: Output,
    voice: Voice = None,
    sets: Sets = None,
    reps: Reps = None,
    pace: Pace = 1.0,
    speech_rate: SpeechRate = None,
    rest: Annotated[float | None, typer.Option(help="Length of each rest in seconds, 15 to 300.")] = None,
    gate: Annotated[float | None, typer.Option(help="Seconds to wait before each set, 5 to 120 (usually 15).")] = None,
    warm_up: WarmUp = None,
    balance: BalanceHold = None,
    wind_down: WindDown = None,
    fewer_words: FewerWords = False,
    short_setups: ShortSetups = False,
    praise: Praise = True,
    person: For = None,
    profile: ProfileFile = None,
    history: HistoryFile = None,
    split: Split = False,
    library: Library = False,
    words: Words = False,
    music: Music = None,
    file_format: FileFormat = None,
    verify: Verify = False,
) -> None:
    """Write a routine as a sound file to follow anywhere, with a chapter for every set.

    Examples: coach export spine-strength -o workout.mp3 · coach export bands -o tracks --split --sets 2 --pace 1.15
    """
    from coach.cli.files.shaping import checked_rate, shape_of
    from coach.export.order import Order

    kind = _checked(output, file_format, split=split, library=library)
    shape = shape_of(pace, rest, gate, fewer_words=fewer_words, short_setups=short_setups, praise=praise)
    chosen, notices, usual_rate = _fitted((person, profile, history), routine, sets, reps, rest,
                                          parts_of(warm_up, balance, wind_down))  # fmt: skip
    output, rate = _book(output, chosen.name) if library else output, checked_rate(speech_rate) or usual_rate
    order = Order(chosen, shape, output, kind, voice, rate, split=split, words=words, music=music, tell=tell)
    raise typer.Exit(_made(order, notices, verify=verify))


def _fitted(
    hers: tuple[str | None, Path | None, Path | None], routine: str, sets: int | None, reps: int | None,
    rest_s: float | None, parts: "WantedParts",
) -> "tuple[LoadedRoutine, tuple[str, ...], int]":  # fmt: skip
    """Return the routine as it may be trained, what is to be read first, and the rate of speech she likes.

    Args: hers: person, profile and history, as they were named.
    """
    from coach.cli.training.person import fitting, past_of, whose

    person, profile, history = hers
    by = whose(person, profile)
    past = past_of(history, by.history)
    chosen, notices = fitting(routine, by, sets=sets, reps=reps, rest_s=rest_s, around=parts, past=past)
    return chosen, notices, by.profile.speech_rate


def _made(order: "Order", notices: Sequence[str], *, verify: bool) -> int:
    """Say what is to be read first, make what was ordered, prove it where asked, and return the exit code."""
    for line in notices:
        print(line, file=sys.stderr)
    made = fulfilled(order)
    return 1 if verify and not proven(made) else 0


def _checked(output: Path, file_format: str | None, *, split: bool, library: bool) -> "Format":
    """Return the format to write, the target being one that may be written. Raises InputError."""
    from coach.export.target import agreed_format, checked, checked_folder

    if split:
        return checked_folder(output, file_format)
    if library:
        raise InputError("--library works only with --split: add --split, or leave out --library")
    kind = agreed_format(output, file_format)
    checked(output)
    return kind


def _book(library: Path, title: str) -> Path:
    """Return a book's folder in a library, as audiobook servers look for it: below its author's."""
    from coach.export.file_names import safe_name
    from coach.export.order import ARTIST

    author = library / ARTIST
    try:
        author.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{author}: can't be created ({error.strerror or error}); choose another place") from error
    return author / safe_name(title)


def tell(line: str) -> None:
    """Say something beside the result, on stderr."""
    print(f"coach: {line}", file=sys.stderr)


def fulfilled(order: "Order") -> "Exported":
    """Make what was ordered, and say what it has become."""
    from coach.cli.bar import bars
    from coach.export.order import fulfil
    from coach.timeline.phrases import one_line

    with bars(["Speaking", "Writing"]) as (speaking, writing):
        made = fulfil(order, speaking, writing)
    minutes, seconds = divmod(round(made.timeline.length_s), 60)
    size = sum(path.stat().st_size for path in made.files) / 1e6
    count = f"{len(made.files)} tracks, " if order.split else ""
    print(f"{order.target}: {one_line(made.timeline.title)}, {count}{minutes}:{seconds:02} long, {size:.1f} MB")
    return made


def proven(made: "Exported") -> bool:
    """Prove what was made, and say how that went."""
    from coach.cli.bar import bar
    from coach.cli.files.verify import verdict_text
    from coach.export.proof import prove

    proofs = []
    for path in made.files:
        with bar("Listening") as step:
            proofs.append(prove(path, step))
        print(verdict_text(path, proofs[-1]))
    return all(proof.ok for proof in proofs)
