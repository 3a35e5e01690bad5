"""Look up the sentences that belong to no single exercise, by their keys (`phrases/en.toml`)."""

import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "phrases" / "en.toml"


def phrase(key: str, /, **values: object) -> str:
    """Return one sentence with its values filled in: `phrase("setup.target", target="...")`.

    A value is also there with a capital: `{Name}` beside `{name}`. Raises KeyError for an unknown key or value.
    """
    found = _entry(key)
    if not isinstance(found, str):
        raise KeyError(f"{key} is no single sentence")
    return _filled(found, values)


def phrases(key: str, /, **values: object) -> tuple[str, ...]:
    """Return the sentences of a list, or a single one as a list of one."""
    found = _entry(key)
    if isinstance(found, dict):
        raise KeyError(f"{key} is no sentence")
    return tuple(_filled(text, values) for text in ([found] if isinstance(found, str) else found))


def phrases_or_none(key: str, /) -> tuple[str, ...]:
    """Return the sentences of a list, or none where there is no such key."""
    try:
        return phrases(key)
    except KeyError:
        return ()


def capital(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """Put a text on one line, for forms that have no other."""
    return " ".join(text.split())


def listed(things: tuple[str, ...]) -> str:
    """Say several things in a row: `a, b and c`."""
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"


def _filled(text: str, values: dict[str, object]) -> str:
    if not values:
        return text
    capitals = {capital(name): capital(str(value)) for name, value in values.items()}
    return text.format(**(capitals | values))


def _entry(key: str) -> "str | list[str] | dict[str, object]":
    found: object = _load()
    for part in key.split("."):
        if not isinstance(found, dict) or part not in found:
            raise KeyError(f"there is no phrase {key}")
        found = found[part]
    if not isinstance(found, str | list | dict):
        raise KeyError(f"{key} is no sentence")
    return found


@cache
def _load() -> dict[str, object]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
