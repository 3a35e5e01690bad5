"""Which browser is started: a graphical one, or none at all."""

import stat
from pathlib import Path

import pytest

from coach.screen.browser import opener


def installed(folder: Path, *names: str) -> str:
    """Put programs of these names into a folder; return it as a search path."""
    for name in names:
        file = folder / name
        file.write_text("#!/bin/sh\n")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return str(folder)


def test_without_a_display_no_browser_is_started(tmp_path: Path) -> None:
    assert opener({"PATH": installed(tmp_path, "xdg-open", "firefox")}) is None


@pytest.mark.parametrize("display", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_on_a_desktop_its_own_opener_is_asked(tmp_path: Path, display: str) -> None:
    path = installed(tmp_path, "xdg-open", "firefox")
    assert opener({"PATH": path, display: ":0"}) == (str(tmp_path / "xdg-open"),)


def test_her_own_choice_comes_first(tmp_path: Path) -> None:
    path = installed(tmp_path, "xdg-open", "firefox")
    assert opener({"PATH": path, "DISPLAY": ":0", "BROWSER": "firefox"}) == (str(tmp_path / "firefox"),)


@pytest.mark.parametrize("name", ["lynx", "w3m", "links", "elinks", "/usr/bin/www-browser", "w3m %s"])
def test_a_console_browser_is_not_started(tmp_path: Path, name: str) -> None:
    path = installed(tmp_path, "xdg-open", "lynx", "w3m", "links", "elinks", "www-browser")
    assert opener({"PATH": path, "DISPLAY": ":0", "BROWSER": name}) is None


def test_where_there_is_no_browser_none_is_started(tmp_path: Path) -> None:
    assert opener({"PATH": str(tmp_path), "DISPLAY": ":0"}) is None
