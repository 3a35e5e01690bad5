"""`coach new exercise NAME` and `coach new routine NAME`: a commented start that passes `coach check`."""

from pathlib import Path
from typing import Annotated

import typer

from coach.cli.options import For
from coach.errors import InputError

Name = Annotated[
    str, typer.Argument(metavar="NAME", show_default=False, help='Its name as you would say it: "Heel raise".')
]
Target = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE.toml", help="The file to write.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    group = typer.Typer(no_args_is_help=True, add_completion=False)
    group.callback()(new)
    group.command()(exercise)
    group.command()(routine)
    app.add_typer(group, name="new", rich_help_panel="What the coach knows")


def new() -> None:
    """Create an exercise or a routine of your own.

    Examples: coach new exercise "Heel raise" --kind held · coach new routine Mine --with heel-raise
    """


def exercise(
    name: Name,
    kind: Annotated[str, typer.Option(help="What kind it is: moving, held, two-sided or floor.")] = "moving",
    output: Target = None,
    person: For = None,
) -> None:
    """Write a commented template into your exercise folder, where all your routines can find it."""
    from coach.library.own.folders import id_of, own_folder
    from coach.library.own.starts import StartKind, exercise_start
    from coach.training.people.names import find_person

    find_person(person)
    if kind not in set(StartKind):
        raise InputError(f"--kind {kind}: choose one of {', '.join(StartKind)}")
    target = output or own_folder() / f"{id_of(name)}.toml"
    _write(target, exercise_start(_spoken(name), StartKind(kind)), private=output is None)
    print(f'{target}: edit it, then run coach check on it. In a routine: exercise = "{target.stem}"')


def routine(
    name: Name,
    with_exercise: Annotated[
        str, typer.Option("--with", metavar="EXERCISE", help="The first exercise in it.")
    ] = "one-arm-row",
    output: Target = None,
    person: For = None,
) -> None:
    """Write a commented routine file in this folder, with one exercise to begin with."""
    from coach.library.checks import nearest
    from coach.library.files import load_exercises
    from coach.library.own.folders import id_of
    from coach.library.own.starts import routine_start
    from coach.training.people.names import find_person

    find_person(person)
    known = frozenset(load_exercises())
    if with_exercise not in known:
        raise InputError(f"there is no exercise {with_exercise!r}{nearest(with_exercise, known)}")
    target = output or Path(f"{id_of(name)}.toml")
    _write(target, routine_start(_spoken(name), with_exercise))
    print(f"{target}: coach check {target} says what's wrong; coach run ./{target} starts a session with it")


def _spoken(name: str) -> str:
    return " ".join(name.split())


def _write(target: Path, text: str, *, private: bool = False) -> None:
    """Write a new file. Raises InputError: it is there already, or can't be written."""
    from coach.places import private_folder

    if target.suffix != ".toml":
        raise InputError(f"{target}: the name of your own file must end in .toml")
    try:
        if private:
            private_folder(target.parent)
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        if not target.exists():
            raise InputError(f"{target}: can't be written (part of its path is a file, not a folder)") from None
        raise InputError(f"{target}: already exists; choose a different name, or edit that one") from None
    except OSError as error:
        raise InputError(f"{target}: can't be written ({error.strerror or error})") from error
