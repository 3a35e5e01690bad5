"""Training over time: `profile`, `history`, `progress`, `plan`, `sources`."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import HistoryFile, Json, Routine, Today

if TYPE_CHECKING:
    from coach.training.history import History


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("profile")(profile)
    app.command("history")(history)
    app.command("progress")(progress)
    app.command("plan")(plan)
    app.command("sources")(sources)


def profile(
    ask: Annotated[
        bool, typer.Option("--ask", help="Go through the questions; an empty answer keeps what is.")
    ] = False,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", help="Change one entry, e.g. --set weights='1, 2, 3'.", metavar="KEY=VALUE"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show for whom the coach plans, or change it. The file may also be changed by hand.

    Examples: coach profile --ask · coach profile --set condition=osteoporosis --set "bands=yellow, red"
    """
    from coach.cli.training import profiling

    if ask:
        profiling.ask()
    elif change:
        profiling.change(change)
    profiling.show(as_json)


def history(
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a line a set, for a spreadsheet.")] = False,
    file: HistoryFile = None,
) -> None:
    """Print what was done, session by session. Rehearsals are marked; they count nowhere.

    Examples: coach history · coach history --csv > sets.csv
    """
    import csv

    from coach.cli.training import views as training_views
    from coach.training.history import as_json as shape
    from coach.training.history import csv_rows

    found = _open(file)
    if as_json:
        _print_json([shape(session) for session in found.sessions()])
    elif as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(csv_rows(found.sessions()))
    else:
        print(training_views.history(found.sessions()))


def progress(
    exercise: Annotated[
        str | None, typer.Argument(metavar="EXERCISE", help="Only this one, with a larger plot.")
    ] = None,
    as_json: Json = False,
    file: HistoryFile = None,
    today: Today = None,
) -> None:
    """Show how it goes: reps, load and effort over time, how regularly, what changed and why.

    Examples: coach progress · coach progress one-arm-row
    """
    from coach.cli.training import views as training_views
    from coach.cli.training.days import day_of
    from coach.training import progress as past

    day, found = day_of(today), _open(file)
    courses = past.courses(found, day)
    if exercise is not None:
        courses = training_views.only(courses, exercise)
    shown = training_views.Progress(
        courses, past.adherence(found, day), past.changes(found, day, -1 if as_json else training_views.LATEST)
    )
    if as_json:
        _print_json(training_views.progress_json(shown))
    else:
        print(training_views.progress(shown, large=exercise is not None))


def plan(
    routine: Routine = "spine-strength",
    as_json: Json = False,
    file: HistoryFile = None,
    today: Today = None,
    walked: Annotated[float | None, typer.Option(help="First note a walk of today.", metavar="MINUTES")] = None,
    clear: Annotated[
        str | None,
        typer.Option(
            help="First note that a clinician agreed again to an exercise that is left out.", metavar="EXERCISE"
        ),
    ] = None,
) -> None:
    """Say what is due today and what the week lacks, each with its reason and source.

    Examples: coach plan · coach plan bands --today 2027-05-04 · coach plan --walked 30
    """
    from coach.cli.training import planning
    from coach.cli.training.days import day_of

    day = day_of(today)
    if walked is not None or clear is not None:
        planning.note(file, day, walked, clear)
    found = planning.plan(routine, _open(file), day)
    if as_json:
        _print_json(planning.as_json(found))
    else:
        print(planning.text(found))


def sources(
    fact: Annotated[str | None, typer.Argument(metavar="FACT", help="Only this fact, or this group of facts.")] = None,
    as_json: Json = False,
) -> None:
    """List every fact and where it is spoken, shown or enforced, and every rule with its source.

    Examples: coach sources · coach sources avoid · coach sources dose.start
    """
    from coach.cli.training import views as training_views

    found = training_views.placed(fact)
    if as_json:
        _print_json(training_views.sources_json(found))
    else:
        print(training_views.sources(found, with_rules=fact is None))


def _open(file: Path | None) -> "History":
    from coach.training.history import History

    found = History.open(file)
    if found.notice:
        print(f"coach: {found.notice}", file=sys.stderr)
    return found


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
