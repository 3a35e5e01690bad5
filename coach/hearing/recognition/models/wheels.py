"""Find where a wheel is installed, without importing it."""

from importlib.util import find_spec
from pathlib import Path


def wheel_folder(module: str) -> Path | None:
    """Return a package's folder, None if it is not installed."""
    spec = find_spec(module)
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None
