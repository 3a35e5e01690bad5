"""The page about hearing names files that exist and delays that are the code's."""

import importlib
import re
from pathlib import Path

import pytest

from coach.hearing.ports.ears import HEARING_HZ

ROOM = Path(__file__).parents[2] / "coach" / "hearing"
PAGE = (ROOM / "README.md").read_text("utf-8")
FILES = sorted(set(re.findall(r"`([\w/]+\.(?:py|toml|md))`", PAGE)))
DELAYS = re.findall(r"\| (\d+) ms \| `([\w/]+)\.py` `(\w+)` \|", PAGE)


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_the_page_names_is_there(name: str) -> None:
    assert any((folder / name).exists() for folder in (ROOM, ROOM.parent, ROOM.parents[1]))


@pytest.mark.parametrize(("milliseconds", "module", "name"), DELAYS)
def test_every_delay_of_the_page_is_the_constants(milliseconds: str, module: str, name: str) -> None:
    frames = getattr(importlib.import_module(f"coach.hearing.{module.replace('/', '.')}"), name)
    assert frames * 1_000 == int(milliseconds) * HEARING_HZ


def test_every_delay_of_the_page_names_its_constant() -> None:
    assert len(DELAYS) == PAGE.count(" ms |")
