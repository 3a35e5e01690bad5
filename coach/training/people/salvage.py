"""Read what can be read of a broken profile, entry by entry; what can't be is taken as carefully as can be."""

import contextlib
import time
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.library.safety import Condition, Limit
from coach.plain_file import LARGEST_TEXT, checked_plain, read_text
from coach.training.profile import Profile, changed, load_profile, refused_weights

CAREFUL = Profile(condition=Condition.VERTEBRAL_FRACTURE, limits=frozenset(Limit))
"""For whom nothing is known: the strictest rules."""


@dataclass(frozen=True, slots=True)
class ProfileToTrain:
    """A profile as far as it can be read."""

    profile: Profile
    told: tuple[str, ...] = ()
    """What is to be read about it."""
    condition_known: bool = True
    """If not, the rules are those after a vertebral fracture, and she is asked first whether a clinician agreed."""


NOBODY = ProfileToTrain(replace(CAREFUL, clinician_agreed=True))
"""Where several people train and nobody was named."""


def profile_to_train(path: Path) -> ProfileToTrain:
    """Return a profile: of a broken one what can be read, the rest with every care."""
    try:
        return ProfileToTrain(load_profile(path))
    except InputError as error:
        first = str(error).splitlines()[0]
        entries = _entries(path)
        if "condition" not in entries:
            entries.pop("clinician_agreed", None)  # to what, nobody knows
            told = f"your profile can't be read, so to be safe everything is at its easiest today: {first}"
            return ProfileToTrain(_with(CAREFUL, entries), (told,), condition_known=False)
        profile = _with(replace(CAREFUL, condition=Condition.UNKNOWN), entries)
        return ProfileToTrain(
            profile, (f"your profile can't be read, so we'll be as careful as possible today: {first}",)
        )


def profile_to_ask(path: Path) -> tuple[Profile, str | None]:
    """Return the profile that questions begin with; a broken file is moved aside, and where to is returned."""
    try:
        return load_profile(path), None
    except InputError:
        profile = _with(Profile(), _entries(path))
        aside = path.with_name(f"{path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
        try:
            path.rename(aside)
        except OSError as error:
            raise InputError(f"{path}: can't be moved aside ({error.strerror or error})") from error
        return profile, f"The profile couldn't be read. It has been kept as {aside.name} next to the new one."


def _with(profile: Profile, entries: dict[str, Any]) -> Profile:
    """Put the entries into a profile, but for weights that are too heavy for its condition."""
    for key in sorted(entries, key=lambda key: key != "units"):
        with contextlib.suppress(ValueError):
            profile = changed(profile, key, entries[key])
    light = (weight for weight in profile.weights if refused_weights(replace(profile, weights=(weight,))) is None)
    return replace(profile, weights=tuple(light))


def _entries(path: Path) -> dict[str, Any]:
    """Return the entries that are right, each read by itself: one bad line spoils no other."""
    found: dict[str, Any] = {}
    for line in _text(path).splitlines():
        try:
            values = tomllib.loads(line)
        except (ValueError, RecursionError):
            continue
        for key, value in values.items():
            try:
                changed(Profile(units=found.get("units", Profile().units)), key, value)
            except (ValueError, TypeError):
                continue
            found[key] = value
    return found


def _text(path: Path) -> str:
    """Return the text, with what is no letter replaced; nothing where there is none to read."""
    try:
        return read_text(path)
    except InputError:
        pass
    try:
        return checked_plain(path, LARGEST_TEXT).read_bytes().decode("utf-8", "replace")
    except (InputError, OSError):
        return ""
