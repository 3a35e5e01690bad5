"""Say a schema error as a sentence a person can act on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import Any, get_args, get_origin, get_type_hints

from coach.library.lines import Place

_WANTED = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must be a table",
    "dataclass_type": "must be a table",
}


@dataclass(frozen=True, slots=True)
class Schema:
    """A model, and how a file's top level differs from its fields."""

    model: type
    keys: Mapping[str, str]
    """What the file calls fields that it names otherwise."""
    given: frozenset[str]
    """Fields that do not come from the file."""


def message_of(kind: str, place: Place, context: Mapping[str, Any], value: object, schema: Schema) -> str:
    """Say what is wrong at a place, after pydantic's error type."""
    if kind in ("unexpected_keyword_argument", "extra_forbidden"):
        return _unknown_key(str(place[-1]), _keys_beside(place, schema))
    if kind in ("enum", "literal_error"):
        return f"is {_shown(value)}; allowed: {context['expected']}"
    if kind == "missing" and isinstance(place[-1], str):
        return "is missing"
    counted = kind in ("missing", "too_short", "too_long")  # of a list with a fixed number of entries
    wanted = _wanted(schema.model, place[:-1] if kind == "missing" else place) or _WANTED.get(kind)
    if wanted is None:
        return "has the wrong number of entries" if counted else f"is not allowed ({kind}), {_shown(value)}"
    return wanted if counted else f"{wanted}, not {_shown(value)}"


def _unknown_key(key: str, allowed: list[str]) -> str:
    close = get_close_matches(key, allowed, n=1, cutoff=0.5)
    hint = f"did you mean {close[0]}? " if close else ""
    return f"isn't a key here; {hint}allowed: {', '.join(allowed)}"


def _keys_beside(place: Place, schema: Schema) -> list[str]:
    """Return the keys that the table around a place may have."""
    names = [field.name for field in fields(_dataclass(_type_at(schema.model, place[:-1])))]
    return names if len(place) > 1 else [schema.keys.get(name, name) for name in names if name not in schema.given]


def _wanted(model: type, place: Place) -> str | None:
    """Return what a field's own metadata says it must be."""
    if not place:
        return None
    around = _type_at(model, place[:-1])
    beside = fields(_dataclass(around)) if any(map(is_dataclass, _options(around))) else ()
    return next((field.metadata.get("wanted") for field in beside if field.name == place[-1]), None)


def _type_at(model: Any, place: Place) -> Any:
    for part in place:
        model = _type_within(model, part)
    return model


def _type_within(kind: Any, part: str | int) -> Any:
    """Return the type of one part of a value: a field's, or what a list or a table holds."""
    for option in _options(kind):
        if is_dataclass(option):
            return get_type_hints(option).get(str(part))
        if held := get_args(option):
            return held[1] if get_origin(option) is dict else held[0]
    return None


def _dataclass(kind: Any) -> Any:
    return next(option for option in _options(kind) if is_dataclass(option))


def _options(kind: Any) -> tuple[Any, ...]:
    """Return the types of a union (`X | None`), or the one type."""
    return (kind,) if isinstance(kind, type) or get_origin(kind) in (dict, list, tuple) else get_args(kind)


def _shown(value: object) -> str:
    """Return a value as Python writes it, a long one cut."""
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
