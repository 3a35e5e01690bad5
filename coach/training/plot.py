"""Plot numbers over time as lines of characters for the terminal."""

from collections.abc import Sequence
from itertools import pairwise

_BARS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▁▂▃▄▅▆▇█"


def thinned(values: Sequence[float | None], width: int) -> list[float | None]:
    """Return at most `width` values, each the mean of the known ones it stands for."""
    if len(values) <= width:
        return list(values)
    edges = [round(n * len(values) / width) for n in range(width + 1)]
    return [_mean(values[low:high]) for low, high in pairwise(edges)]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def spark(values: Sequence[float | None], width: int = 40) -> str:
    """Return one line of bars; unknown is a blank."""
    thin = thinned(values, width)
    low, high = _range(thin)
    return "".join(" " if value is None else _BARS[round(_part(value, low, high) * 7)] for value in thin)


def chart(values: Sequence[float | None], width: int = 60, height: int = 6) -> list[str]:
    """Return a bar chart from zero, the highest line first, with the scale at the left."""
    thin = thinned(values, width)
    high = max(_range(thin)[1], 1.0)
    rows = []
    for row in range(height, 0, -1):
        bars = "".join(_cell(value, high, row, height) for value in thin)
        scale = f"{high * row / height:5.0f}" if row in (height, height // 2) else " " * 5
        rows.append(f"{scale} │{bars}")
    return [*rows, f"{0:5d} └{'─' * len(thin)}"]


def _cell(value: float | None, high: float, row: int, height: int) -> str:
    filled = (value or 0.0) / high * height - (row - 1)
    return _EIGHTHS[max(0, min(8, round(filled * 8)))]


def _range(values: Sequence[float | None]) -> tuple[float, float]:
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else (0.0, 0.0)


def _part(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5
