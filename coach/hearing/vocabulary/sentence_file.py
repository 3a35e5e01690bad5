"""Read the sentence templates of a language: a file in, `Sentences` out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from coach.hearing.vocabulary.commands import SAFETY, Command, value_of
from coach.hearing.vocabulary.phrase_table import Table
from coach.hearing.vocabulary.sentence_automaton import Automaton
from coach.hearing.vocabulary.sentence_mistakes import mistakes_in, template_mistakes
from coach.hearing.vocabulary.sentence_templates import Grammar, TemplateError
from coach.hearing.vocabulary.sentences import ANSWERS, ASIDE, FRAME, NOTHING, TAIL, Rule, Sentences, severity_of
from coach.library.toml_reader import read_toml

FOLDER = Path(__file__).parent
AROUND = {"frames": FRAME, "tails": TAIL, "asides": ASIDE, "nothing": NOTHING}


@dataclass(frozen=True, slots=True)
class _Written:
    """A rule as the file has it."""

    rule: Rule
    templates: Sequence[str]


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
    grammar = Grammar(
        values["lists"],
        values["slots"],
        frozenset(values["light"]),
        frozenset(values["guards"]),
        values.get("contractions", {}),
        frozenset(values["fillers"]),
        frozenset(values["exact"]),
    )
    try:
        return _sentences(table, values, grammar)
    except TemplateError:
        file.refuse(template_mistakes(values, grammar))  # only now: to look for them takes as long as to build
        raise


def _sentences(table: Table, values: Mapping[str, Any], grammar: Grammar) -> Sentences:
    """Build the sentences from values without a mistake outside a template. Raises TemplateError."""
    automaton = Automaton()
    for key, tag in AROUND.items():
        grammar.compile(automaton, tag, values[key])
    rules = sorted(
        (*_phrases(table, grammar), *_written(values)), key=lambda written: severity_of(written.rule.command)
    )
    for tag, written in enumerate(rules):
        grammar.compile(automaton, tag, written.templates)
    dangling = frozenset(values["dangling"])
    return Sentences(tuple(written.rule for written in rules), grammar, automaton, dangling)


def _phrases(table: Table, grammar: Grammar) -> Iterator[_Written]:
    """Yield the phrases as rules, safety words first. A lone word, or an answer, may be part of anything."""
    said: dict[tuple[Command, int | None], list[str]] = {}
    for phrase in sorted(table.phrases(), key=lambda phrase: phrase.command not in SAFETY):
        lone = " " not in phrase.text and phrase.command not in SAFETY
        if phrase.command not in ANSWERS and not lone:
            said.setdefault((phrase.command, phrase.value), []).append(phrase.text)
    for (command, value), texts in said.items():
        yield _Written(Rule(command, value), [grammar.bare(each) for each in texts])


def _written(values: Mapping[str, Any]) -> Iterator[_Written]:
    """Yield the rules in the order of the file: a command's values before the command."""
    for name, fields in values["command"].items():
        command = Command(name)
        for value, templates in fields.get("named", {}).items():
            yield _Written(Rule(command, value_of(command, value)), templates)
        if "sentences" in fields:
            yield _Written(Rule(command), fields["sentences"])
        for each in fields.get("asked", ()):
            beside = Command(each["beside"]) if "beside" in each else None
            rule = Rule(Command(each.get("as", name)), each.get("value"), each["question"], beside)
            yield _Written(rule, each["sentences"])
