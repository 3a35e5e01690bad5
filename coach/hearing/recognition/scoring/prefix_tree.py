"""Score all phrases at once in a prefix tree (trie) of tokens.

A phrase's score is a log-likelihood ratio: its log-likelihood minus that of the model's own best transcript, near 0
where the two agree. All spellings of all phrases share one tree, so common prefixes are decoded once. Branches too far
behind the free transcript are pruned, for further tokens can only lower them. Where few answers are possible, such as
the names of the people here, the search goes deeper: which of them leads can be told though it fits badly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from coach.hearing.recognition.models.moonshine import Hypotheses, MoonshineModel, Sound
from coach.hearing.recognition.models.tokenizer import END, Tokenizer
from coach.hearing.recognition.scoring.scores import Scores, best_first
from coach.hearing.recognition.scoring.spellings import FEW_MARKS

MOST_TOKENS = 10  # a longer free transcript is no command
# `scripts/bench hearing --voices tuning` measures both: words that keep a phrase to score, and what scoring costs.
FIRST_TOKENS = 40  # likeliest first tokens that are followed
BEAM = 10.0  # nats behind the free transcript
DEEP_BEAM = 20.0  # the same for phrases that are searched deeper (`scripts/bench names`)
UNENDED = -12.0  # log-likelihood of a free transcript that did not end, to compare views by


@dataclass(slots=True)
class Node:
    """One token of the tree; a path from the root spells a phrase."""

    children: dict[int, "Node"] = field(default_factory=dict)
    phrase: str | None = None
    """The phrase whose spelling ends here."""
    deep: bool = False
    """It leads to a spelling that is searched deeper."""
    floored: frozenset[str] = frozenset()
    """Of the root: the phrases that are searched deeper. They have a ratio in any case, at least that of the beam."""


def build_tree(
    spelled: Iterable[tuple[str, Iterable[str]]], tokenizer: Tokenizer, deep: Mapping[str, str] | None = None
) -> Node:
    """Build the tree of (phrase, its spellings). Raises ValueError naming a spelling that has no tokens.

    Args: deep: phrases that are searched deeper, and which of their spellings.
    """
    phrases, deep = tuple(spelled), deep or {}
    root = Node(floored=frozenset(phrase for phrase, _ in phrases if phrase in deep))
    for phrase, spellings in phrases:
        for spelling in sorted(spellings):
            node = root
            for token in tokenizer.encode(spelling):
                node = node.children.setdefault(token, Node())
                node.deep |= spelling == deep.get(phrase)
            node.phrase = phrase
    return root


class PrefixTreeScorer:
    """Scores a sound under each phrase of a tree."""

    def __init__(self, model: MoonshineModel, tokenizer: Tokenizer) -> None:
        self._model = model
        self._tokenizer = tokenizer

    def score(self, sound: Sound, tree: Node, least: float = -BEAM) -> Scores:
        """Score the sound under each phrase of the tree; return no ratio at all if none reaches `least`."""
        start = self._model.begin(sound)
        tokens, free = self._transcribe(start)
        if free is None:
            return Scores(self._tokenizer.decode(tokens), False, {}, UNENDED, start.encoded)
        found = self._search(start, tree, free + least)
        if found and least > -BEAM:
            found = self._search(start, tree, free - BEAM)
        ratios = dict.fromkeys(tree.floored, -DEEP_BEAM) | {phrase: each - free for phrase, each in found.items()}
        return Scores(self._tokenizer.decode(tokens), True, best_first(ratios), free, start.encoded)

    def tree(self, text: str) -> Node:
        """Return the tree of one sentence, as a model may end it."""
        return build_tree([(text, [text + mark for mark in FEW_MARKS])], self._tokenizer)

    def _transcribe(self, at: Hypotheses) -> tuple[tuple[int, ...], float | None]:
        """Decode greedily; return the tokens and their log-likelihood (None if no end came)."""
        tokens: list[int] = []
        total = 0.0
        while len(tokens) <= MOST_TOKENS:
            token = int(at.log_p[0].argmax())
            total += float(at.log_p[0, token])
            if token == END:
                return tuple(tokens), total
            tokens.append(token)
            at = self._model.extend(at, [0], [token])
        return tuple(tokens), None

    def _search(self, at: Hypotheses, tree: Node, bound: float) -> dict[str, float]:
        """Return the best log-likelihood of each phrase above the bound; breadth first, one batch per level."""
        deeper = bound + BEAM - DEEP_BEAM
        found: dict[str, float] = {}
        level = [(tree, 0.0)]
        first = set(np.argpartition(at.log_p[0], -FIRST_TOKENS)[-FIRST_TOKENS:].tolist())
        while level:
            rows, tokens, below = [], [], []
            for row, (node, log_p) in enumerate(level):
                if node.phrase is not None:
                    total = log_p + float(at.log_p[row, END])
                    if total >= (deeper if node.deep else bound):
                        found[node.phrase] = max(total, found.get(node.phrase, -np.inf))
                for token, child in node.children.items():
                    total = log_p + float(at.log_p[row, token])
                    near = total >= bound and (node is not tree or token in first)
                    if near or (child.deep and total >= deeper):
                        rows.append(row)
                        tokens.append(token)
                        below.append((child, total))
            if below:
                at = self._model.extend(at, rows, tokens)
            level = below
        return found
