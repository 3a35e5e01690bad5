"""Find unsafe movements by their words, so that an untagged "toe touch" does not pass."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GAP = 4
"""Words that ".." may stand for."""
REACH = 5
"""Words before a match in which a "not" still belongs to it."""

_CLAUSE = re.compile(r"[.,;:!?()\n]+|\s[-\u2013\u2014]\s|\bbut\b|\bthen\b")
_NO_LETTER = re.compile(r"[^a-z0-9' ]+")
_NOT = re.compile(r"\b(?:no|not|never|without|avoid|avoids|avoiding|instead of|rather than|\w+n't|nor|cannot)\b")
# "Don't be afraid to twist", "not only a twist": a "not" that forbids nothing.
_STILL_YES = re.compile(r"\b(?:afraid|worry|shy|hesitate|only|mind|stop|forget|just)\b")


@dataclass(frozen=True, slots=True)
class WordList:
    """The phrases that give one tag away."""

    tag: str
    pattern: re.Pattern[str]
    safe: re.Pattern[str] | None
    """Phrases that are read over: they contain such words and mean something else."""


@dataclass(frozen=True, slots=True)
class Match:
    tag: str
    words: str


def word_list(tag: str, phrases: Sequence[str], safe: Sequence[str] = ()) -> WordList:
    """Make a list from phrases as they stand in the data."""
    return WordList(tag, _any_of(phrases), _any_of(safe) if safe else None)


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(_phrase(phrase) for phrase in longest_first) + r")\b")


def _phrase(phrase: str) -> str:
    parts = (
        rf"(?:[a-z0-9']+ ){{0,{GAP}}}" if word == ".." else re.escape(word) + r"(?:s|es|ed|ing)? "
        for word in phrase.split()
    )
    return "".join(parts).removesuffix(" ")


def matches(text: str, lists: Sequence[WordList]) -> Iterator[Match]:
    """Yield what a text gives away, clause by clause; a clause that says not to do it gives nothing away."""
    for clause in _clauses(text):
        for words in lists:
            read = words.safe.sub(" ", clause) if words.safe else clause
            yield from (
                Match(words.tag, found[0]) for found in words.pattern.finditer(read) if not _forbidden(read, found)
            )


def _clauses(text: str) -> Iterator[str]:
    straight = text.lower().replace("\u2019", "'")
    for clause in _CLAUSE.split(straight):
        if cleaned := " ".join(_NO_LETTER.sub(" ", clause).split()):
            yield cleaned


def _forbidden(clause: str, found: re.Match[str]) -> bool:
    """Tell whether a "not" stands in the match or close before it, and means it."""
    before = clause[: found.start()].split()[-REACH:]
    near = " ".join([*before, found[0]])
    return bool(_NOT.search(near)) and not _STILL_YES.search(near)
