"""Kilograms and pounds: amounts keep their unit, and are converted where it changes."""

from enum import StrEnum

KG_PER_LB = 0.45359237

_NEARLY = 0.002  # of an even amount: what is left over by rounding


class Units(StrEnum):
    KG = "kg"
    LB = "lb"


def in_kg(amount: float, units: Units) -> float:
    """Return an amount in kilograms, to the gram."""
    return round(amount if units is Units.KG else amount * KG_PER_LB, 3)


def in_units(kg: float, units: Units) -> float:
    """Return kilograms in some units, to a thousandth; there and back again is the same amount."""
    amount = kg if units is Units.KG else kg / KG_PER_LB
    quarter = round(amount * 4) / 4
    return quarter if abs(amount - quarter) < _NEARLY else round(amount, 3)


def converted(amount: float, old: Units, new: Units) -> float:
    """Return an amount of one unit in another."""
    return amount if old is new else in_units(amount if old is Units.KG else amount * KG_PER_LB, new)


def spoken_amount(kg: float, units: Units) -> float:
    """Return an amount as it is said: to a tenth, a quarter as it is."""
    amount = in_units(kg, units)
    return amount if amount * 4 % 1 == 0 else round(amount, 1)
