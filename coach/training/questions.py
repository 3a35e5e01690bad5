"""Fill in the profile by question and answer."""

import re
from dataclasses import dataclass
from datetime import time

from coach.library.safety import Condition, Limit
from coach.training.profile import Profile, Units, changed


@dataclass(frozen=True, slots=True)
class ProfileQuestion:
    key: str
    asks: str
    allowed: str


QUESTIONS = (
    ProfileQuestion("condition", "What did the doctor find?", ", ".join(Condition)),
    ProfileQuestion("clinician_agreed", "Has a doctor or physiotherapist agreed to these exercises?", "yes or no"),
    ProfileQuestion("limits", "What is not for you?", f"{', '.join(Limit)}, several with commas, or none"),
    ProfileQuestion("units", "Kilos or pounds?", ", ".join(Units)),
    ProfileQuestion("weights", "Which dumbbells do you own?", "numbers with commas, e.g. 1, 2, 3; or none"),
    ProfileQuestion(
        "bands", "Which bands do you own, the easiest first?", "names with commas, e.g. yellow, red; or none"
    ),
    ProfileQuestion("name", "How may the coach call you?", "a name, or none"),
    ProfileQuestion("time_of_day", "At what time do you train? It is for your calendar.", "a time, e.g. 9:00 or 17:30"),
)

_NONE = {"none", "no", "nothing", "-"}
_UNIT = re.compile(r"(?i)(?<=[\d\s])(?:kgs?|kilos?|lbs?|pounds?)\b|\band\b")
_YES, _NO = {"yes", "y", "true"}, {"no", "n", "false"}


def answer(profile: Profile, question: ProfileQuestion, text: str) -> Profile:
    """Return the profile with the answer; an empty one keeps what was. ValueError: not understood, what is allowed."""
    text = text.strip()
    return changed(profile, question.key, _value(question, text)) if text else profile


def shown(profile: Profile, key: str) -> str:
    """Return an entry as one would answer it."""
    value = getattr(profile, key)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        value = tuple(limit for limit in Limit if limit in value)
    if isinstance(value, tuple):
        return ", ".join(f"{item:g}" if isinstance(item, float) else str(item) for item in value) or "none"
    return str(value) or "none"


def _value(question: ProfileQuestion, text: str) -> object:
    if question.key == "clinician_agreed":
        return _yes_or_no(text)
    if question.key == "time_of_day":
        return text
    if question.key in {"condition", "units"}:
        return text.lower().replace(" ", "-")
    if text.lower() in _NONE:
        return "" if question.key == "name" else []
    if question.key == "name":
        return text
    if question.key == "weights":
        return [_number(part) for part in re.split(r"[,;\s]+", _UNIT.sub(" ", text)) if part]
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    return [part.lower() for part in parts] if question.key == "limits" else parts


def _yes_or_no(text: str) -> bool:
    if text.lower() not in _YES | _NO:
        raise ValueError(f"{text!r} is not one of yes, no")
    return text.lower() in _YES


def _number(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text
