"""The table of what can be said: commands, the phrases that mean them, their keys, and where they are worth saying.

The language files beside this module hold the phrases; `table_mistakes` says what a table must be.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.hearing.vocabulary.commands import SAFETY, Command, value_of
from coach.hearing.vocabulary.keys_and_places import ANYWHERE, NAMED_KEYS
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.table_mistakes import mistakes_in
from coach.library.toml_reader import read_toml
from coach.plain_file import MissingFileError

FOLDER = Path(__file__).parent
EFFORT = "effort"
"""The question that has words of its own for its numbers, as the session names it."""
YES_OR_NO = frozenset({Command.YES, Command.NO})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing that can be said, and what it means."""

    text: str
    """In its normal form: lower case, no punctuation but apostrophes."""
    command: Command
    value: int | None = None
    """Of a number; of a choice, its index in the table's choices; else see `commands.VALUES`."""
    choice: str | None = None
    """The routine or the person that it names; only meant where that is asked."""
    about: str | None = None
    """The one question that it answers; None: it is no answer, or answers any."""
    names_person: bool = False
    """Its choice is a person: spelled with capitals, and where it is asked few others can be meant."""

    @property
    def is_number(self) -> bool:
        """Tell whether it is a number said as such."""
        return self.command is Command.NUMBER and self.choice is None and self.about is None


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to "which routine?" or "who is training?".

    Heard as `Command.NUMBER` with its index among the choices as the value.
    """

    name: str
    """The routine's id, or the person's name."""
    phrases: tuple[str, ...]
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A command, as the table has it."""

    command: Command
    phrases: tuple[str, ...]
    """As written in the file, the one to teach first."""
    key: str
    """One character, `space`, `enter`, or `1-0` for the numbers."""
    safety: bool
    where: tuple[str, ...]
    """Segment kinds, or `anywhere`, or `asking`."""
    values: tuple[int | None, ...] = ()
    """One a phrase, in their order; empty where none has a value."""
    does: str = ""
    """What it does, for lists."""


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that can be said in one language."""

    language: str
    entries: tuple[Entry, ...]
    choices: tuple[Choice, ...] = ()
    efforts: tuple[tuple[str, int], ...] = ()
    """Words for how hard it was, and the number of each; only meant where that is asked."""
    decoys: tuple[str, ...] = ()
    """Words that a grammar needs beside the phrases, for other talk to be recognized as."""
    rivals: tuple[str, ...] = ()
    """Words that sound like a phrase, scored beside the phrases: what fits one of them better is no command."""

    def phrases(self) -> tuple[Phrase, ...]:
        """Return everything that can be said, commands in the order of the file, then choices, then efforts."""
        return (*self._spoken(), *self._chosen(), *self._called())

    def meanings(self) -> Mapping[str, tuple[Phrase, ...]]:
        """Return what each phrase means, by its normal form; two only where a choice is a command elsewhere."""
        found: dict[str, tuple[Phrase, ...]] = {}
        for phrase in self.phrases():
            found[phrase.text] = (*found.get(phrase.text, ()), phrase)
        return found

    @property
    def short(self) -> tuple[str, ...]:
        """Return what is taught in one word, in its normal form, and every number; a safety word may have two.

        "Yes" and "no" are left out: too many other words are mistaken for them.
        """
        first = [(normal(entry.phrases[0]), entry) for entry in self.entries if entry.command not in YES_OR_NO]
        taught = [text for text, entry in first if len(text.split()) <= 1 + entry.safety]
        return tuple(dict.fromkeys([*taught, *(phrase.text for phrase in self._spoken() if phrase.is_number)]))

    @property
    def safety(self) -> tuple[str, ...]:
        """Return the phrases of safety words, in their normal form."""
        return tuple(each.text for each in self.phrases() if each.command in self._risky)

    @property
    def ordinary(self) -> tuple[str, ...]:
        """Return the phrases that are neither safety words nor names, in their normal form."""
        return tuple(each.text for each in self.phrases() if each.command not in self._risky and each.choice is None)

    @property
    def _risky(self) -> frozenset[Command]:
        return frozenset(entry.command for entry in self.entries if entry.safety)

    def entry(self, command: Command) -> Entry | None:
        """Return a command's entry."""
        return next((entry for entry in self.entries if entry.command is command), None)

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
                yield Phrase(normal(text), Command.NUMBER, index, choice.name, names_person=choice.is_person)

    def _called(self) -> Iterator[Phrase]:
        for text, value in self.efforts:
            yield Phrase(normal(text), Command.NUMBER, value, about=EFFORT)


def load_table(path: Path | None = None, language: str = "en") -> Table:
    """Read a table; without a path the shipped one of that language.

    Raises InputError where there is none, BadFileError with every mistake: file, line and key.
    """
    path = path or FOLDER / f"{language}.toml"
    try:
        file = read_toml(path)
    except MissingFileError as error:
        raise InputError(f"no table of commands at {path}") from error
    file.refuse(mistakes_in(file.values))
    return _table(file.values, path.stem)


def check_words(table: Table, knows: Callable[[str], bool], engine: str) -> None:
    """Raise InputError naming the words that an engine's vocabulary lacks, and the phrases they are in."""
    unknown = sorted(word for word in table.words() if not knows(word))
    if not unknown:
        return
    phrases = [phrase.text for phrase in table.phrases() if set(phrase.text.split()) & set(unknown)]
    raise InputError(
        f"{engine} does not know the word{'s' if len(unknown) > 1 else ''} {_quoted(unknown)}: "
        f"reword {_quoted(phrases)} in the table of commands"
    )


def _table(values: Mapping[str, Any], language: str) -> Table:
    """Build the table from values without a mistake."""
    return Table(
        values.get("language", language),
        tuple(_entry(Command(name), fields) for name, fields in values["command"].items()),
        tuple(Choice(routine, tuple(phrases)) for routine, phrases in values.get("choice", {}).items()),
        tuple(values.get("efforts", {}).items()),
        tuple(values.get("decoys", ())),
        tuple(values.get("rivals", ())),
    )


def _entry(command: Command, fields: Mapping[str, Any]) -> Entry:
    phrases, named = fields["phrases"], fields.get("named", {})
    plain: list[int | None] = [_number(command, value) for value in fields.get("values", ())] or [None] * len(phrases)
    values = [*plain, *(_number(command, name) for name, said in named.items() for _ in said)]
    return Entry(
        command,
        phrases=(*phrases, *(text for said in named.values() for text in said)),
        key=fields["key"],
        safety=command in SAFETY,
        where=tuple(fields.get("where", [ANYWHERE])),
        values=tuple(values) if any(value is not None for value in values) else (),
        does=fields.get("does", ""),
    )


def _number(command: Command, value: int | str) -> int:
    return value if isinstance(value, int) else value_of(command, value)


def _quoted(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
