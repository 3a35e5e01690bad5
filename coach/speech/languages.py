"""Tell English voices from others: the coach's sentences are English."""

import re

_PRIMARY = re.compile(r"([a-z]{2,3})(?:[-_].*)?", re.IGNORECASE)


def is_foreign(language: str) -> bool:
    """Tell whether a voice's language is known and another than English; a driver may name none."""
    found = _PRIMARY.fullmatch(language)
    return found is not None and found[1].lower() != "en"


def is_english(language: str) -> bool:
    """Tell whether a voice's language is known to be English."""
    found = _PRIMARY.fullmatch(language)
    return found is not None and found[1].lower() == "en"
