"""The printable guide as a command: a page is written, and what is no page is refused."""

from pathlib import Path

import pytest

from coach.cli.main import main


def coach(*arguments: object) -> int:
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)


def test_a_guide_is_written_where_its_ending_is_a_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert coach("guide", "bands", "-o", tmp_path / "guide.html") == 0
    assert "<html" in (tmp_path / "guide.html").read_text("utf-8")
    capsys.readouterr()
    assert coach("guide", "bands", "-o", tmp_path / "guide.mp3") == 2
    assert "use a name that ends in .html or .htm" in capsys.readouterr().err


def test_a_guide_for_another_person_names_what_her_profile_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "anne.toml"
    other.write_text('name = "Änne"\nlimits = ["floor"]\n', "utf-8")
    assert coach("guide", "spine-strength", "-o", tmp_path / "guide.html", "--profile", other) == 0
    assert "changed for Änne: Bird dog is left out" in capsys.readouterr().out
    assert "Bird dog" not in (tmp_path / "guide.html").read_text("utf-8")
    assert coach("guide", "bands", "-o", tmp_path / "guide.html", "--profile", tmp_path / "none.toml") == 2
    assert "no profile there" in capsys.readouterr().err
