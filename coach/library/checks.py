"""Check raw values of a file for what a type can't express: bounds, and names that must exist.

Each passes over values of a wrong type, which the model reports.
"""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from coach.library.lines import Place
from coach.library.problem import Mistake


def outside(place: Place, value: object, bounds: tuple[float, float], unit: str = "") -> Iterator[Mistake]:
    """Yield a mistake if a number is out of its bounds (both allowed); `unit` is written after each number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return  # no number, or nan
    low, high = bounds
    if not low <= value <= high:
        yield place, f"is {_shown(value)}{unit}; allowed: {low:g} to {high:g}{unit}"


def nearest(name: str, names: Collection[str]) -> str:
    """Return "; did you mean ...?" with up to three names like it, else all of them if they are few."""
    close = get_close_matches(name.lower(), sorted(names), n=3, cutoff=0.5)
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; choose one of {', '.join(sorted(names))}" if len(names) <= 12 else ""


def tables(value: object) -> list[Mapping[str, Any]]:
    """Return a list's tables; anything that is no table counts as an empty one, to keep the numbers right."""
    if not isinstance(value, list):
        return []
    return [entry if isinstance(entry, dict) else {} for entry in value]


def _shown(value: float) -> str:
    """Write a number as in the file; a very long one is cut."""
    text = str(value) if isinstance(value, int) else f"{value:g}"
    return text if len(text) <= 20 else f"{text[:17]}..."
