"""Look up the version of an installed package: part of a clip's cache key."""

from functools import cache
from importlib import metadata


@cache
def version(package: str) -> str:
    """Return the installed version, or words that say that it is not ours."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "of the system"
