"""What goes to the physiotherapist: `coach report`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import For, HistoryFile, Json, Today
from coach.errors import InputError

if TYPE_CHECKING:
    from coach.training.loads.units import Units
    from coach.training.sharing.report import Report

Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write; its name ends in .html.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(report)


def report(
    output: Output = None,
    weeks: Annotated[int, typer.Option(help="How many weeks to look back, 1 to 520.")] = 12,
    as_json: Json = False,
    file: HistoryFile = None,
    today: Today = None,
    person: For = None,
) -> None:
    """Write a page for the physiotherapist: what was planned and done, how hard it was, what hurt, what changed.

    It is one sheet of paper. Nothing is sent: print it, or pass the file on yourself.

    Examples: coach report -o report.html · coach report --weeks 4 --json
    """
    from coach.cli.printing import print_json
    from coach.cli.training.commands import open_history
    from coach.cli.training.days import day_of
    from coach.export.target import checked
    from coach.training.people.names import find_person
    from coach.training.profile import load_profile
    from coach.training.sharing import report as reports

    if not 1 <= weeks <= reports.MOST_WEEKS:
        raise InputError(f"--weeks {weeks}: must be 1 to {reports.MOST_WEEKS}")
    if output is None and not as_json:
        raise InputError("name the page with -o FILE.html, or use --json")
    if output is not None:
        checked(output, ("html", "htm"))
    whose, day = find_person(person), day_of(today)
    profile = load_profile(whose.profile)
    found = reports.report(open_history(file, whose, day), day, weeks, profile.name)
    if as_json:
        print_json(reports.as_json(found))
    if output is not None:
        _write(output, found, profile.units)
        done = f"{_counted(found.sessions)} and {found.walked:g} minutes walked in {weeks} weeks"
        said = f"{output}: {done}. It hasn't been sent to anybody: print it, or pass it on yourself."
        typer.echo(said, err=as_json)


def _write(output: Path, found: "Report", units: "Units") -> None:
    from coach.export.target import written_whole
    from coach.library.facts import load_facts
    from coach.library.files import load_exercises
    from coach.training.sharing.report_page import Wording, report_page

    names = {exercise.id: exercise.name for exercise in load_exercises().values()}
    with written_whole(output) as beside:
        beside.write_text(report_page(found, Wording(names, units, load_facts()["disclaimer"])), encoding="utf-8")


def _counted(sessions: int) -> str:
    return "1 session" if sessions == 1 else f"{sessions} sessions"
