"""The program imports the group of the command that is called, so its table of groups must name every command."""

import importlib
import subprocess
import sys

import pytest
import typer

from coach import __version__
from coach.cli.main import GROUPS, SECTIONS, app_of, main, name_of

EVERY = [command for commands in SECTIONS.values() for command in commands]


def names_of(app: typer.Typer) -> list[str]:
    groups = [group.name for group in app.registered_groups if isinstance(group.name, str)]
    return [*(name_of(command) for command in app.registered_commands), *groups]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_names_the_commands_that_its_module_adds(group: str) -> None:
    app = typer.Typer()
    importlib.import_module(f"coach.cli.{group}").register(app)
    assert names_of(app) == list(GROUPS[group])


def test_without_a_command_every_command_is_there() -> None:
    assert sorted(EVERY) == sorted(command for commands in GROUPS.values() for command in commands)
    for unknown in (None, "--help", "exprot"):
        app = app_of(unknown)
        assert sorted(names_of(app)) == sorted(EVERY)
        alone = [name_of(command) for command in app.registered_commands]
        assert alone == [name for name in EVERY if name in alone]


def test_a_command_imports_no_other_group() -> None:
    code = "import sys; from coach.cli.main import app_of; app_of('verify'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = set(done.stdout.split())
    assert "coach.cli.files.verify" in imported
    assert not imported & {f"coach.cli.{group}" for group in GROUPS} - {"coach.cli.files.verify"}


def test_the_help_shows_the_commands_in_their_sections(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["-h"])
    shown = capsys.readouterr().out
    places = [shown.index(f" {section} ") for section in SECTIONS]
    assert places == sorted(places)
    assert "Examples:" in shown


@pytest.mark.parametrize("command", EVERY)
def test_every_command_has_a_short_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "-h"])
    assert ended.value.code == 0
    assert f"coach {command}" in capsys.readouterr().out.split("Example", 1)[-1]


def test_the_version_is_printed_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"coach {__version__}\n"
