"""Read weights as one writes them: "1, 2 and 3.5 kg", "1,5; 2,5", "5 lb". Two readings are refused, with both."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.training.loads.units import Units, converted

_UNITS = {"k": Units.KG, "l": Units.LB, "p": Units.LB}
"""By the first letter."""
_ITEM = re.compile(r"(?i)(\d[\d.,]*(?<![.,]))(?:\s*(kgs?|kilos?|kilograms?|lbs?|pounds?)\b)?\.?")
_BETWEEN = re.compile(r"(?i)(?:[\s,;&+]|\band\b)*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")

Weight = tuple[float, Units]
IsPossible = Callable[[float, Units], bool]


@dataclass(frozen=True, slots=True)
class _Run:
    """Numbers without a space between them, and their unit."""

    numbers: tuple[str, ...]
    units: Units


def weights_answered(text: str, units: Units, is_possible: IsPossible) -> list[float]:
    """Return the weights in `units`, which a number without a unit is in.

    A comma between two digits is a decimal comma or parts two weights. Where a semicolon parts them it is the first;
    elsewhere that reading counts which names possible weights. Raises ValueError: no weights, or two readings.
    """
    runs = _runs(text, units)
    if not runs:
        raise ValueError(f"{text!r} isn't a weight; write a number, e.g. 2.5")
    readings = [reading for reading in (_decimals(runs), _list(runs)) if reading]
    if ";" in text:
        readings = readings[:1]
    possible = [reading for reading in readings if all(is_possible(*weight) for weight in reading)]
    if len(possible) == 2 and possible[0] != possible[1]:
        named = [_named(reading) for reading in possible]
        raise ValueError(f"{text!r} may be {named[0]}, or {named[1]}: write it in one of these ways")
    return [converted(amount, own, units) for amount, own in (possible or readings)[0]]


def _runs(text: str, units: Units) -> list[_Run]:
    """Cut an answer into runs. A unit is also that of the numbers before it, and the only one that of all."""
    found = list(_items(text))
    named = [own for _, own in found if own is not None]
    last = units if len(set(named)) != 1 else named[0]
    if len(set(named)) > 1 and found[-1][1] is None:
        raise ValueError(f"{text!r} mixes two units; give the unit of each weight")
    runs: list[_Run] = []
    for number, own in reversed(found):
        last = own or last
        runs.append(_Run(tuple(number.split(",")), last))
    return runs[::-1]


def _items(text: str) -> Iterator[tuple[str, Units | None]]:
    at = 0
    while at < len(text.rstrip()):
        at = _end(_BETWEEN.match(text, at))
        item = _ITEM.match(text, at)
        if item is None or not all(_NUMBER.fullmatch(number) for number in item[1].split(",")):
            if at == len(text):
                return
            raise ValueError(f"{text[at:].strip()!r} isn't a weight; write a number, e.g. 2.5")
        yield item[1], _UNITS[item[2][0].lower()] if item[2] else None
        at = item.end()
        if text[at : at + 1].isalnum():
            raise ValueError(f"{text[item.start() :].strip()!r} isn't a weight; write a number, e.g. 2.5")


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _decimals(runs: Sequence[_Run]) -> list[Weight]:
    """Read every comma as a decimal comma; nothing where that can't be."""
    weights: list[Weight] = []
    for run in runs:
        if len(run.numbers) == 1:
            weights.append((float(run.numbers[0]), run.units))
        elif len(run.numbers) % 2 or any("." in number for number in run.numbers):
            return []
        else:
            pairs = list(pairwise(run.numbers))[::2]
            weights += [(float(f"{whole}.{part}"), run.units) for whole, part in pairs]
    return weights


def _list(runs: Sequence[_Run]) -> list[Weight]:
    """Read every comma as parting two weights; nothing where one of them begins with a zero as no number does."""
    numbers = [(number, run.units) for run in runs for number in run.numbers]
    if any(re.match(r"0\d", number) for number, _ in numbers):
        return []
    return [(float(number), units) for number, units in numbers]


def _named(reading: Sequence[Weight]) -> str:
    """Write a reading so that it has no other."""
    one = len({units for _, units in reading}) == 1
    weights = "; ".join(f"{amount:g}" if one else f"{amount:g} {units}" for amount, units in reading)
    return f"{weights} {reading[0][1]}" if one else weights
