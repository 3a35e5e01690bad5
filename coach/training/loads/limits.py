"""Limit what one hand may lift: asked over five kilos, refused over ten, after a vertebral fracture from three on.

All figures are ours: the source names no weight, only one that could be lifted fifteen times.
"""

from coach.library.citations import spelled_out
from coach.library.safety import Condition
from coach.training import words
from coach.training.loads.units import Units, in_kg, spoken_amount
from coach.training.profile import FRACTURE_KG, HEAVIEST_KG, NEARLY_KG, Profile

ASKED_OVER_KG = 5.0


def unasked(profile: Profile) -> tuple[float, ...]:
    """Return the weights, in her units, that are not used before she has said that she may lift them."""
    if profile.heavy_agreed:
        return ()
    return tuple(weight for weight in profile.weights if in_kg(weight, profile.units) > ASKED_OVER_KG + NEARLY_KG)


def usable_kg(profile: Profile) -> tuple[float, ...]:
    """Return the weights that may be used, in kilograms, lightest first."""
    return tuple(kg for kg in profile.weights_kg if kg <= most_kg(profile))


def most_kg(profile: Profile) -> float:
    """Return the heaviest weight that may be used, also where none is named and one of before goes on."""
    if profile.condition is Condition.VERTEBRAL_FRACTURE:
        return FRACTURE_KG - NEARLY_KG
    return (HEAVIEST_KG if profile.heavy_agreed else ASKED_OVER_KG) + NEARLY_KG


def told(profile: Profile) -> tuple[str, ...]:
    """Return what is to be read about weights that are not used yet."""
    waiting = unasked(profile)
    if not waiting:
        return ()
    figures = words.listed([f"{weight:g}" for weight in waiting])
    return (
        f"{figures} {profile.units}: we won't use more than {_amount(ASKED_OVER_KG, profile.units)} in one hand "
        "until you've said you can lift that much without pain: coach profile --set heavy_agreed=yes "
        f"[{spelled_out('ours; why.causes')}]",
    )


def _amount(kg: float, units: Units) -> str:
    return f"{spoken_amount(kg, units):g} {units}"
