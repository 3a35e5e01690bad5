"""`coach guide`: write a routine as a page to look at or to print."""

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import For, ProfileFile, Reps, Routine, Sets


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(guide)


def guide(
    routine: Routine,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to: ends in .html.")],
    sets: Sets = None,
    reps: Reps = None,
    person: For = None,
    profile: ProfileFile = None,
) -> None:
    """Write a page to look at or to print: figures that move at the tempo, every step, what can be said.

    Example: coach guide spine-strength -o guide.html
    """
    from coach.cli.machine.sayings import said_and_done
    from coach.cli.training.person import fitting, whose
    from coach.export.target import checked, written_whole
    from coach.figures.guide import guide as page
    from coach.hearing.vocabulary.phrase_table import load_table
    from coach.library.facts import load_facts

    chosen, notices = fitting(routine, whose(person, profile), sets=sets, reps=reps)
    checked(output, ("html", "htm"))
    with written_whole(output) as beside:
        beside.write_text(page(chosen, said_and_done(load_table()), load_facts()["disclaimer"]), encoding="utf-8")
    print(f"{output}: {chosen.name}, {len(chosen.blocks)} exercises, {output.stat().st_size / 1000:.0f} kB")
    print(*notices, sep="\n", end="\n" if notices else "")
