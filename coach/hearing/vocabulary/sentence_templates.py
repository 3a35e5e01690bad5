"""Compile sentence templates into an automaton over a sentence's words.

The notation is that of Home Assistant's intents: `(a|b)` alternatives, `[a]` optional, `<name>` a list of templates
by its name, `{part}` and `{number}` slots, whose words are the value. `...` stands for light words, `*` for any but the
guards. A word stands for each that sounds like it; a slot's word, and an `exact` one, for itself alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.numbers import NUMBER_WORDS
from coach.hearing.vocabulary.pronunciation import sound_of_word
from coach.hearing.vocabulary.sentence_automaton import Automaton, Word

DEEPEST = 8  # lists within lists
SUFFIX = "-"
"""What a contraction begins with that is the end of a word."""
_PIECE = re.compile(r"\.\.\.|<\w+>|\{\w+\}|[()\[\]|]|[\w']+|\S")
_ENDING = ("|", ")", "]")
_CLOSING = {"(": ")", "[": "]"}


class TemplateError(ValueError):
    """A template that can't be compiled, and why."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What templates may name, and how words are read."""

    lists: Mapping[str, Sequence[str]]
    """Of templates, by name."""
    slots: Mapping[str, Mapping[str, Sequence[str]]]
    """Each slot's values by their names, and the words for each."""
    light: frozenset[str] = frozenset()
    """Words that tell nothing of what is talked about: `...` is made of them."""
    guards: frozenset[str] = frozenset()
    """Words that no `*` contains: they deny, or are about somebody else."""
    contractions: Mapping[str, str] = field(default_factory=dict)
    """What a short word stands for; with a `-` before, the end of a word."""
    fillers: frozenset[str] = frozenset()
    """Words that are left out of what was said."""
    exact: frozenset[str] = frozenset()
    """Words that stand for themselves alone, whatever sounds like them."""

    def words(self, text: str) -> list[Word]:
        """Return a sentence's words as the templates have them: no fillers, no contractions, digits as words."""
        return [self._word(each) for each in self.bare(text).split()]

    def bare(self, text: str) -> str:
        """Return a text in its normal form without contractions and fillers."""
        return " ".join(each for each in self.spelled(normal(text)) if each not in self.fillers)

    def compile(self, automaton: Automaton, tag: int, templates: Sequence[str]) -> None:
        """Add templates to an automaton, under a tag. Raises TemplateError naming the template."""
        for each in templates:
            _Compiler(self, automaton, each).compile(automaton.root(tag), automaton.end(tag))

    def spelled(self, text: str) -> list[str]:
        """Return the words of a normal text without contractions."""
        return [part for word in text.split() for part in self._expanded(word)]

    def _expanded(self, word: str) -> list[str]:
        if word.isdecimal() and int(word) < len(NUMBER_WORDS):
            return [NUMBER_WORDS[int(word)]]
        if word in self.contractions:
            return self.contractions[word].split()
        for ending, long in self.contractions.items():
            if ending.startswith(SUFFIX) and word.endswith(ending[1:]) and len(word) >= len(ending):
                return [word[: 1 - len(ending)], *long.split()]
        return [word]

    def _word(self, letters: str) -> Word:
        return Word(letters, self.sound(letters), letters in self.light, letters in self.guards)

    def sound(self, letters: str) -> str:
        """Return the phonetic key that a word is matched by; no other word has an exact one's."""
        return f"={letters}" if letters in self.exact else sound_of_word(letters)


def _is_last(piece: str, behind: Sequence[str]) -> bool:
    """Tell whether a piece, no bracket, is the last of its sequence. What is behind it is reversed."""
    return piece not in _CLOSING and (not behind or behind[-1] in _ENDING)


class _Compiler:
    """Compiles one template, and those of the lists that it names, each between two nodes of the automaton."""

    def __init__(self, grammar: Grammar, automaton: Automaton, template: str) -> None:
        self._grammar, self._automaton, self._template = grammar, automaton, template

    def compile(self, start: int, end: int) -> None:
        """Let the template lead from one node to another."""
        self._text(self._template, start, end, 0)

    def _text(self, template: str, start: int, end: int, depth: int) -> None:
        if depth > DEEPEST:
            raise self._error("these lists refer to each other in a loop")
        pieces = _PIECE.findall(template)[::-1]
        self._choice(pieces, start, end, depth)
        if pieces:
            raise self._error(f"a {pieces[-1]!r} without its beginning")

    def _choice(self, pieces: list[str], start: int, end: int, depth: int) -> None:
        """Compile what is between brackets, from the last piece of a reversed list on."""
        while True:
            self._sequence(pieces, start, end, depth)
            if not pieces or pieces[-1] != "|":
                return
            pieces.pop()

    def _sequence(self, pieces: list[str], start: int, end: int, depth: int) -> None:
        """Compile pieces in a row. The last leads to the end itself, so that a list of words is one node."""
        while pieces and pieces[-1] not in _ENDING:
            piece = pieces.pop()
            following = end if _is_last(piece, pieces) else self._automaton.node()
            self._piece(piece, pieces, start, following, depth)
            start = following
        if start != end:
            self._automaton.free(start, end)

    def _piece(self, piece: str, pieces: list[str], start: int, end: int, depth: int) -> None:
        if piece in _CLOSING:
            self._bracket(piece, pieces, start, end, depth)
        elif piece in ("...", "*"):
            self._automaton.gap(start, end, light=piece == "...")
        elif piece[0] == "<" and piece != "<":
            self._listed(piece[1:-1], start, end, depth)
        elif piece[0] == "{" and piece != "{":
            self._slot(piece[1:-1], start, end)
        elif re.fullmatch(r"[\w']+", piece):
            self._words(self._without_fillers(piece), start, end)
        else:
            raise self._error(f"{piece!r} isn't part of a template")

    def _bracket(self, opening: str, pieces: list[str], start: int, end: int, depth: int) -> None:
        self._choice(pieces, start, end, depth)
        if not pieces or pieces.pop() != _CLOSING[opening]:
            raise self._error(f"a {opening!r} without its {_CLOSING[opening]!r}")
        if opening == "[":
            self._automaton.free(start, end)

    def _listed(self, name: str, start: int, end: int, depth: int) -> None:
        if name not in self._grammar.lists:
            raise self._error(f"there is no list {name!r}")
        for each in self._grammar.lists[name]:
            self._text(each, start, end, depth + 1)

    def _slot(self, name: str, start: int, end: int) -> None:
        if name not in self._grammar.slots:
            raise self._error(f"there is no slot {name!r}")
        for value, said in self._grammar.slots[name].items():
            for text in said:
                *before, last = text.split()
                following = self._automaton.node() if before else start
                if before:
                    self._words(before, start, following)
                self._automaton.slot(following, end, last, value)

    def _words(self, words: Sequence[str], start: int, end: int) -> None:
        for word in words[:-1]:
            following = self._automaton.node()
            self._automaton.word(start, following, self._grammar.sound(word))
            start = following
        if words:
            self._automaton.word(start, end, self._grammar.sound(words[-1]))
        else:
            self._automaton.free(start, end)

    def _without_fillers(self, word: str) -> list[str]:
        """Return a template's word without contractions. A filler would leave nothing, so that all of it fits."""
        words = self._grammar.spelled(word.lower())
        if not set(words).isdisjoint(self._grammar.fillers):
            raise self._error(f"{word!r} is a filler, and those are left out of what was said")
        return words

    def _error(self, why: str) -> TemplateError:
        return TemplateError(f"{self._template!r}: {why}")
