"""A sound and a tree of phrases in, the free transcript and each phrase's log-likelihood out.

The model's own best transcript is the yardstick: a phrase's ratio is its log-likelihood minus that transcript's, near 0
when they are the same. All spellings of all phrases are one tree of tokens, so that shared beginnings are paid once,
and a branch that has fallen further behind the free transcript than `REACH` is cut: what follows could only lower it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from coach.hearing.recognition.models.moonshine import Branches, Floats, MoonshineModel, Sound
from coach.hearing.recognition.models.tokenizer import END, Tokenizer

OTHER = "~"  # before what is scored and is no phrase
MARKS = ("", ".", "!", ",", "?", "...")
TAKES_COMMA = frozenset({"yes", "no", "please", "next", "stop", "pause"})  # at the beginning: "Yes, it is."
LIKE_SOUNDING = {"one": ("won",), "two": ("to", "too"), "four": ("for",), "eight": ("ate",)}
MOST_TOKENS = 10  # a free transcript that has not ended by then is no command
FIRST_TOKENS = 40  # phrases that begin otherwise are not scored; with 8, a third of the unclear words had none left
REACH = 10.0  # nats behind the free transcript; what is further off is no rival, and scoring it costs as much again
UNENDED = -12.0  # nats of a free transcript without an end, where views are compared
VIEW_WORTH = 0.5
"""Of the free transcripts' difference: a phrase found in a view that makes little sense as a whole counts less."""
EVEN = 0.5
"""How much the mean of all views counts beside the best one: noise fits a phrase in one view, a word in most. With as
many mistakes, 541 of 996 words and noises in kitchens are right so, 506 by the best view alone (nine views)."""
ABSENT = -12.0  # nats in a view where a phrase is out of reach


@dataclass(slots=True)
class Node:
    """One token of the tree; a path from the root spells a phrase."""

    children: dict[int, "Node"] = field(default_factory=dict)
    phrase: str | None = None
    """The phrase whose spelling ends here."""


@dataclass(frozen=True, slots=True)
class Scores:
    text: str
    """The free transcript; empty when the model heard nothing."""
    ended: bool
    """False for more words than any command has; then nothing is scored."""
    ratios: Mapping[str, float]
    """Phrase to log-likelihood over the free transcript's, best first; those out of reach are absent."""
    free: float = 0.0
    """The free transcript's log-likelihood."""
    frames: Floats | None = field(default=None, compare=False)
    """What the encoder made of the sound, (frames, width)."""


def spellings(phrase: str) -> set[str]:
    """Return the ways in which the model may write a phrase: capitals, commas, marks, words that sound alike.

    >>> sorted(spellings("stop"))
    ['Stop', 'Stop!', 'Stop,', 'Stop.', 'Stop...', 'Stop?']
    """
    words = plainly(phrase)[-1].split()
    ways = [(*words[:-1], last) for last in (words[-1], *LIKE_SOUNDING.get(words[-1], ()))]
    plain = {" ".join(way) for way in ways}
    plain |= {each.replace(" please", ", please") for each in plain}
    plain |= {each.replace(" ", ", ", 1) for each in plain if words[0] in TAKES_COMMA and ", " not in each}
    return {each[:1].upper() + each[1:] + mark for each in plain for mark in MARKS}


def plain_spellings(words: str) -> set[str]:
    """Return the likeliest ways to write what is no phrase: enough to hold against one."""
    return {words[:1].upper() + words[1:] + mark for mark in ("", ".", "?")}


def plainly(phrase: str) -> tuple[str, ...]:
    """Return a phrase as a sentence begins with it, and as one goes on with it.

    >>> plainly("i'm ready")
    ("I'm ready",)
    """
    plain = " ".join("I" + word[1:] if word == "i" or word.startswith("i'") else word for word in phrase.split())
    return tuple(dict.fromkeys((plain[:1].upper() + plain[1:], plain)))


def joined(views: Sequence[Scores]) -> Scores:
    """Join the views of one sound: each phrase between the best and the mean of its ratios, the first's transcript."""
    top = max(each.free for each in views)
    phrases = dict.fromkeys(phrase for each in views for phrase in each.ratios)
    found = {phrase: _between([_seen(phrase, each, top) for each in views]) for phrase in phrases}
    return replace(views[0], ratios=best_first(found), free=top)


def best_first(ratios: Mapping[str, float]) -> dict[str, float]:
    """Return the ratios in the order in which `Scores` has them."""
    return dict(sorted(ratios.items(), key=lambda item: -item[1]))


def _seen(phrase: str, view: Scores, top: float) -> float:
    """Return how well a phrase fits one view, the view's own sense weighed in."""
    return max(ABSENT, view.ratios.get(phrase, ABSENT) + VIEW_WORTH * (view.free - top))


def _between(ratios: Sequence[float]) -> float:
    return EVEN * sum(ratios) / len(ratios) + (1 - EVEN) * max(ratios)


def grow(written: Iterable[tuple[str, Iterable[str]]], tokenizer: Tokenizer) -> Node:
    """Grow the tree of (phrase, its spellings). Raises ValueError naming a spelling the model has no tokens for."""
    root = Node()
    for phrase, ways in written:
        for way in sorted(ways):
            node = root
            for token in tokenizer.encode(way):
                node = node.children.setdefault(token, Node())
            node.phrase = phrase
    return root


class Scorer:
    def __init__(self, model: MoonshineModel, tokenizer: Tokenizer) -> None:
        self._model = model
        self._tokenizer = tokenizer

    def score(self, sound: Sound, tree: Node, worth: float = -REACH) -> Scores:
        """Score a sound under each phrase of the tree; under none of them where none is above `worth`."""
        start = self._model.begin(sound)
        tokens, free = self._greedy(start)
        if free is None:
            return Scores(self._tokenizer.decode(tokens), False, {}, UNENDED, start.frames)
        found = self._walk(start, tree, free + worth)
        if found and worth > -REACH:
            found = self._walk(start, tree, free - REACH)
        ratios = {phrase: each - free for phrase, each in best_first(found).items()}
        return Scores(self._tokenizer.decode(tokens), True, ratios, free, start.frames)

    def _greedy(self, at: Branches) -> tuple[tuple[int, ...], float | None]:
        """Follow the likeliest token to the end; return the tokens and their log-likelihood (None without an end)."""
        tokens: list[int] = []
        total = 0.0
        while len(tokens) <= MOST_TOKENS:
            token = int(at.log_p[0].argmax())
            total += float(at.log_p[0, token])
            if token == END:
                return tuple(tokens), total
            tokens.append(token)
            at = self._model.go_on(at, [0], [token])
        return tuple(tokens), None

    def _walk(self, at: Branches, tree: Node, bound: float) -> dict[str, float]:
        """Return the best log-likelihood of each phrase that is above the bound, level by level, one batch each."""
        found: dict[str, float] = {}
        level = [(tree, 0.0)]
        best_first = set(np.argpartition(at.log_p[0], -FIRST_TOKENS)[-FIRST_TOKENS:].tolist())
        while True:
            rows, tokens, below = [], [], []
            for row, (node, so_far) in enumerate(level):
                if node.phrase is not None:
                    total = so_far + float(at.log_p[row, END])
                    if total >= bound:
                        found[node.phrase] = max(total, found.get(node.phrase, -np.inf))
                for token, child in node.children.items():
                    total = so_far + float(at.log_p[row, token])
                    if total >= bound and (node is not tree or token in best_first):
                        rows.append(row)
                        tokens.append(token)
                        below.append((child, total))
            if not below:
                return found
            at = self._model.go_on(at, rows, tokens)
            level = below
