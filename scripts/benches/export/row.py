"""A row of the table: what was measured, the figure, and whether it is within its bound."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenchRow:
    what: str
    figure: str
    bound: str
    ok: bool


def at_most(
    what: str, value: float, bound: float, unit: str = "", must: float | None = None, digits: int = 2
) -> BenchRow:
    """Return a row whose figure must not be over its bound."""
    hard = f" (must {must:g})" if must is not None else ""
    return BenchRow(what, f"{value:.{digits}f}{unit}", f"at most {bound:g}{unit}{hard}", value <= bound)


def at_least(what: str, value: float, bound: float, unit: str = "", digits: int = 2) -> BenchRow:
    """Return a row whose figure must not be under its bound."""
    return BenchRow(what, f"{value:.{digits}f}{unit}", f"at least {bound:g}{unit}", value >= bound)


def told(rows: Sequence[BenchRow]) -> int:
    """Print the table; return the exit code: 1 where a figure is out of its bound."""
    print("\n| what | figure | bound | |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.figure} | {row.bound} | {'yes' if row.ok else 'NO'} |")
    return 0 if all(row.ok for row in rows) else 1
