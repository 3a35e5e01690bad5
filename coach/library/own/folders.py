"""Where exercises of one's own lie: in the person's folder, and beside a routine file that names them.

Which person it is, the command line says once; it stays so for this process.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from coach import places
from coach.errors import InputError

FOLDER = "exercises"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(slots=True)
class _Places:
    folder: Path | None = None
    """None: the first person's."""
    beside: dict[str, Path] = field(default_factory=dict)


_places = _Places()


def use_folder(folder: Path | None) -> None:
    """Take a person's own exercises from here, from now on; None: the first person's."""
    _places.folder = folder
    _places.beside.clear()


def own_folder() -> Path:
    """Return the folder of the person's own exercises, there or not."""
    return _places.folder or places.config_folder() / FOLDER


def own_files() -> dict[str, Path]:
    """Return the files of own exercises by their ids, whole or not."""
    folder = own_folder()
    found = {path.stem: path for path in sorted(folder.glob("*.toml"))} if folder.is_dir() else {}
    return found | _places.beside


def use_beside(folder: Path, names: set[str]) -> None:
    """Take the exercises of these names that lie in a folder, too. Raises InputError: two of one name."""
    inside = own_folder()
    for name in names:
        path = folder / f"{name}.toml"
        if not is_id(name) or not path.is_file():
            continue
        other = inside / path.name
        if other.is_file() and not other.samefile(path):
            raise InputError(
                f"two exercises are called {name!r}: {path} and {other}; give one of them a different name"
            )
        _places.beside[name] = path


def is_id(name: str) -> bool:
    """Tell whether a name can be an exercise's id, which is its file's name."""
    return _ID.fullmatch(name) is not None


def id_of(name: str) -> str:
    """Return the id that goes with a name, as `heel-raise` with `Heel raise`. Raises InputError: there is none."""
    found = "-".join(re.findall(r"[a-z0-9]+", name.lower()))
    if not found or len(found) > 60:
        raise InputError(f"{name!r} can't be used as a file name: use 1 to 60 letters or digits, without accents")
    return found
