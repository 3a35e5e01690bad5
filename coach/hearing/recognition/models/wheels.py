"""Find where a wheel is installed, without importing it."""

from importlib.util import find_spec
from pathlib import Path


def wheel_folder(module: str, within: str = "") -> Path | None:
    """Return a package's folder, None if it is not installed.

    Args: within: a folder inside it; a namespace that several wheels share has more than one place to look for it.
    """
    spec = find_spec(module)
    places = [Path(place) / within for place in spec.submodule_search_locations or ()] if spec else []
    return next((place for place in places if place.is_dir()), None)
