"""The `coach` program: registers the groups of commands and turns every `CoachError` into one line."""

import importlib
import sys
from collections.abc import Sequence

import typer

from coach.errors import CoachError

# Modules whose `register` adds commands to the app, in the order of the help. Heavy imports stay inside the commands.
GROUPS: Sequence[str] = (
    "session.commands", "machine.listings", "machine.hearing", "machine.commands", "files.export", "session.walk",
    "files.batch", "files.guide", "machine.voices", "files.verify", "files.feed", "training.commands",
    "training.reporting",
)  # fmt: skip

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code (0 done, 1 the answer is no, 2 wrong input, 3 lacking, 130 interrupted)."""
    try:
        for group in GROUPS:
            importlib.import_module(f"coach.cli.{group}").register(app)
        app(args=None if argv is None else list(argv), standalone_mode=True)
    except CoachError as error:
        print(f"coach: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    return 0
