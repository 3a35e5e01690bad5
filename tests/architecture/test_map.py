"""The map of the house names what is there."""

import re

from tests.architecture.tree import PACKAGE, SOURCES, room_of

MAP = (PACKAGE / "README.md").read_text("utf-8")


def test_every_room_is_on_the_map() -> None:
    folders = {room_of(path).split("/")[0] for path in SOURCES if path.parent != PACKAGE}
    assert {folder for folder in folders if f"| `{folder}/" not in MAP} == set()


def test_every_file_on_the_map_exists() -> None:
    named = set(re.findall(r"`(?!tests/)([a-z_/]+\.(?:py|toml|js))`", MAP))
    lost = {name for name in named if not _there(name)}
    assert lost == set()


def _there(name: str) -> bool:
    """Tell whether a path is there, from the package on or below one of its rooms."""
    return (PACKAGE / name).exists() or any(path.as_posix().endswith(f"/{name}") for path in PACKAGE.rglob("*.*"))
