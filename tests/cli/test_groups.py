"""The program imports the group of the command that is called, so its table of groups must name every command."""

import importlib
import subprocess
import sys

import pytest
import typer

from coach.cli.main import GROUPS, app_of


def names_of(app: typer.Typer) -> list[str | None]:
    return [command.name or (command.callback and command.callback.__name__) for command in app.registered_commands]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_names_the_commands_that_its_module_adds(group: str) -> None:
    app = typer.Typer()
    importlib.import_module(f"coach.cli.{group}").register(app)
    assert names_of(app) == list(GROUPS[group])


def test_without_a_command_every_command_is_there() -> None:
    every = [command for commands in GROUPS.values() for command in commands]
    for unknown in (None, "--help", "exprot"):
        assert names_of(app_of(unknown)) == every


def test_a_command_imports_no_other_group() -> None:
    code = "import sys; from coach.cli.main import app_of; app_of('verify'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "coach.cli.files.verify" in imported
    assert not imported & {f"coach.cli.{group}" for group in GROUPS} - {"coach.cli.files.verify"}
