"""Check a file of sentence templates, raw as it was read: keys, types and names, and that each can be compiled."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coach.hearing.vocabulary.commands import VALUES, BodyPart, Command
from coach.hearing.vocabulary.numbers import HARDEST
from coach.hearing.vocabulary.sentence_automaton import Automaton
from coach.hearing.vocabulary.sentence_templates import Grammar, TemplateError
from coach.hearing.vocabulary.table_mistakes import as_dict, as_texts, is_texts, named_mistakes, unknown_keys
from coach.library.lines import Place
from coach.library.problem import Mistake

Values = Mapping[str, Any]

WORDS = ("fillers", "light", "guards", "dangling", "exact")
PLAIN = ("frames", "tails", "asides", "nothing")
TABLES = ("lists", "slots", "command")
CONTRACTIONS = "contractions"
COMMAND_KEYS = ("sentences", "named", "asked")
ASKED_KEYS = ("sentences", "value", "question", "as", "beside")
NAMES_OF_SLOTS = {
    "part": tuple(part.value for part in BodyPart),
    "number": tuple(str(number) for number in range(HARDEST + 1)),
}
"""What the values of a slot may be called."""


def mistakes_in(values: Values) -> Iterator[Mistake]:
    """Yield every mistake but those within a template."""
    yield from unknown_keys((), values, (*WORDS, *PLAIN, *TABLES, CONTRACTIONS))
    for key in (*WORDS, *PLAIN):
        if not is_texts(values.get(key)):
            yield (key,), "must be a list of strings in quotes, and can't be left out"
    for key in TABLES:
        if not isinstance(values.get(key), dict):
            yield (key,), "must be a table, and can't be left out"
    for key in PLAIN:
        for at, template in enumerate(as_texts(values.get(key))):
            if "{" in template:
                yield (key, at), f"{template!r}: a slot can be used only in a command's sentences"
    yield from _contraction_mistakes(values.get(CONTRACTIONS, {}))
    yield from _texts_of(("lists",), values.get("lists"))
    yield from _slot_mistakes(values.get("slots"))
    for name, fields in as_dict(values.get("command")).items():
        yield from _command_mistakes(("command", name), name, fields)


def template_mistakes(values: Values, grammar: Grammar) -> Iterator[Mistake]:
    """Yield every template that can't be compiled. The values have no other mistake."""
    for place, template in _templates(values):
        try:
            grammar.compile(Automaton(), 0, [template])
        except TemplateError as error:
            yield place, str(error)


def _contraction_mistakes(contractions: object) -> Iterator[Mistake]:
    if not isinstance(contractions, dict):
        yield (CONTRACTIONS,), "must be a table"
    for short, long in as_dict(contractions).items():
        if not isinstance(long, str):
            yield (CONTRACTIONS, short), "must be text in quotes"


def _slot_mistakes(slots: object) -> Iterator[Mistake]:
    for name, said in as_dict(slots).items():
        place: Place = ("slots", name)
        if name not in NAMES_OF_SLOTS:
            yield place, f"there is no slot {name!r}; choose one of {', '.join(NAMES_OF_SLOTS)}"
            continue
        yield from _texts_of(place, said)
        for value in as_dict(said):
            if value not in NAMES_OF_SLOTS[name]:
                yield (*place, value), f"there is no value {value!r}; choose one of {', '.join(NAMES_OF_SLOTS[name])}"


def _command_mistakes(place: Place, name: str, fields: object) -> Iterator[Mistake]:
    if name not in set(Command):
        yield place, f"there is no command {name!r}; choose one of {', '.join(Command)}"
        return
    if not isinstance(fields, dict):
        yield place, "must be a table"
        return
    yield from unknown_keys(place, fields, COMMAND_KEYS)
    if not is_texts(fields.get("sentences", [])):
        yield (*place, "sentences"), "must be a list of strings in quotes"
    names = [each.value for each in VALUES.get(Command(name), ())]
    yield from named_mistakes((*place, "named"), fields, names)
    yield from _asked_mistakes((*place, "asked"), fields.get("asked", []))


def _asked_mistakes(place: Place, asked: object) -> Iterator[Mistake]:
    if not isinstance(asked, list) or not all(isinstance(each, dict) for each in asked):
        yield place, "must be a list of tables: [[command.NAME.asked]]"
        return
    for at, fields in enumerate(asked):
        here = (*place, at)
        yield from unknown_keys(here, fields, ASKED_KEYS)
        if not is_texts(fields.get("sentences")):
            yield (*here, "sentences"), "must be a list of strings in quotes, and can't be left out"
        if not isinstance(fields.get("question"), str):
            yield (*here, "question"), "must be the question's name in quotes, and can't be left out"
        if type(fields.get("value", 0)) is not int:
            yield (*here, "value"), "must be a whole number"
        for key in ("as", "beside"):
            if key in fields and fields[key] not in list(Command):
                yield (*here, key), f"there is no command {fields[key]!r}; choose one of {', '.join(Command)}"


def _texts_of(place: Place, table: object) -> Iterator[Mistake]:
    """Name what is no list of texts in a table of them."""
    if not isinstance(table, dict):
        yield place, "must be a table"
    for name, texts in as_dict(table).items():
        if not is_texts(texts):
            yield (*place, name), "must be a list of strings in quotes"


def _templates(values: Values) -> Iterator[tuple[Place, str]]:
    """Yield every template and where it stands."""
    for key in PLAIN:
        yield from _placed((key,), values[key])
    for name, templates in values["lists"].items():
        yield from _placed(("lists", name), templates)
    for name, fields in values["command"].items():
        place: Place = ("command", name)
        yield from _placed((*place, "sentences"), fields.get("sentences", ()))
        for value, templates in fields.get("named", {}).items():
            yield from _placed((*place, "named", value), templates)
        for at, each in enumerate(fields.get("asked", ())):
            yield from _placed((*place, "asked", at, "sentences"), each["sentences"])


def _placed(place: Place, templates: Sequence[str]) -> Iterator[tuple[Place, str]]:
    for at, template in enumerate(templates):
        yield (*place, at), template
