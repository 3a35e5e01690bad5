"""Normalize a text for a voice: ranges, units, and words that voices mispronounce."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "lexicon" / "en.toml"
_NUMBER = r"\d+(?:\.\d+)?"


def as_spoken(text: str) -> str:
    """Spell a text for a voice: `10-15 with 2 kg` becomes `10 to 15 with 2 kilograms`."""
    for pattern, sounds in _between():
        text = pattern.sub(sounds, text)
    text = _units().sub(_unit, text)
    return _words().sub(_word, text)


@cache
def edition() -> str:
    """Return what tells one lexicon from another, for the key of a clip."""
    return sha256(_FILE.read_bytes() + b"1").hexdigest()[:8]  # the digit: of the rules above


@cache
def _lexicon() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _between() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<=\d)\s*{re.escape(sign)}\s*(?=\d)"), f" {sounds} ")
        for sign, sounds in _lexicon()["between"].items()
    )


@cache
def _units() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _lexicon()["units"]), key=len, reverse=True))
    return re.compile(rf"(?P<number>{_NUMBER})[\s-]?(?P<unit>{names})\b(?!\.\w)")


def _unit(found: re.Match[str]) -> str:
    one, several = _lexicon()["units"][found["unit"]]
    return f"{found['number']} {one if found['number'] == '1' else several}"


@cache
def _words() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _lexicon()["words"]), key=len, reverse=True))
    return re.compile(rf"(?<![\w'])(?:{names})(?![\w'])|(?<=\d)%", re.IGNORECASE)


def _word(found: re.Match[str]) -> str:
    word = found[0]
    sounds: str = _lexicon()["words"][word.lower()]
    if word == "%":
        return f" {sounds}"
    return sounds[:1].upper() + sounds[1:] if word[:1].isupper() else sounds
