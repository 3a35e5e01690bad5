"""A TOML file in, the table of what can be said out: checked, so that no two commands share a spelling or a sound."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.pronunciation import sound_of

# The module `commands.py` and this folder share a name: the module is what is imported, the folder only holds data.
FOLDER = Path(__file__).parent

DIGITS = "1-0"
"""The key of the entry with values: 1 to 9, and 0 for ten."""
NAMED_KEYS = {" ": "space", "\r": "enter", "\n": "enter"}
ANYWHERE = "anywhere"
ASKING = "asking"
# The segment kinds of coach/timeline/cue.py, which hearing may not import (a test compares), and two words.
PLACES = frozenset(
    {
        "welcome",
        "move",
        "setup",
        "gate",
        "set",
        "switch",
        "rest",
        "effort",
        "walk",
        "way_out",
        "finish",
        ANYWHERE,
        ASKING,
    }
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that can be said, and what it means."""

    text: str
    """In its normal form: lower case, no punctuation but apostrophes."""
    command: Command
    value: int | None = None
    """Of a number; of a choice, its index in the table's choices."""
    choice: str | None = None
    """The routine that it names; only meant where that is asked."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to "which routine?". Heard as `Command.NUMBER` with its index among the choices as the value."""

    routine: str
    """The routine's id."""
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    command: Command
    phrases: tuple[str, ...]
    """As written in the file, the one to teach first."""
    key: str
    """On the keyboard: one character, `space`, `enter`, or `1-0` for the numbers."""
    safety: bool
    where: tuple[str, ...]
    """Segment kinds, or `anywhere`, or `asking`."""
    values: tuple[int, ...] = ()
    """One a phrase, in their order; only of numbers."""
    does: str = ""
    """What it does, for lists."""


@dataclass(frozen=True, slots=True)
class Table:
    language: str
    entries: tuple[Entry, ...]
    choices: tuple[Choice, ...] = ()
    decoys: tuple[str, ...] = ()
    """Words that a grammar needs beside the phrases, so that other talk has somewhere to go."""
    rivals: tuple[str, ...] = ()
    """Other words near a phrase in sound, scored beside the phrases: what fits one of them better was no command."""

    def phrases(self) -> tuple[Phrase, ...]:
        """Return everything that can be said, commands in the order of the file, then the choices."""
        return (*self._spoken(), *self._chosen())

    def meanings(self) -> Mapping[str, tuple[Phrase, ...]]:
        """Return what each phrase means, by its normal form; two only where a choice is a command elsewhere."""
        found: dict[str, tuple[Phrase, ...]] = {}
        for phrase in self.phrases():
            found[phrase.text] = (*found.get(phrase.text, ()), phrase)
        return found

    def entry(self, command: Command) -> Entry | None:
        """Return a command's entry."""
        return next((entry for entry in self.entries if entry.command is command), None)

    def open_in(self, kind: str | None) -> frozenset[Command]:
        """Return what is open in a kind of segment (or `asking`); everything without one."""
        if kind is None:
            return frozenset(entry.command for entry in self.entries)
        wanted = {kind} if kind == ASKING else {kind, ANYWHERE}
        return frozenset(e.command for e in self.entries if e.safety or wanted & set(e.where))

    def pressed(self, character: str) -> tuple[Command, int | None] | None:
        """Return what a key means, as the character that a terminal gives; None where it means nothing."""
        if character.isdecimal() and len(character) == 1:
            return (Command.NUMBER, int(character) or 10) if self.entry(Command.NUMBER) else None
        key = NAMED_KEYS.get(character, character)
        return next(((e.command, None) for e in self.entries if e.key == key), None)

    def words(self) -> frozenset[str]:
        """Return every word of every phrase."""
        return frozenset(word for phrase in self.phrases() for word in phrase.text.split())

    def _spoken(self) -> Iterator[Phrase]:
        for entry in self.entries:
            values = entry.values or (None,) * len(entry.phrases)
            for text, value in zip(entry.phrases, values, strict=True):
                yield Phrase(normal(text), entry.command, value)

    def _chosen(self) -> Iterator[Phrase]:
        for index, choice in enumerate(self.choices):
            for text in choice.phrases:
                yield Phrase(normal(text), Command.NUMBER, index, choice.routine)


def load_table(path: Path | None = None, language: str = "en") -> Table:
    """Read and check a table; without a path the shipped one of that language. Raises InputError with every mistake."""
    path = path or FOLDER / f"{language}.toml"
    table = _parse(path, _read(path))
    problems = check(table)
    if problems:
        raise InputError(f"{path}: {'; '.join(problems)}")
    return table


def check(table: Table) -> list[str]:
    """Return what is wrong with a table, a line each."""
    if not any(entry.phrases for entry in table.entries):
        return ["the table is empty: give at least one command with a phrase"]
    return [*_empty(table), *_twice(table), *_same_sound(table), *_stolen(table), *_same_key(table)]


def unknown_words(table: Table, knows: Callable[[str], bool]) -> list[str]:
    """Return the words of the phrases that a recognizer's vocabulary lacks, sorted."""
    return sorted(word for word in table.words() if not knows(word))


def check_words(table: Table, knows: Callable[[str], bool], engine: str) -> None:
    """Raise InputError that names the words an engine can never hear, and the phrases they are in."""
    unknown = unknown_words(table, knows)
    if not unknown:
        return
    phrases = [phrase.text for phrase in table.phrases() if set(phrase.text.split()) & set(unknown)]
    raise InputError(
        f"{engine} does not know the word{'s' if len(unknown) > 1 else ''} {_quoted(unknown)}: "
        f"say {_quoted(phrases)} in other words in the table of commands"
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise InputError(f"no table of commands at {path}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: not a table of commands: {error}") from error


def _parse(path: Path, data: Mapping[str, Any]) -> Table:
    try:
        entries = tuple(_entry(name, fields) for name, fields in data.get("command", {}).items())
        choices = tuple(Choice(name, tuple(map(str, said))) for name, said in data.get("choice", {}).items())
        decoys, rivals = (tuple(map(str, data.get(key, ()))) for key in ("decoys", "rivals"))
        return Table(str(data.get("language", path.stem)), entries, choices, decoys, rivals)
    except (TypeError, AttributeError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error


def _entry(name: str, fields: Mapping[str, Any]) -> Entry:
    if name not in set(Command):
        raise ValueError(f"there is no command {name!r}; there are {', '.join(Command)}")
    odd = set(fields) - {"phrases", "key", "safety", "where", "values", "does"}
    if odd:
        raise ValueError(f"{name} has no {_quoted(sorted(odd))}; there are phrases, does, key, safety, where, values")
    where = _strings(name, "where", fields.get("where", [ANYWHERE]))
    if not set(where) <= PLACES:
        raise ValueError(
            f"{name}: where knows no {_quoted(sorted(set(where) - PLACES))}; it knows {', '.join(sorted(PLACES))}"
        )
    return Entry(
        command=Command(name),
        phrases=_strings(name, "phrases", fields.get("phrases", [])),
        key=str(fields.get("key", "")),
        safety=_safety(Command(name), fields.get("safety", False)),
        where=where,
        values=_values(name, fields),
        does=str(fields.get("does", "")),
    )


def _strings(name: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{name}: {key} is a list of texts")
    return tuple(value)


def _safety(command: Command, value: object) -> bool:
    if value is not (command in SAFETY):
        raise ValueError(f"{command}: safety is {str(command in SAFETY).lower()}")
    return command in SAFETY


def _values(name: str, fields: Mapping[str, Any]) -> tuple[int, ...]:
    values = fields.get("values", [])
    if not isinstance(values, list) or any(type(value) is not int for value in values):
        raise TypeError(f"{name}: values is a list of whole numbers")
    if values and len(values) != len(fields.get("phrases", [])):
        raise ValueError(f"{name}: as many values as phrases")
    return tuple(values)


def _empty(table: Table) -> Iterator[str]:
    for entry in table.entries:
        if not entry.phrases:
            yield f"{entry.command} has no phrase"
        if any(not normal(phrase) for phrase in entry.phrases):
            yield f"{entry.command} has a phrase without a word"


def _twice(table: Table) -> Iterator[str]:
    for text, meanings in table.meanings().items():
        if len({(m.command, m.choice is None) for m in meanings}) < len(meanings):
            yield f"{text!r} is listed twice"


def _same_sound(table: Table) -> Iterator[str]:
    """Name the pairs of commands that share a sound. A choice may sound like a command: it is meant where asked."""
    by_sound: dict[str, Phrase] = {}
    for phrase in table.phrases():
        other = by_sound.setdefault(sound_of(phrase.text), phrase)
        different = (other.command, other.value) != (phrase.command, phrase.value)
        if different and (other.choice is None) == (phrase.choice is None):
            same = "is" if other.text == phrase.text else "sounds like"
            yield f"{phrase.text!r} ({_meaning(phrase)}) {same} {other.text!r} ({_meaning(other)})"


def _stolen(table: Table) -> Iterator[str]:
    said = {sound_of(phrase.text): phrase for phrase in table.phrases()}
    for name, words in (("decoy", table.decoys), ("rival", table.rivals)):
        for word in words:
            if phrase := said.get(sound_of(normal(word))):
                yield f"the {name} {word!r} sounds like {phrase.text!r} ({_meaning(phrase)})"


def _same_key(table: Table) -> Iterator[str]:
    by_key: dict[str, Command] = {}
    for entry in table.entries:
        if len(entry.key) != 1 and entry.key not in {DIGITS, *NAMED_KEYS.values()}:
            yield f"{entry.command}: a key is one character, space, enter, or {DIGITS}; not {entry.key!r}"
        if by_key.setdefault(entry.key, entry.command) is not entry.command:
            yield f"{entry.command} and {by_key[entry.key]} have the same key {entry.key!r}"


def _meaning(phrase: Phrase) -> str:
    value = phrase.choice or phrase.value
    return phrase.command if value is None else f"{phrase.command} {value}"


def _quoted(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
