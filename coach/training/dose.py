"""Define a dose (sets, reps, load) and its ladder: one step up, one step back. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coach.library.exercise import Exercise
from coach.training.loads.bands import is_same_band
from coach.training.loads.limits import most_kg, usable_kg
from coach.training.profile import HEAVIEST_KG, Profile

REPS = (10, 12, 15)  # dose.start names 10 to 15; the steps between are ours
MOST_SETS = 3  # dose.progress
LOAD_STEP = 0.10  # of the load: 2 to 10% (ACSM 2009)
SAME_KG = 0.04  # less than two dumbbells ever differ by, more than rounding in kilograms and pounds makes
LOAD_STEP_KG = 1.0  # or this, after 3 x 15: ours, because dumbbells come in whole kilos
LOAD_STEP_MOST = 0.5  # of the load, however light it is: ours; else reps, or a band


@dataclass(frozen=True, slots=True)
class Load:
    """A dumbbell or a band."""

    kg: float | None = None
    band: str | None = None


def is_same_load(one: Load, other: Load) -> bool:
    """Tell whether two loads are one: however they were rounded, in whatever unit, by whatever name."""
    if one.kg is not None and other.kg is not None:
        return abs(one.kg - other.kg) < SAME_KG
    return one.band is not None and other.band is not None and is_same_band(one.band, other.band)


@dataclass(frozen=True, slots=True)
class Dose:
    exercise: str
    """Its id; a harder variant is an exercise of its own."""
    sets: int
    reps: int
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What one exercise can be made harder or easier by."""

    exercises: tuple[str, ...]
    """The exercise and its variants, easiest first."""
    reps: tuple[int, ...] = REPS
    loads: tuple[Load, ...] = ()
    """What is owned for it and may be used, lightest first."""
    most_kg: float = HEAVIEST_KG
    """More is never taken, whatever was trained before."""


def means(exercise: Exercise, exercises: Mapping[str, Exercise], profile: Profile) -> Means:
    """Return what an exercise (or its family) can be graded by, for what is owned."""
    base = exercises.get(exercise.variant_of, exercise)
    family = (base.id, *sorted(other.id for other in exercises.values() if other.variant_of == base.id))
    low, high = base.reps
    reps = tuple(rung for rung in REPS if low <= rung <= high) or (low,)
    return Means(family, reps, _owned(base, profile), most_kg(profile))


def _owned(exercise: Exercise, profile: Profile) -> tuple[Load, ...]:
    if "dumbbell" in exercise.equipment:
        return tuple(Load(kg=kg) for kg in usable_kg(profile))
    if "band" in exercise.equipment:
        return tuple(Load(band=band) for band in profile.bands)
    return ()


def start(by: Means) -> Dose:
    """Return the first dose of all: one set at the bottom of the range, the lightest there is."""
    return Dose(by.exercises[0], 1, by.reps[0], by.loads[0] if by.loads else None)


def on_ladder(dose: Dose, by: Means) -> Dose:
    """Return the rung at or below a dose, whatever was trained, with a load that is owned."""
    exercise = dose.exercise if dose.exercise in by.exercises else by.exercises[0]
    if dose.reps < by.reps[0]:
        return replace(start(by), exercise=by.exercises[0], load=_nearest(dose.load, by))
    reps = max(rung for rung in by.reps if rung <= dose.reps)
    return Dose(exercise, min(max(dose.sets, 1), MOST_SETS), reps, _nearest(dose.load, by))


def _nearest(load: Load | None, by: Means) -> Load | None:
    """Return the load itself where it is owned, else the next lighter one; never a heavier one for a known load."""
    owned = by.loads
    if load is not None and load.kg is not None and load.kg > by.most_kg:
        return owned[-1] if owned else None
    if not owned or load in owned:
        return load
    if load is not None and (same := [other for other in owned if is_same_load(load, other)]):
        return min(same, key=lambda other: abs((other.kg or 0.0) - (load.kg or 0.0)))
    if load is None or load.kg is None:
        return owned[0]
    lighter = [other for other in owned if other.kg is not None and other.kg < load.kg]
    return lighter[-1] if lighter else load


def up(dose: Dose, by: Means) -> Dose | None:
    """Return one step up: reps, then a set at the first reps, then load or variant; None where there is none."""
    higher = [rung for rung in by.reps if rung > dose.reps]
    if higher:
        return replace(dose, reps=higher[0])
    if dose.sets < MOST_SETS:
        return replace(dose, sets=dose.sets + 1, reps=by.reps[0])
    load = heavier(dose, by)
    if load is not None:
        return replace(dose, reps=by.reps[0], load=load) if small_enough(dose.load, load) else None
    harder = by.exercises[by.exercises.index(dose.exercise) + 1 :]
    return replace(dose, exercise=harder[0], reps=by.reps[0]) if harder else None


def heavier(dose: Dose, by: Means) -> Load | None:
    """Return the next load owned, None at the heaviest."""
    if dose.load in by.loads:
        return next(iter(by.loads[by.loads.index(dose.load) + 1 :]), None)
    if dose.load is None or dose.load.kg is None:
        return None
    return next((load for load in by.loads if load.kg is not None and load.kg > dose.load.kg), None)


def small_enough(load: Load | None, other: Load) -> bool:
    """Tell whether going from one load to the other is one step. Bands carry no figure."""
    if load is None or load.kg is None or other.kg is None:
        return True
    return other.kg <= one_step_kg(load.kg) + 1e-6


def one_step_kg(kg: float) -> float:
    """Return what a load may become in one step: 10% more, or a kilo more where that is at most half as much again."""
    return kg + max(LOAD_STEP * kg, min(LOAD_STEP_KG, LOAD_STEP_MOST * kg))


def back(dose: Dose, by: Means) -> Dose | None:
    """Return one step back: load (or variant), then sets, then reps to the first; None below that."""
    if (lighter := _lighter(dose, by)) is not None:
        return replace(dose, load=lighter)
    at = by.exercises.index(dose.exercise)
    if at > 0:
        return replace(dose, exercise=by.exercises[at - 1])
    if dose.sets > 1:
        return replace(dose, sets=dose.sets - 1)
    if dose.reps > by.reps[0]:
        return replace(dose, reps=by.reps[0])
    return None


def _lighter(dose: Dose, by: Means) -> Load | None:
    if dose.load in by.loads:
        at = by.loads.index(dose.load)
        return by.loads[at - 1] if at > 0 else None
    return None
