"""What no sentence of the coach may begin or end with: the phrases that are commands."""

from collections.abc import Set
from functools import cache

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table

SAID_BY_BOTH = frozenset({"go on", "okay", "i can't hear you"})
"""Too common to be kept out of what the coach says: no safety words, so the policy refuses them as its own voice."""


@cache
def taught() -> frozenset[str]:
    """Return what no sentence may begin or end with; numbers and names are only understood where they are asked for."""
    return frozenset(p.text for p in load_table().phrases() if p.command is not Command.NUMBER) - SAID_BY_BOTH


def at_the_ends(sentence: str, phrases: Set[str]) -> list[str]:
    """Return those of the phrases that a sentence begins or ends with, all in their normal form."""
    words = sentence.split()
    ends = (" ".join(part) for count in range(1, len(words) + 1) for part in (words[:count], words[-count:]))
    return sorted(phrases & set(ends))
