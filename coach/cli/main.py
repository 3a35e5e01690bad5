"""The `coach` program: registers the groups of commands and turns every `CoachError` into one line."""

import importlib
import sys
from collections.abc import Mapping, Sequence

import typer

from coach.cli.output import lasting_output
from coach.errors import CoachError

GROUPS: Mapping[str, Sequence[str]] = {
    "session.commands": ("run", "rehearse"),
    "machine.listings": ("routines", "exercises", "show", "check"),
    "machine.hearing": ("commands", "listen"),
    "machine.commands": ("setup", "doctor", "devices"),
    "files.export": ("export",),
    "session.walk": ("walk",),
    "files.batch": ("batch",),
    "files.guide": ("guide",),
    "machine.voices": ("voices",),
    "files.verify": ("verify",),
    "files.feed": ("feed",),
    "training.commands": ("profile", "history", "progress", "plan", "sources"),
    "training.reporting": ("report",),
}
"""Modules whose `register` adds these commands, in the order of the help. Only the one that is called is imported."""


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
    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    app.callback()(_no_options)
    called = [group for group, commands in GROUPS.items() if command in commands]
    for group in called or GROUPS:
        importlib.import_module(f"coach.cli.{group}").register(app)
    return app


def _no_options() -> None:
    # Without a callback, Typer takes the command of a group of one for the whole program.
    pass
