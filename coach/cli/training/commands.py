"""`coach profile`, `history`, `progress`, `plan` and `sources`: training over time."""

import csv
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import For, HistoryFile, Json, Routine, Today
from coach.cli.printing import print_json
from coach.errors import InputError

if TYPE_CHECKING:
    from coach.training.history import History
    from coach.training.people.folders import PersonFolders


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("profile")(profile)
    app.command("history")(history)
    app.command("progress")(progress)
    app.command("plan")(plan)
    app.command("sources")(sources)


def profile(
    ask: Annotated[
        bool, typer.Option("--ask", help="Go through the questions; an empty answer keeps what's there.")
    ] = False,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", help="Change one entry, e.g. --set weights='1, 2, 3'.", metavar="KEY=VALUE"),
    ] = None,
    as_json: Json = False,
    person: For = None,
) -> None:
    """Show your profile, which the coach bases its plan on, or change it. You can also edit the file by hand.

    Examples: coach profile --ask · coach profile --set condition=osteoporosis --set "bands=yellow, red"
    """
    from coach.cli.training import profiling
    from coach.training.people.names import find_person

    path = find_person(person).profile
    if ask:
        profiling.ask(path)
    elif change:
        profiling.change(path, change)
    profiling.show(path, as_json)


def history(
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print one line per set, for a spreadsheet.")] = False,
    strong: Annotated[
        bool, typer.Option("--strong-csv", help="Print what the Strong app exports, for other training apps.")
    ] = False,
    edit: Annotated[
        int | None, typer.Option(help="Correct the date of a session, with --day.", metavar="ID", show_default=False)
    ] = None,
    day: Annotated[str | None, typer.Option(help="With --edit: the correct date.", metavar="YYYY-MM-DD")] = None,
    drop: Annotated[int | None, typer.Option(help="Don't count this session; it's still kept.", metavar="ID")] = None,
    restore: Annotated[int | None, typer.Option(help="Count this session again.", metavar="ID")] = None,
    file: HistoryFile = None,
    person: For = None,
) -> None:
    """Print what you did, session by session. Rehearsals are marked; they don't count.

    Examples: coach history --csv > sets.csv · coach history --edit 12 --day 2027-05-04 · coach history --drop 12
    """
    from coach.cli.training import views as training_views
    from coach.cli.training.correcting import corrected
    from coach.cli.training.strong_file import strong_rows
    from coach.training.history import as_json as shape
    from coach.training.history import csv_rows
    from coach.training.people.names import find_person

    if as_json + as_csv + strong > 1:
        raise InputError("--json, --csv and --strong-csv: use only one of them")
    whose = find_person(person)
    if any(wanted is not None for wanted in (edit, day, drop, restore)):
        print(corrected(file or whose.history, edit, day, drop, restore), file=sys.stderr)
    found = open_history(file, whose)
    kept = (session for session in found.sessions() if not session.dropped)
    if as_json:
        print_json([shape(session) for session in kept])
    elif as_csv or strong:
        rows = strong_rows(found, whose) if strong else csv_rows(kept)
        csv.writer(sys.stdout, lineterminator="\n").writerows(rows)
    else:
        print(training_views.history(found.sessions(), found.walks(rehearsals=True)))


def progress(
    exercise: Annotated[
        str | None, typer.Argument(metavar="EXERCISE", help="Show only this exercise, with a larger plot.")
    ] = None,
    as_json: Json = False,
    file: HistoryFile = None,
    today: Today = None,
    person: For = None,
) -> None:
    """Show how it's going: reps, load and effort over time, how regularly you train, what changed and why.

    Examples: coach progress · coach progress one-arm-row
    """
    from coach.cli.training import views as training_views
    from coach.cli.training.days import day_of
    from coach.training import progress as past
    from coach.training.people.names import find_person
    from coach.training.usability.asked import asked_so_far

    day = day_of(today)
    found = open_history(file, find_person(person), day)
    courses = past.courses(found, day)
    if exercise is not None:
        courses = training_views.only(courses, exercise)
    shown = training_views.Progress(
        courses=courses,
        adherence=past.adherence(found, day),
        changes=past.changes(found, day, -1 if as_json else training_views.LATEST),
        walked=past.walked(found, day),
        usability=asked_so_far(found),
    )
    if as_json:
        print_json(training_views.progress_json(shown))
    else:
        print(training_views.progress(shown, large=exercise is not None))


def plan(
    routine: Routine = "spine-strength",
    as_json: Json = False,
    file: HistoryFile = None,
    today: Today = None,
    person: For = None,
    walked: Annotated[float | None, typer.Option(help="First record a walk you took today.", metavar="MINUTES")] = None,
    ics: Annotated[
        Path | None, typer.Option(help="Also write the coming weeks as a calendar to import.", metavar="FILE.ics")
    ] = None,
    clear: Annotated[
        str | None,
        typer.Option(
            help="First record that your doctor or therapist agrees to an exercise, or to training after back pain.",
            metavar="EXERCISE|back",
        ),
    ] = None,
) -> None:
    """Show what's due today and what's still missing this week, with reasons and sources.

    Examples: coach plan · coach plan bands --today 2027-05-04 · coach plan --walked 30 · coach plan --ics plan.ics
    """
    from coach.cli.training import planning
    from coach.cli.training.calendar_file import checked_target, write_calendar
    from coach.cli.training.days import day_of
    from coach.training.people.names import find_person

    day, whose = day_of(today), find_person(person)
    if ics is not None:
        checked_target(ics)
    if walked is not None or clear is not None:
        planning.note(file, whose.history, day, walked, clear)
    past = open_history(file, whose, day)
    found = planning.plan(routine, past, whose, day)
    if as_json:
        print_json(planning.as_json(found))
    else:
        print(planning.text(found))
    if ics is not None:
        typer.echo(write_calendar(ics, found, past, file or whose.history, whose.key), err=as_json)


def sources(
    fact: Annotated[
        str | None, typer.Argument(metavar="FACT", help="Show only this fact, or this group of facts.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List every fact and where it's spoken, shown or enforced, and every rule with its source.

    Examples: coach sources · coach sources avoid · coach sources dose.start
    """
    from coach.cli.training import sourcing

    found = sourcing.sourced(fact)
    if as_json:
        print_json(sourcing.as_json(found))
    else:
        print(sourcing.text(found, with_rules=fact is None))


def open_history(file: Path | None, person: "PersonFolders", today: date | None = None) -> "History":
    """Open a person's history, or a file, as it stands on a day; say what is wrong with it."""
    from coach.training.history import History

    found = History.open(file, today, person.history)
    if found.notice:
        print(f"coach: {found.notice}", file=sys.stderr)
    return found
