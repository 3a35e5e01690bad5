"""Which version of a package is installed: part of what shapes a clip."""

from functools import cache
from importlib import metadata


@cache
def version(package: str) -> str:
    """Return the installed version, or words that say that it is not ours."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "of the system"
