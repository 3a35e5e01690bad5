"""Check a phrase table's raw values: their types, and that no two commands share a spelling, a sound or a key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.hearing.vocabulary.commands import SAFETY, VALUES, Command
from coach.hearing.vocabulary.keys_and_places import ANYWHERE, DIGITS, PLACES, is_key
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.numbers import HARDEST
from coach.hearing.vocabulary.pronunciation import sound_of
from coach.library.lines import Place
from coach.library.problem import Mistake

Values = Mapping[str, Any]

TABLE_KEYS = ("language", "decoys", "rivals", "command", "choice", "efforts")
ENTRY_KEYS = ("phrases", "named", "does", "key", "safety", "where", "values")


@dataclass(frozen=True, slots=True)
class _Said:
    """A phrase of the table, where it stands and what it means."""

    place: Place
    text: str
    command: str
    value: int | str | None
    """Of a number, or the routine of a choice."""
    is_choice: bool = False

    @property
    def meaning(self) -> str:
        return self.command if self.value is None else f"{self.command} {self.value}"


def mistakes_in(values: Values) -> Iterator[Mistake]:
    """Yield every mistake of a table."""
    commands = _tables(values, "command")
    yield from unknown_keys((), values, TABLE_KEYS)
    yield from _wrong_types(values)
    for name, fields in commands.items():
        yield from _entry_mistakes(("command", name), name, fields)
    said = [*_spoken(commands), *_chosen(values), *_called(values)]
    if not any(fields.get("phrases") for fields in commands.values()):
        yield (), "the table is empty: give at least one command with a phrase"
    yield from _without_a_word(said)
    yield from _listed_twice(said)
    yield from _same_sound(said)
    yield from _taken_by_a_phrase(values, said)
    yield from _same_key(commands)


def _wrong_types(values: Values) -> Iterator[Mistake]:
    if not isinstance(values.get("language", ""), str):
        yield ("language",), "must be text in quotes"
    for key in ("decoys", "rivals"):
        if not is_texts(values.get(key, [])):
            yield (key,), "must be a list of strings in quotes"
    for key in ("command", "choice", "efforts"):
        if not isinstance(values.get(key, {}), dict):
            yield (key,), "must be a table"
    for name, fields in as_dict(values.get("command")).items():
        if not isinstance(fields, dict):
            yield ("command", name), "must be a table"
    for name, phrases in as_dict(values.get("choice")).items():
        if not is_texts(phrases):
            yield ("choice", name), "must be a list of strings in quotes"
    for text, value in as_dict(values.get("efforts")).items():
        if type(value) is not int or not 1 <= value <= HARDEST:
            yield ("efforts", text), f"must be a whole number from 1 to {HARDEST}"


def _entry_mistakes(place: Place, name: str, fields: Values) -> Iterator[Mistake]:
    if name not in set(Command):
        yield place, f"there is no command {name!r}; choose one of {', '.join(Command)}"
        return
    yield from unknown_keys(place, fields, ENTRY_KEYS)
    for key in ("phrases", "where"):
        if not is_texts(fields.get(key, [])):
            yield (*place, key), "must be a list of strings in quotes"
    if fields.get("phrases", []) == []:
        yield (*place, "phrases"), "is empty; give at least one phrase"
    if not isinstance(fields.get("does", ""), str):
        yield (*place, "does"), "must be text in quotes"
    if not is_key(fields.get("key")):
        yield (*place, "key"), f"a key is one character, space, enter, or {DIGITS}; not {fields.get('key', '')!r}"
    if fields.get("safety", False) is not (name in SAFETY):
        yield (*place, "safety"), f"safety must be {str(name in SAFETY).lower()} for {name}"
    for at, word in enumerate(as_texts(fields.get("where", [ANYWHERE]))):
        if word not in PLACES:
            yield (*place, "where", at), f"there is no place {word!r}; choose one of {', '.join(sorted(PLACES))}"
    names = [each.value for each in VALUES.get(Command(name), ())]
    yield from _value_mistakes((*place, "values"), fields, names)
    yield from named_mistakes((*place, "named"), fields, names)


def named_mistakes(place: Place, fields: Values, names: Sequence[str]) -> Iterator[Mistake]:
    """Yield what is wrong with a command's `named`: a list of texts for each value, which may be called so."""
    if not isinstance(fields.get("named", {}), dict):
        yield place, "must be a table"
    for name, phrases in as_dict(fields.get("named")).items():
        if name not in names:
            known = f"choose one of {', '.join(names)}" if names else "this command has none"
            yield (*place, name), f"there is no value {name!r}; {known}"
        if not is_texts(phrases):
            yield (*place, name), "must be a list of strings in quotes"


def _value_mistakes(place: Place, fields: Values, names: Sequence[str]) -> Iterator[Mistake]:
    values, phrases = fields.get("values", []), fields.get("phrases", [])
    if not isinstance(values, list) or any(type(value) is not int and value not in names for value in values):
        yield place, " ".join(["must be a list of whole numbers", *([f"or of {', '.join(names)}"] if names else [])])
    elif values and is_texts(phrases) and len(values) != len(phrases):
        yield place, "give as many values as phrases"


def unknown_keys(place: Place, values: Values, allowed: tuple[str, ...]) -> Iterator[Mistake]:
    """Yield the keys of a table that are not allowed there."""
    for key in values:
        if key not in allowed:
            yield (*place, key), f"there is no {key!r} here; choose one of {', '.join(allowed)}"


def _spoken(commands: Mapping[str, Values]) -> Iterator[_Said]:
    for name, fields in commands.items():
        if name not in set(Command):
            continue
        values = dict(enumerate(fields["values"])) if isinstance(fields.get("values"), list) else {}
        for at, text in enumerate(as_texts(fields.get("phrases"))):
            yield _Said(("command", name, "phrases", at), normal(text), name, values.get(at))
        for value, phrases in as_dict(fields.get("named")).items():
            for at, text in enumerate(as_texts(phrases)):
                yield _Said(("command", name, "named", value, at), normal(text), name, value)


def _chosen(values: Values) -> Iterator[_Said]:
    for routine, phrases in as_dict(values.get("choice")).items():
        for at, text in enumerate(as_texts(phrases)):
            yield _Said(("choice", routine, at), normal(text), Command.NUMBER, routine, is_choice=True)


def _called(values: Values) -> Iterator[_Said]:
    for text, value in as_dict(values.get("efforts")).items():
        yield _Said(("efforts", text), normal(text), Command.NUMBER, value, is_choice=True)


def _without_a_word(said: list[_Said]) -> Iterator[Mistake]:
    for each in said:
        if not each.text:
            yield each.place, "is a phrase with no words in it"


def _listed_twice(said: list[_Said]) -> Iterator[Mistake]:
    """Name phrases of one meaning. A choice may be a command elsewhere: it is meant where it is asked for."""
    seen: set[tuple[str, str, bool]] = set()
    for each in said:
        key = (each.text, each.command, each.is_choice)
        if key in seen and each.text:
            yield each.place, f"{each.text!r} is listed twice; leave one out"
        seen.add(key)


def _same_sound(said: list[_Said]) -> Iterator[Mistake]:
    """Name the pairs of meanings that share a sound. A choice may sound like a command: it is meant where asked."""
    by_sound: dict[tuple[str, bool], _Said] = {}
    for each in said:
        other = by_sound.setdefault((sound_of(each.text), each.is_choice), each)
        if each.text and (other.command, other.value) != (each.command, each.value):
            same = "is" if other.text == each.text else "sounds like"
            yield each.place, f"{each.text!r} ({each.meaning}) {same} {other.text!r} ({other.meaning})"


def _taken_by_a_phrase(values: Values, said: list[_Said]) -> Iterator[Mistake]:
    by_sound = {sound_of(each.text): each for each in said}
    for name in ("decoy", "rival"):
        for at, word in enumerate(as_texts(values.get(f"{name}s"))):
            if each := by_sound.get(sound_of(normal(word))):
                yield (f"{name}s", at), f"the {name} {word!r} sounds like {each.text!r} ({each.meaning})"


def _same_key(commands: Mapping[str, Values]) -> Iterator[Mistake]:
    by_key: dict[str, str] = {}
    for name, fields in commands.items():
        key = fields.get("key")
        if isinstance(key, str) and is_key(key) and by_key.setdefault(key, name) != name:
            yield (
                ("command", name, "key"),
                f"{name} and {by_key[key]} have the same key {key!r}; give one of them a different one",
            )


def _tables(values: Values, key: str) -> dict[str, Values]:
    """Return a table's tables; what is none is left out."""
    return {name: fields for name, fields in as_dict(values.get(key)).items() if isinstance(fields, dict)}


def as_dict(value: object) -> dict[str, Any]:
    """Return a table as it is; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def is_texts(value: object) -> bool:
    """Tell whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def as_texts(value: object) -> list[str]:
    """Return a list of texts as it is; an empty one for anything else."""
    return list(value) if isinstance(value, list) and is_texts(value) else []
