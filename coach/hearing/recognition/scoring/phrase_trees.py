"""Grow the prefix trees that words are scored in: of everything that is open, or of what is within reach of a word."""

from collections.abc import Iterable, Sequence

from coach.hearing.recognition.models.tokenizer import Tokenizer
from coach.hearing.recognition.scoring.prefix_tree import BEAM, Node, build_tree
from coach.hearing.recognition.scoring.scores import RIVAL, Scores
from coach.hearing.recognition.scoring.spellings import few_spellings, name_spelling, phrase_spellings
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Phrase


class PhraseTrees:
    """The trees of a phrase table; all of them hold its rivals."""

    def __init__(self, phrases: Sequence[Phrase], rivals: Iterable[str], tokenizer: Tokenizer) -> None:
        """Spell everything. Raises ValueError naming a phrase that the model can't write."""
        self._tokenizer = tokenizer
        self._phrases = [(each, phrase_spellings(each)) for each in phrases]
        self._names = {each.text: name_spelling(each) for each in phrases if each.names_person}
        self._rivals = [(RIVAL + rival, few_spellings(rival)) for rival in rivals]
        self._grown: dict[frozenset[Command], Node] = {}
        self.of(frozenset(phrase.command for phrase in phrases))

    def of(self, commands: frozenset[Command]) -> Node:
        """Return the tree of these commands' phrases; each is grown once."""
        if commands not in self._grown:
            self._grown[commands] = self._grow(commands, None)
        return self._grown[commands]

    def phrase(self, text: str, commands: frozenset[Command]) -> Phrase:
        """Return the phrase of these commands with this text: one text may be a choice here and a command there."""
        return next(each for each, _ in self._phrases if each.text == text and each.command in commands)

    def within_reach(self, scores: Scores, commands: frozenset[Command]) -> Node:
        """Return the tree of those phrases that these scores hold, and of names; the whole one where none is near."""
        held = {text: ratio for text, ratio in scores.ratios.items() if text[0] != RIVAL}
        near = {text for text, ratio in held.items() if text not in self._names or ratio >= -BEAM}
        return self._grow(commands, near | self._names.keys()) if near else self.of(commands)

    def _grow(self, commands: frozenset[Command], texts: set[str] | None) -> Node:
        wanted = [
            (phrase.text, spellings)
            for phrase, spellings in self._phrases
            if phrase.command in commands and (texts is None or phrase.text in texts)
        ]
        return build_tree([*wanted, *self._rivals], self._tokenizer, self._names)
