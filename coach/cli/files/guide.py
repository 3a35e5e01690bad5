"""`coach guide`: write a routine as a page to look at or to print."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import For, ProfileFile, Reps, Routine, Sets

if TYPE_CHECKING:
    from coach.library.routine import Routine as ChosenRoutine


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(guide)


def guide(
    routine: Routine,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write; its name ends in .html.")
    ],
    sets: Sets = None,
    reps: Reps = None,
    person: For = None,
    profile: ProfileFile = None,
    with_commands: Annotated[
        bool, typer.Option("--with-commands", help="Add a list of what you can say to the coach.")
    ] = False,
) -> None:
    """Write a page to look at or print: moving figures, every step, and how to get down to the floor and up again.

    Example: coach guide spine-strength -o guide.html
    """
    from coach.cli.training.person import fitting, whose
    from coach.export.target import checked

    chosen, notices = fitting(routine, whose(person, profile), sets=sets, reps=reps)
    checked(output, ("html", "htm"))
    write_page(chosen, output, with_commands=with_commands)
    exercises = "1 exercise" if len(chosen.blocks) == 1 else f"{len(chosen.blocks)} exercises"
    print(f"{output}: {chosen.name}, {exercises}, {output.stat().st_size / 1000:.0f} kB")
    print(*notices, sep="\n", end="\n" if notices else "")


def write_page(
    routine: "ChosenRoutine", target: Path, address: str | None = None, *, with_commands: bool = False
) -> None:
    """Write a routine's page; `address`: of its sound on the web. Raises InputError, MachineError."""
    from coach.cli.machine.sayings import said_and_done
    from coach.export.target import written_whole
    from coach.figures.guide import FloorMove, GuideTexts
    from coach.figures.guide import guide as page
    from coach.hearing.vocabulary.phrase_table import load_table
    from coach.library.facts import load_facts
    from coach.timeline.numbers import spoken
    from coach.timeline.positions import MOVES
    from coach.training.week import STRENGTH_A_WEEK

    words = GuideTexts(
        load_facts()["disclaimer"],
        f"{spoken(STRENGTH_A_WEEK)} or {spoken(STRENGTH_A_WEEK + 1)}",
        tuple(FloorMove(move.title, move.steps) for move in MOVES.values()),
        said_and_done(load_table()) if with_commands else (),
        address,
    )
    with written_whole(target) as beside:
        beside.write_text(page(routine, words), encoding="utf-8")
