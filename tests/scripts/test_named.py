"""Benches and makers are run by name: each is listed, explains itself, and mistakes are one clear line."""

from pathlib import Path

import pytest

from scripts import benches, makers
from scripts.named import first_line, run, tools

FOLDERS = {"bench": Path(benches.__path__[0]), "make": Path(makers.__path__[0])}
EVERY = [(command, name) for command, folder in FOLDERS.items() for name in tools(folder)]


@pytest.mark.parametrize("command", FOLDERS)
def test_without_a_name_all_are_listed_with_a_line_each(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(command, FOLDERS[command], []) == 0
    out = capsys.readouterr().out
    for name, path in tools(FOLDERS[command]).items():
        assert f"  {name} " in out
        assert first_line(path) in out


@pytest.mark.parametrize(("command", "name"), EVERY)
def test_each_explains_itself(command: str, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(command, FOLDERS[command], [name, "--help"])
    assert ended.value.code == 0
    assert f"usage: scripts/{command} {name}" in capsys.readouterr().out.replace("-", "_")


def test_an_unknown_name_is_one_line_that_tells_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("make", FOLDERS["make"], ["noise"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"scripts/make: there is no 'noise'; choose one of {', '.join(tools(FOLDERS['make']))}"
    ]


def test_a_mistake_of_the_user_is_a_line_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("bench", FOLDERS["bench"], ["builds", str(tmp_path)]) == 2
    assert "is no checkout of the coach" in capsys.readouterr().err
