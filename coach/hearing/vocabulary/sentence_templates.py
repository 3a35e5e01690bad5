"""Compile sentence templates to regular expressions over a sentence's words.

The notation is that of Home Assistant's intents: `(a|b)` alternatives, `[a]` optional, `<name>` a list of templates
by its name, `{part}` and `{number}` slots, whose words are the value. `...` stands for up to five light words, `*` for
up to five of any but the guards.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GAP_WORDS = 5
DEEPEST = 8  # lists within lists
LIGHT, GUARD = "~", "!"
"""The marks of words, so that a gap need not list them."""
_LIGHT_GAP = rf"(?:\S+{LIGHT}{GUARD}? ){{0,{GAP_WORDS}}}?"
_ANY_GAP = rf"(?:[^\s{GUARD}]+ ){{0,{GAP_WORDS}}}?"
_PIECE = re.compile(r"\.\.\.|<(\w+)>|\{(\w+)\}|[()\[\]|]|[\w']+|\S")


class TemplateError(ValueError):
    """A template that can't be compiled, and why."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """What templates may name."""

    lists: Mapping[str, Sequence[str]]
    """Of templates, by name."""
    slots: Mapping[str, Mapping[str, Sequence[str]]]
    """Each slot's values by their names, and the words for each."""
    light: frozenset[str] = frozenset()
    """Words that tell nothing of what is talked about: `...` is made of them."""
    guards: frozenset[str] = frozenset()
    """Words that no `*` contains: they deny, or are about somebody else."""

    def pattern(self, templates: Sequence[str]) -> str:
        """Return a regular expression of any of these templates, for words as `marked` gives them.

        Raises TemplateError naming the template.
        """
        return "(?:" + "|".join(self._compiled(each, 0) for each in templates) + ")"

    def value(self, slot: str, words: str) -> str:
        """Return the name of the value that these words, as marked, give."""
        return next(name for name, said in self.slots[slot].items() if words in map(self.marked, said))

    def marked(self, text: str) -> str:
        """Return words as the patterns have them: each with the marks of its kind, and a space behind it."""
        return "".join(f"{word}{LIGHT * (word in self.light)}{GUARD * (word in self.guards)} " for word in text.split())

    def _compiled(self, template: str, depth: int) -> str:
        if depth > DEEPEST:
            raise TemplateError(f"{template!r}: these lists refer to each other in a loop")
        parts = [self._piece(match, template, depth) for match in _PIECE.finditer(template)]
        made = "".join(parts)
        try:
            re.compile(made)
        except re.error as error:
            raise TemplateError(f"{template!r}: {error}") from error
        return made

    def _piece(self, match: re.Match[str], template: str, depth: int) -> str:
        text = match.group()
        if match.group(1):
            return self._listed(match.group(1), template, depth)
        if match.group(2):
            return self._slot(match.group(2), template)
        fixed = {"...": _LIGHT_GAP, "*": _ANY_GAP, "(": "(?:", "[": "(?:", ")": ")", "]": ")?", "|": "|"}
        if text in fixed:
            return fixed[text]
        if not re.fullmatch(r"[\w']+", text):
            raise TemplateError(f"{template!r}: {text!r} isn't part of a template")
        return re.escape(self.marked(text.lower()))

    def _listed(self, name: str, template: str, depth: int) -> str:
        if name not in self.lists:
            raise TemplateError(f"{template!r}: there is no list {name!r}")
        return "(?:" + "|".join(self._compiled(each, depth + 1) for each in self.lists[name]) + ")"

    def _slot(self, name: str, template: str) -> str:
        if name not in self.slots:
            raise TemplateError(f"{template!r}: there is no slot {name!r}")
        words = sorted((word for said in self.slots[name].values() for word in said), key=len, reverse=True)
        return f"(?P<{name}>" + "|".join(re.escape(self.marked(each)) for each in words) + ")"
