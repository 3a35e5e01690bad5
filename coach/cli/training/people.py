"""Who trains here: `coach people`, `coach people add NAME`, `coach people rename NAME NEW`."""

from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import Json
from coach.cli.printing import print_json

if TYPE_CHECKING:
    from coach.training.people.folders import PersonFolders

Name = Annotated[str, typer.Argument(metavar="NAME", show_default=False)]
New = Annotated[str, typer.Argument(metavar="NEW", show_default=False)]

UNNAMED = "(no name yet: coach profile --set name=NAME)"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    group = typer.Typer(invoke_without_command=True, add_completion=False)
    group.callback()(people)
    group.command()(add)
    group.command()(rename)
    app.add_typer(group, name="people", rich_help_panel="Plan and history")


def people(called: typer.Context, as_json: Json = False) -> None:
    """List who trains here, or add somebody. Any command with --for NAME is for that person.

    Examples: coach people · coach people add Anna · coach run --for Anna
    """
    from coach.training.people.names import everybody

    if called.invoked_subcommand is not None:
        return
    rows = [_row(person) for person in everybody()]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        print(f"{row['name'] or UNNAMED!s:<24} {'the first person  ' if row['first'] else '':<18}{row['profile']}")


def add(name: Name) -> None:
    """Add a person. Then fill in the profile: coach profile --ask --for NAME"""
    from coach.cli.session.name_sounds import sounds_of
    from coach.training.people.names import add_person, name_of

    _refuse_alike(name)
    shown = name_of(add_person(name))
    sounds_of([shown])  # made now, so that the first question has not to wait for them
    print(f"{shown} has been added. First fill in the profile: coach profile --ask --for {_quoted(shown)}. "
          f"Then train: coach run --for {_quoted(shown)}")  # fmt: skip


def rename(name: Name, new: New) -> None:
    """Rename a person; everything that was recorded is kept."""
    from coach.training.people.names import find_person, name_of, rename_person

    _refuse_alike(new, but=name_of(find_person(name)))
    rename_person(name, new)
    print(f"{name} is now called {name_of(find_person(new))}")


def _refuse_alike(name: str, but: str = "") -> None:
    """Raise InputError where the coach could not tell a name by ear from a command or from another's."""
    from coach.errors import InputError
    from coach.hearing.vocabulary.people import refusal
    from coach.hearing.vocabulary.phrase_table import load_table
    from coach.training.people.names import everybody, name_of

    others = [other for person in everybody() if (other := name_of(person)) and other != but]
    if why := refusal(name, others, load_table()):
        raise InputError(f"{why}; choose a different name, perhaps with a surname")


def _row(person: "PersonFolders") -> dict[str, object]:
    from coach.training.people.names import name_of

    return {
        "name": name_of(person) or None,
        "first": not person.key,
        "profile": str(person.profile),
        "history": str(person.history),
    }


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
