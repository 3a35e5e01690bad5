"""The `coach` program: registers the groups of commands and turns every `CoachError` into one line."""

import importlib
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from coach import __version__
from coach.cli.output import lasting_output
from coach.errors import CoachError

GROUPS: Mapping[str, Sequence[str]] = {
    "session.commands": ("run", "rehearse"),
    "session.walk": ("walk",),
    "training.commands": ("profile", "history", "progress", "plan", "sources"),
    "training.reporting": ("report",),
    "training.people": ("people",),
    "files.export": ("export",),
    "files.batch": ("batch",),
    "files.guide": ("guide",),
    "files.verify": ("verify",),
    "files.feed": ("feed",),
    "machine.listings": ("routines", "exercises", "show", "check"),
    "machine.new": ("new",),
    "machine.hearing": ("commands", "listen"),
    "learning.commands": ("learn",),
    "machine.commands": ("setup", "doctor", "devices"),
    "machine.voices": ("voices",),
}
"""Modules whose `register` adds these commands. Only the one that is called is imported."""

SECTIONS: Mapping[str, Sequence[str]] = {
    "Train": ("run", "walk", "rehearse"),
    "Plan and history": ("plan", "profile", "history", "progress", "report", "people"),
    "Files to follow and to print": ("export", "batch", "guide", "verify", "feed"),
    "What the coach knows": ("routines", "exercises", "show", "check", "new", "commands", "sources"),
    "This machine": ("doctor", "setup", "devices", "voices", "listen", "learn"),
}
"""The help's sections, and the commands in each, in its order."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code (0 done, 1 the answer is no, 2 wrong input, 3 lacking, 130 interrupted)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    with lasting_output():
        try:
            app_of(arguments[0] if arguments else None)(args=arguments, standalone_mode=True)
        except CoachError as error:
            print(f"coach: {error}", file=sys.stderr)
            return error.exit_code
        except KeyboardInterrupt:
            return 130
    return 0


def app_of(command: str | None) -> typer.Typer:
    """Return the program with the group of this command, or with every group where it is in none."""
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    called = [group for group, commands in GROUPS.items() if command in commands]
    for group in called or GROUPS:
        importlib.import_module(f"coach.cli.{group}").register(app)
    _arrange(app)
    return app


def name_of(command: typer.models.CommandInfo) -> str:
    """Return what a command is called on the command line."""
    return command.name or (command.callback.__name__ if command.callback else "")


def _arrange(app: typer.Typer) -> None:
    """Put the commands into the help's sections, in their order."""
    section_of = {name: section for section, names in SECTIONS.items() for name in names}
    order = list(section_of)
    for command in app.registered_commands:
        command.rich_help_panel = section_of[name_of(command)]
    app.registered_commands.sort(key=lambda command: order.index(name_of(command)))


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"coach {__version__}")
        raise typer.Exit


def _program(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Train your back with a voice coach: hands-free, paced by sound.

    Examples: coach run · coach plan · coach export spine-strength -o back.mp3
    """
    # Typer would take the command of a group of one for the whole program if there were no callback.
