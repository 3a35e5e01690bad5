"""A schema error in, a sentence a person can act on out."""

from collections.abc import Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any

from coach.library.exercise import Avoid, Exercise, Instruction, Phase
from coach.library.figure import Figure, Limb, Pose
from coach.library.lines import Place
from coach.library.routine_file import BlockEntry, RoutineEntry

_WANTED = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "dict_type": "must be a table, e.g. { pull = 4 }",
    "dataclass_type": "must be a table",
}

_LINES = ("setup", "movement", "reminder", "switch", "rest", "way_out", "key")


def message_of(kind: str, place: Place, context: Mapping[str, Any], value: object) -> str:
    """Say what is wrong at a place, after pydantic's error type."""
    if kind == "missing":
        return "is missing"
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return _unknown_key(place)
    if kind == "enum":
        return f"is {value!r}; allowed: {context['expected']}"
    if kind in ("too_long", "too_short"):
        return "must be two numbers, e.g. [10, 15]"
    wanted = _WANTED.get(kind, f"is not allowed ({kind})")
    return f"{wanted}, not {_shown(value)}"


def _unknown_key(place: Place) -> str:
    allowed = _keys_beside(place)
    close = get_close_matches(str(place[-1]), allowed, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}? " if close else ""
    return f"is no key here; {hint}allowed: {', '.join(allowed)}"


def _keys_beside(place: Place) -> list[str]:
    """Return the keys that the table around a place may have."""
    table = place[0] if len(place) > 1 else ""
    if table == "figure":
        return _names((Figure, Pose, Limb)[len(place) - 2])
    if table == "block":
        return _names(BlockEntry)
    if table == "phase":
        return _names(Phase)
    if table == "avoid":
        return _names(Avoid)
    if table in _LINES:
        return _names(Instruction)
    known_to_exercise = {**dict.fromkeys(_names(Exercise))}
    return _names(RoutineEntry) if place[0] not in known_to_exercise else _names(Exercise)


def _names(kind: type) -> list[str]:
    return [entry.name for entry in fields(kind)]


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
