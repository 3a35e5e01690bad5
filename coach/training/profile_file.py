"""Write a profile as a commented TOML file, to be edited by hand."""

import json
import os
import tempfile
from pathlib import Path

from coach.errors import InputError
from coach.library.safety import Condition, Limit
from coach.places import private_folder
from coach.training.loads.units import Units
from coach.training.profile import Profile


def profile_text(profile: Profile) -> str:
    """Return the profile as commented TOML."""
    return f"""# Who the coach plans for. You can leave out any line. Change it here, or with `coach profile --ask`.

# What the doctor found: {" | ".join(Condition)}
condition = {_quoted(profile.condition)}

# True when a doctor or physiotherapist has agreed to these exercises (needed after a vertebral fracture).
clinician_agreed = {str(profile.clinician_agreed).lower()}

# True when you can lift more than five kilos in one hand without pain; until then, heavier dumbbells aren't used.
heavy_agreed = {str(profile.heavy_agreed).lower()}

# What isn't right for you: {" | ".join(Limit)}
limits = [{", ".join(_quoted(limit) for limit in Limit if limit in profile.limits)}]

# The dumbbells you own: each pair once, by the weight of one, and the unit ({" | ".join(Units)}).
units = {_quoted(profile.units)}
weights = [{", ".join(f"{weight:g}" for weight in profile.weights)}]

# The bands you own, as you call them, the easiest first.
bands = [{", ".join(_quoted(band) for band in profile.bands)}]

# What the coach should call you.
name = {_quoted(profile.name)}

# What every session has before and after the exercises; false leaves it out.
warm_up = {str(profile.warm_up).lower()}
balance = {str(profile.balance).lower()}
wind_down = {str(profile.wind_down).lower()}

# How fast the coach speaks, in words a minute (80 to 200).
speech_rate = {profile.speech_rate}

# When you train, for your calendar (coach plan --ics).
time_of_day = "{profile.time_of_day:%H:%M}"

# True: a word that you had to say twice is learned in your voice as you train (coach learn). No sound is kept.
keep_learning = {str(profile.keep_learning).lower()}
"""


def save_profile(profile: Profile, path: Path) -> None:
    """Write the file beside and rename it when whole; InputError where it can't be written."""
    try:
        private_folder(path.parent)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".profile-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(profile_text(profile))
        Path(beside).replace(path)
    except OSError as error:
        raise InputError(
            f"can't write the profile {path}: {error.strerror}. Check the folder's permissions."
        ) from error


def _quoted(text: str) -> str:
    # A JSON string of printable characters is a TOML basic string too.
    return json.dumps(str(text), ensure_ascii=False)
