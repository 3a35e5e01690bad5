"""`scripts/setup` with a stand-in for Python: what it asks pip for, and what it remembers."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.named import ROOT

PYTHON = '#!/bin/sh\necho "$*" >> asked.txt\n'

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell and file modes")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "setup", tmp_path / "scripts" / "setup")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON)
    python.chmod(0o755)
    return tmp_path


def set_up(checkout: Path, *options: str) -> tuple[list[str], str]:
    """Return what Python was asked to run, and what was said."""
    asked = checkout / "asked.txt"
    asked.write_text("")
    command = [str(checkout / "scripts" / "setup"), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
    return asked.read_text().splitlines(), done.stdout + done.stderr


def installed(checkout: Path, *options: str) -> str:
    """Return the one line that installs the coach."""
    (line,) = [line for line in set_up(checkout, *options)[0] if "--editable" in line]
    return line.partition("--editable ")[2]


def test_the_natural_voice_comes_with_it_and_the_first_words_are_made(checkout: Path) -> None:
    asked, said = set_up(checkout)
    assert [line for line in asked if line.endswith("--editable .[voice]")]
    assert asked[-1] == "-m coach.cli.machine.first_words"
    assert "about 410 MB" in said


def test_small_leaves_the_voice_out_says_what_that_means_and_stays_so(checkout: Path) -> None:
    assert installed(checkout, "--small") == "."
    _, said = set_up(checkout, "--small")
    assert "leaving out the natural voice" in said
    assert "add it later: scripts/setup --voice" in said
    assert set_up(checkout)[0] == []


def test_voice_brings_it_back_for_good(checkout: Path) -> None:
    set_up(checkout, "--small")
    assert installed(checkout, "--voice") == ".[voice]"
    assert set_up(checkout)[0] == []


def test_what_only_tests_need_comes_with_dev_alone(checkout: Path) -> None:
    assert "--group" not in installed(checkout)
    assert installed(checkout, "--dev") == ".[voice] --group dev"


def test_where_nothing_changed_nothing_is_done(checkout: Path) -> None:
    set_up(checkout)
    assert set_up(checkout) == ([], "")


def test_an_unknown_option_is_one_line(checkout: Path) -> None:
    command = [str(checkout / "scripts" / "setup"), "--smal"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    assert (done.returncode, done.stderr) == (
        2, "setup: unknown option --smal (use --small, --voice or --dev)\n",
    )  # fmt: skip
