"""Write numbers, loads and days in words."""

from collections.abc import Sequence
from datetime import date

from coach.training.loads.units import Units, spoken_amount

_SMALL = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def number(n: int) -> str:
    """Return a number in words, from sixteen on in figures."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else str(n)


def sets(n: int) -> str:
    """Return `one set`, `two sets`."""
    return "one set" if n == 1 else f"{number(n)} sets"


def dose(set_count: int, reps: int) -> str:
    """Return `two sets of ten`."""
    return f"{sets(set_count)} of {number(reps)}"


def weight(kg: float, units: Units) -> str:
    """Return a load as it is spoken: "three kilos", "two and a half kilos", "five pounds"."""
    amount = spoken_amount(kg, units)
    word = ("kilo", "kilos") if units is Units.KG else ("pound", "pounds")
    whole, half = int(amount), abs(amount % 1 - 0.5) < 0.01
    if half:
        return f"{number(whole)} and a half {word[1]}" if whole else f"half a {word[0]}"
    said = number(whole) if whole == amount else f"{amount:g}"
    return f"{said} {word[0] if amount == 1 else word[1]}"


def listed(items: Sequence[str]) -> str:
    """Join with commas and a last "and"."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def day(of: date) -> str:
    """Return a day as "Tuesday, 4 May 2027"; the same in every locale."""
    return f"{_WEEKDAYS[of.weekday()]}, {of.day} {_MONTHS[of.month - 1]} {of.year}"


def weekday(of: date) -> str:
    """Return the name of a day."""
    return _WEEKDAYS[of.weekday()]
