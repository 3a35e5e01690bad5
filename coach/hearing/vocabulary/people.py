"""The names of people as phrases: what answers "who is training?", and which names sound too much alike for it."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace

from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Choice, Table
from coach.hearing.vocabulary.pronunciation import sound_of

LEADS = ("{}", "I'm {}", "I am {}", "it's {}", "it is {}", "this is {}")
"""How people say who they are."""
OTHERWISE = (
    (r"k(?!n)", "c"), (r"^c(?=[aloru])", "k"), (r"au", "o"), (r"ea\b", "ee"), (r"ph", "f"), (r"ie?\b", "y"),
    (r"^([bcdgptvz])(?:ea|ee|e)$", r"\1"), (r"^([jk])ay$", r"\1"),
)  # fmt: skip
"""How else English writes a sound in a name; the last two are names of letters."""
NEAR = 0.34
"""Names whose sounds differ in a smaller part than this are taken for each other (`scripts/bench names`)."""


def people_table(table: Table, names: Iterable[str]) -> Table:
    """Return a table whose choices are these people, in their order; numbers, and what sounds like a name, left out."""
    everybody = tuple(names)
    choices = tuple(
        Choice(name, phrases_of(name, {normal(other) for other in everybody if other != name}), is_person=True)
        for name in everybody
    )
    sounds = {sound_of(normal(phrase)) for choice in choices for phrase in choice.phrases}
    rivals = tuple(rival for rival in table.rivals if sound_of(normal(rival)) not in sounds)
    decoys = tuple(decoy for decoy in table.decoys if sound_of(normal(decoy)) not in sounds)
    entries = tuple(entry for entry in table.entries if entry.command is not Command.NUMBER)
    return replace(table, entries=entries, choices=choices, rivals=rivals, decoys=decoys)


def phrases_of(name: str, others: Collection[str] = ()) -> tuple[str, ...]:
    """Return what somebody of this name may say, in every likely spelling that is not the name of one of the others."""
    return tuple(lead.format(each) for each in spellings_of(name) if each not in others for lead in LEADS)


def spellings_of(name: str) -> tuple[str, ...]:
    """Return a name in its normal form, and how else a recognizer may write it: José Jose, Lukas Lucas, Laura Lora."""
    said, plain = normal(name), normal(_plain(name))
    others = (re.sub(pattern, letters, plain) for pattern, letters in OTHERWISE)
    return tuple(each for each in dict.fromkeys((said, plain, *others)) if each)


def refusal(name: str, others: Iterable[str], table: Table) -> str | None:
    """Return why a name can't be told by ear from a command or from another person's; None: it can."""
    sound = _sound(name)
    if not sound:
        return f"{name!r} has no letters that can be spoken"
    for phrase in table.phrases():
        if sound_of(phrase.text).replace("h", "") == sound:
            return f"{name!r} sounds like something you say to the coach, {phrase.text!r}"
    near = next((other for other in others if difference(sound, _sound(other)) < NEAR), None)
    return None if near is None else f"{name!r} sounds too much like {near!r}, who trains here too"


def difference(one: str, other: str) -> float:
    """Return which part of two sounds differs, 0 to 1: their edit distance over the longer one's length."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for i, against in enumerate(other, 1):
            before, row[i] = row[i], min(row[i] + 1, row[i - 1] + 1, before + (letter != against))
    return row[-1] / max(len(one), len(other), 1)


def _sound(name: str) -> str:
    """Return a name's phonetic key, without the letter h: Jon is John, Sara Sarah."""
    return sound_of(normal(_plain(name))).replace("h", "")


def _plain(text: str) -> str:
    """Return a text without the marks on its letters."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
