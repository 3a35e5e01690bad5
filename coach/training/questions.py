"""Fill in the profile by question and answer."""

import re
from dataclasses import dataclass
from datetime import time

from coach.library.safety import Condition, Limit
from coach.training.loads.bands import band_names
from coach.training.loads.units import Units
from coach.training.loads.weights_answered import weights_answered
from coach.training.profile import YES_OR_NO, Profile, changed, is_possible_weight


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    key: str
    asks: str
    allowed: str


QUESTIONS = (
    ProfileQuestion("condition", "What did the doctor find?", ", ".join(Condition)),
    ProfileQuestion("clinician_agreed", "Has a doctor or physiotherapist agreed to these exercises?", "yes or no"),
    ProfileQuestion(
        "limits",
        "Which movements or positions aren't right for you?",
        f"{', '.join(Limit)}, separated by commas; or none",
    ),
    ProfileQuestion("units", "Kilos or pounds?", ", ".join(Units)),
    ProfileQuestion("weights", "Which dumbbells do you own?", "numbers, e.g. 1; 2; 3.5 kg; or none"),
    ProfileQuestion("heavy_agreed", "Can you lift more than five kilos in one hand without pain?", "yes or no"),
    ProfileQuestion(
        "bands",
        "Which bands do you own, the easiest first?",
        "names separated by commas, e.g. yellow, red; or none",
    ),
    ProfileQuestion("name", "What should the coach call you?", "a name, or none"),
    ProfileQuestion("warm_up", "Should sessions begin with a warm-up?", "yes or no"),
    ProfileQuestion("balance", "Should the balance hold by the chair come after that?", "yes or no"),
    ProfileQuestion("wind_down", "Should sessions end with a wind-down?", "yes or no"),
    ProfileQuestion("speech_rate", "How many words a minute should the coach speak?", "80 to 200; 145 is comfortable"),
    ProfileQuestion("time_of_day", "What time do you train? It's for your calendar.", "a time, e.g. 9:00 or 17:30"),
    ProfileQuestion(
        "keep_learning",
        "If you have to say a word twice, should the coach learn it in your voice as you train?",
        "yes or no",
    ),
)

_NONE = {"none", "no", "nothing", "-"}
_UNITS = {"kilo": "kg", "kilos": "kg", "kgs": "kg", "kilograms": "kg", "pound": "lb", "pounds": "lb", "lbs": "lb"}
_YES, _NO = {"yes", "y", "true"}, {"no", "n", "false"}


def answer(profile: Profile, question: ProfileQuestion, text: str) -> Profile:
    """Return the profile with the answer; an empty one keeps what was. ValueError: not understood, what is allowed."""
    text = text.strip()
    return changed(profile, question.key, _value(question, text, profile.units)) if text else profile


def shown(profile: Profile, key: str) -> str:
    """Return an entry as one would answer it."""
    value = getattr(profile, key)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        value = tuple(limit for limit in Limit if limit in value)
    if key == "weights" and value:
        return f"{'; '.join(f'{weight:g}' for weight in value)} {profile.units}"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value) or "none"


def _value(question: ProfileQuestion, text: str, units: Units) -> object:
    if question.key in YES_OR_NO:
        return _yes_or_no(text)
    if question.key == "time_of_day":
        return text
    if question.key == "speech_rate":
        return int(text) if text.isdecimal() else text
    if question.key in {"condition", "units"}:
        return _UNITS.get(text.lower(), text.lower().replace(" ", "-"))
    if text.lower() in _NONE:
        return "" if question.key == "name" else []
    if question.key == "name":
        return text
    if question.key == "weights":
        return weights_answered(text, units, is_possible_weight)
    if question.key == "bands":
        return band_names(text)
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return [part.lower() for part in parts]


def _yes_or_no(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError(f"{text!r} isn't one of yes, no")
    return text.lower() in _YES
