"""Normalize text, so that texts of the same words compare equal."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^\w']+")
_LOOSE_APOSTROPHE = re.compile(r"(?<!\w)'|'(?!\w)")


def normal(text: str) -> str:
    """Return the words in lower case with one space between them, no punctuation but apostrophes inside words."""
    composed = unicodedata.normalize("NFC", text).replace("\u2019", "'").lower()
    return " ".join(_LOOSE_APOSTROPHE.sub(" ", _NOT_WORD.sub(" ", composed)).split())
