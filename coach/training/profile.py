"""Define and read the profile (`profile.toml`). Every entry is optional; the defaults are the safe ones."""

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from coach import places
from coach.errors import InputError
from coach.library.bounds import SPEECH_RATE, USUAL_SPEECH_RATE
from coach.library.citations import spelled_out
from coach.library.problem import Mistake
from coach.library.routine import WantedParts
from coach.library.safety import Condition, Limit, Person
from coach.library.toml_reader import read_toml
from coach.plain_file import MissingFileError
from coach.training.loads.bands import band_name
from coach.training.loads.units import Units, converted, in_kg, in_units, spoken_amount

LIGHTEST_KG, HEAVIEST_KG = 0.2, 10.0  # ours: a wrist weight; more in one hand needs a teacher beside her
FRACTURE_KG = 3.0  # ours: from here on no weight after a vertebral fracture
NEARLY_KG = 0.005  # what a weight in pounds is off by rounding
MOST_ITEMS = 40
LONGEST_NAME = 40
USUAL_TIME = datetime.time(9, 0)


@dataclass(frozen=True, slots=True)
class Profile:
    condition: Condition = Condition.UNKNOWN
    weights: tuple[float, ...] = ()
    """Of one dumbbell, in `units`, lightest first."""
    bands: tuple[str, ...] = ()
    """As she calls them, easiest first."""
    limits: frozenset[Limit] = frozenset()
    units: Units = Units.KG
    name: str = ""
    clinician_agreed: bool = False
    heavy_agreed: bool = False
    """She lifts more than five kilos in one hand without pain: asked the first time."""
    warm_up: bool = True
    balance: bool = True
    wind_down: bool = True
    speech_rate: int = USUAL_SPEECH_RATE
    """Words a minute."""
    time_of_day: datetime.time = USUAL_TIME
    """When she trains: for her calendar."""
    keep_learning: bool = False
    """The ears learn a word that she had to say twice: only if she wants it."""

    @property
    def person(self) -> Person:
        """Return what the safety rules need to know."""
        return Person(self.condition, self.limits, self.clinician_agreed)

    @property
    def around(self) -> WantedParts:
        """Return which parts around the exercises she wants."""
        return WantedParts(self.warm_up, self.balance, self.wind_down)

    @property
    def weights_kg(self) -> tuple[float, ...]:
        """Return the weights in kilograms."""
        return tuple(in_kg(weight, self.units) for weight in self.weights)


KEYS = (
    "condition", "weights", "bands", "limits", "units", "name", "clinician_agreed", "heavy_agreed",
    "warm_up", "balance", "wind_down", "speech_rate", "time_of_day", "keep_learning",
)  # fmt: skip
YES_OR_NO = ("clinician_agreed", "heavy_agreed", "warm_up", "balance", "wind_down", "keep_learning")


def profile_path() -> Path:
    """Return the path of the person's profile."""
    return places.config_folder() / "profile.toml"


def load_profile(path: Path | None = None) -> Profile:
    """Read the profile; without a file the safe defaults. InputError: every mistake, and what is allowed."""
    try:
        file = read_toml(path or profile_path())
    except MissingFileError:
        return Profile()
    except InputError as error:
        raise InputError(f"{error}. Fix it, or start a new one with coach profile --ask.") from error
    profile, mistakes = _parse(file.values)
    if (heavy := refused_weights(profile)) is not None:
        mistakes.append((("weights",), heavy))
    file.refuse(mistakes)
    return profile


def refused_weights(profile: Profile) -> str | None:
    """Return why the weights of a profile are refused; None where they are not."""
    heavy = [weight for weight in profile.weights if in_kg(weight, profile.units) > FRACTURE_KG - NEARLY_KG]
    if profile.condition is not Condition.VERTEBRAL_FRACTURE or not heavy:
        return None
    return (
        f"{heavy[0]:g} {profile.units} is too heavy after a vertebral fracture: list only dumbbells of less than "
        f"{spoken_amount(FRACTURE_KG, profile.units):g} {profile.units} [{spelled_out('ours; why.causes')}]"
    )


def _parse(values: Mapping[str, object]) -> tuple[Profile, list[Mistake]]:
    profile, mistakes = Profile(), list[Mistake]()
    # Units first: they decide which weights are possible.
    for key in sorted(values, key=lambda key: key != "units"):
        try:
            profile = changed(profile, key, values[key])
        except ValueError as error:
            mistakes.append(((key,), str(error)))
    return profile, mistakes


def changed(profile: Profile, key: str, value: object) -> Profile:
    """Return the profile with one entry changed; a ValueError names what is allowed."""
    if key not in _READ:
        raise ValueError(f"there is no such entry; the entries are {', '.join(KEYS)}")
    return _READ[key](profile, value)


def _condition(profile: Profile, value: object) -> Profile:
    return replace(profile, condition=Condition(_one_of(value, Condition)))


def _units(profile: Profile, value: object) -> Profile:
    """Change the units; the weights stay the same dumbbells."""
    units = Units(_one_of(value, Units))
    return replace(profile, units=units, weights=tuple(converted(w, profile.units, units) for w in profile.weights))


def _limits(profile: Profile, value: object) -> Profile:
    return replace(profile, limits=frozenset(Limit(_one_of(item, Limit)) for item in _list(value, "words")))


def _weights(profile: Profile, value: object) -> Profile:
    weights = {_weight(item, profile.units) for item in _list(value, "numbers")}
    return replace(profile, weights=tuple(sorted(weights)))


def _bands(profile: Profile, value: object) -> Profile:
    bands = [_text(item, 1) for item in _list(value, "words")]
    if len({band_name(band).casefold() for band in bands}) < len(bands):
        raise ValueError("a band appears twice; name each once, the easiest first")
    return replace(profile, bands=tuple(bands))


def _name(profile: Profile, value: object) -> Profile:
    return replace(profile, name=_text(value, 0))


def _yes_or_no(key: str) -> Callable[[Profile, object], Profile]:
    def read(profile: Profile, value: object) -> Profile:
        if not isinstance(value, bool):
            raise ValueError(f"{value!r} must be true or false")
        return replace(profile, **{key: value})  # type: ignore[arg-type]  # a key of YES_OR_NO

    return read


def _speech_rate(profile: Profile, value: object) -> Profile:
    least, most = SPEECH_RATE
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{value!r} can't be used as a speaking speed; give words a minute, {least} to {most}")
    return replace(profile, speech_rate=value)


def _time_of_day(profile: Profile, value: object) -> Profile:
    return replace(profile, time_of_day=value if isinstance(value, datetime.time) else _time(value))


_READ: dict[str, Callable[[Profile, object], Profile]] = {
    "condition": _condition, "units": _units, "limits": _limits, "weights": _weights, "bands": _bands, "name": _name,
    **{key: _yes_or_no(key) for key in YES_OR_NO}, "speech_rate": _speech_rate, "time_of_day": _time_of_day,
}  # fmt: skip


def _one_of(value: object, allowed: Iterable[StrEnum]) -> str:
    names = [str(item) for item in allowed]
    if value not in names:
        raise ValueError(f"{value!r} isn't one of {', '.join(names)}")
    return str(value)


def _list(value: object, of: str) -> list[object]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} isn't a list of {of}, e.g. {_EXAMPLES[of]}")
    if len(value) > MOST_ITEMS:
        raise ValueError(f"has {len(value)} entries; at most {MOST_ITEMS} are allowed")
    return value


_EXAMPLES = {"numbers": "[1, 2, 3.5]", "words": '["yellow", "red"]'}


def _weight(value: object, units: Units) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} isn't a weight; write a number, e.g. 2.5")
    if not is_possible_weight(value, units):
        low, high = (round(in_units(bound, units), 1) for bound in (LIGHTEST_KG, HEAVIEST_KG))
        heavy = in_kg(value, units) > HEAVIEST_KG
        what = "is too heavy for one hand here" if heavy else "isn't a possible dumbbell weight"
        raise ValueError(f"{value:g} {units} {what}; {low:g} to {high:g} {units} are allowed")
    return float(value)


def is_possible_weight(amount: float, units: Units) -> bool:
    """Tell whether a dumbbell may weigh so much."""
    return LIGHTEST_KG <= in_kg(amount, units) <= HEAVIEST_KG


_TIME = re.compile(r"(?i)(\d{1,2})(?:[:.](\d\d))?(?::00)?\s*(am|pm)?")


def _time(value: object) -> datetime.time:
    found = _TIME.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is not None:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if not half or 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
            if hour < 24 and minute < 60:
                return datetime.time(hour, minute)
    raise ValueError(f"{value!r} isn't a time of day; write it as 9:00 or 17:30")


def _text(value: object, least: int) -> str:
    if not isinstance(value, str) or not least <= len(value.strip()) <= LONGEST_NAME or not value.isprintable():
        raise ValueError(f"{value!r} can't be used as a name; a name has at most {LONGEST_NAME} characters")
    return value.strip()
