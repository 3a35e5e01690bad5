"""Understand a sentence in her own words: a transcript in, a command out. Pure.

A sentence is understood if a command's template explains all of it: frames before ("can you", "I need to"), tails
behind ("for me", "a bit"), fillers anywhere ("oh", "please"). What no template explains is no command, however many of
its words are a command's. The templates are in `en_sentences.toml`; `sentence_templates` compiles them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from coach.hearing.vocabulary.commands import SAFETY, Command, value_of
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.phrase_table import Table
from coach.hearing.vocabulary.sentence_mistakes import mistakes_in, template_mistakes
from coach.hearing.vocabulary.sentence_templates import Grammar, TemplateError
from coach.library.toml_reader import read_toml

FOLDER = Path(__file__).parent
MOST_FRAMES = 4
ANSWERS = frozenset(
    {Command.YES, Command.NO, Command.NUMBER, Command.FALSE_ALARM, Command.LATER, Command.NEVER, Command.HELP}
)
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SAME = {
    "i am": "i'm",
    "it is": "it's",
    "that is": "that's",
    "can not": "can't",
    "cannot": "can't",
    "do not": "don't",
    "back of my": "my",
    "back of the": "the",
}
_NO_GRAMMAR = Grammar({}, {})
_NOTHING = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sentence means."""

    command: Command
    value: int | None = None
    question: str | None = None
    """The one question that it answers; None: none, or any."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A command, or one of its values, and every sentence that means it."""

    command: Command
    value: int | None
    pattern: re.Pattern[str]
    question: str | None = None
    """The one question that it answers."""
    beside: Command | None = None
    """It counts where this is open too."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Every sentence of one language that is understood."""

    rules: tuple[Rule, ...] = ()
    """The first that fits counts."""
    fillers: frozenset[str] = frozenset()
    grammar: Grammar = _NO_GRAMMAR
    nothing: re.Pattern[str] = _NOTHING
    """What is never meant for the coach."""
    frames: re.Pattern[str] = _NOTHING
    """What may stand before a template."""
    tails: re.Pattern[str] = _NOTHING
    """What may stand behind one."""

    def meaning(self, text: str, commands: frozenset[Command]) -> Meaning | None:
        """Return what a transcript means where these commands are open; None where it means nothing."""
        words = self._words(text)
        if self.nothing.fullmatch(words):
            return None
        places = [0, *(at + 1 for at, each in enumerate(words) if each == " ")]
        starts = [at for at in places if self.frames.fullmatch(words, 0, at)]
        ends = [at for at in places if self.tails.fullmatch(words, at)]
        for rule in self.rules:
            if rule.command in commands and (rule.beside is None or rule.beside in commands):
                spans = ((start, end) for start in starts for end in ends if start < end)
                found = next((match for span in spans if (match := rule.pattern.fullmatch(words, *span))), None)
                if found:
                    return Meaning(rule.command, self._value(rule, found), rule.question)
        return None

    def _words(self, text: str) -> str:
        words = [DIGITS[int(each)] if each.isdecimal() and int(each) <= 10 else each for each in normal(text).split()]
        kept = [each for each in words if each not in self.fillers] or words
        joined = " ".join(kept) + " "
        for long, short in _SAME.items():
            joined = joined.replace(f"{long} ", f"{short} ")
        return self.grammar.marked(joined)

    def _value(self, rule: Rule, found: re.Match[str]) -> int | None:
        for group, words in found.groupdict().items():
            if words:
                slot = group.partition("_")[0]
                name = self.grammar.value(slot, words)
                if slot == "number":
                    return int(name)
                if rule.command is Command.IT_HURTS:
                    return value_of(rule.command, name)
        return rule.value


@lru_cache(maxsize=4)
def load_sentences(table: Table, path: Path | None = None) -> Sentences:
    """Read the templates of a table's language, or those of a path; without a file nothing is understood.

    The table's phrases come first, for each means one thing whatever stands around it.
    Raises BadFileError with every mistake: file, line and key.
    """
    path = path or FOLDER / f"{table.language}_sentences.toml"
    if not path.is_file():
        return Sentences()
    file = read_toml(path)
    file.refuse(mistakes_in(file.values))
    values = file.values
    grammar = Grammar(values["lists"], values["slots"], frozenset(values["light"]), frozenset(values["guards"]))
    try:
        return _sentences(table, values, grammar)
    except TemplateError:
        file.refuse(template_mistakes(values, grammar))  # only now: to look for them takes as long as to build
        raise


def _sentences(table: Table, values: Mapping[str, Any], grammar: Grammar) -> Sentences:
    """Build the sentences from values without a mistake outside a template. Raises TemplateError."""
    frames, tails = (re.compile(f"{grammar.pattern(values[name])}{{0,{MOST_FRAMES}}}") for name in ("frames", "tails"))
    rules = [
        Rule(written.command, written.value, re.compile(_numbered(written.pattern)), *written.asked)
        for written in (*_phrases(table, grammar), *_written(values, grammar))
    ]
    nothing = re.compile(grammar.pattern(values["nothing"]))
    return Sentences(tuple(rules), frozenset(values["fillers"]), grammar, nothing, frames, tails)


def _numbered(pattern: str) -> str:
    """Give every occurrence of a slot a name of its own: a group's name may stand in a pattern once."""
    counts: Counter[str] = Counter()

    def renamed(match: re.Match[str]) -> str:
        counts[match.group(1)] += 1
        return f"(?P<{match.group(1)}_{counts[match.group(1)]}>"

    return re.sub(r"\(\?P<(\w+)>", renamed, pattern)


@dataclass(frozen=True, slots=True)
class _Written:
    """A rule as the file has it."""

    command: Command
    value: int | None
    pattern: str
    asked: tuple[str | None, Command | None] = (None, None)
    """The question that it answers, and what must be open beside it."""


def _phrases(table: Table, grammar: Grammar) -> Iterator[_Written]:
    """Yield the phrases as rules, safety words first. A lone word, or an answer, may be part of anything."""
    said: dict[tuple[Command, int | None], list[str]] = {}
    for phrase in sorted(table.phrases(), key=lambda phrase: phrase.command not in SAFETY):
        lone = " " not in phrase.text and phrase.command not in SAFETY
        if phrase.command not in ANSWERS and not lone:
            said.setdefault((phrase.command, phrase.value), []).append(phrase.text)
    for (command, value), texts in said.items():
        yield _Written(command, value, grammar.pattern(texts))


def _written(values: Mapping[str, Any], grammar: Grammar) -> Iterator[_Written]:
    """Yield the rules in the order of the file: a command's values before the command."""
    for name, fields in values["command"].items():
        command = Command(name)
        for value, templates in fields.get("named", {}).items():
            yield _Written(command, value_of(command, value), grammar.pattern(templates))
        if "sentences" in fields:
            yield _Written(command, None, grammar.pattern(fields["sentences"]))
        for each in fields.get("asked", ()):
            asked = each["question"], Command(each["beside"]) if "beside" in each else None
            yield _Written(Command(each.get("as", name)), each.get("value"), grammar.pattern(each["sentences"]), asked)
