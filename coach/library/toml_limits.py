"""Bound what a TOML file may hold: a file that a person wrote is small, and one that is not costs no time.

Without bounds a name of a million letters is searched for unsafe words for minutes, and a number of thousands of digits
can't be printed any more.
"""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from coach.library.lines import Place
from coach.library.problem import Mistake

DEEPEST = 50
"""Levels of lists and tables. Our own models need five; pydantic gives up at about two hundred."""
LONGEST_TEXT = 2_000
"""Characters of one value."""
LONGEST_LIST = 1_000
LARGEST_NUMBER = 2**63
"""TOML's own bound for whole numbers."""

# a.b.c and so on: tomllib takes the square of its length. A string of such words would be refused as well.
_ENDLESS_KEY = re.compile(rf"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}""")


def has_endless_key(text: str) -> bool:
    """Tell, before it is parsed, whether a text has a dotted key of more parts than there may be levels."""
    return _ENDLESS_KEY.search(text) is not None


def is_too_deep(value: object, levels: int = DEEPEST) -> bool:
    """Tell whether lists and tables are nested deeper than any file of ours."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return held is not None and (levels == 0 or any(is_too_deep(each, levels - 1) for each in held))


def beyond_limits(values: dict[str, Any]) -> Iterator[Mistake]:
    """Yield every value that is larger than anything a person writes."""
    for place, value in _walked(values, ()):
        if isinstance(value, list) and len(value) > LONGEST_LIST:
            yield place, f"has {len(value)} entries; at most {LONGEST_LIST} are allowed"
        elif isinstance(value, str) and len(value) > LONGEST_TEXT:
            yield place, f"has {len(value)} characters; at most {LONGEST_TEXT} are allowed"
        elif isinstance(value, int) and not -LARGEST_NUMBER <= value < LARGEST_NUMBER:
            yield place, "is a number with too many digits; write a smaller one"
        elif any(len(str(key)) > LONGEST_TEXT for key in (value if isinstance(value, dict) else ())):
            yield place, f"has a key of more than {LONGEST_TEXT} characters"


def dates(values: Any) -> list[Mistake]:
    """Return a mistake for every date and time: as text they would pass for a name."""
    asked = "is a date or time, which isn't expected here; put quotes around it if it's meant as text"
    moments = (datetime.date, datetime.time)
    return [(place, asked) for place, value in _walked(values, ()) if isinstance(value, moments)]


def _walked(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    """Yield every value with its place, those inside it after it."""
    yield place, value
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _walked(held, (*place, key))
    elif isinstance(value, list) and len(value) <= LONGEST_LIST:
        for number, held in enumerate(value):
            yield from _walked(held, (*place, number))
