"""A finite automaton over words: which templates end where, for every start in a sentence.

The templates are one nondeterministic automaton. It becomes deterministic as it is used (lazy subset construction, as
in RE2): each set of nodes that a sentence reaches is built once, so that matching costs one look-up a word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

MOST_STEPS = 200
"""Of the deterministic automaton that are kept; beyond, it begins anew: each holds some 25 kB."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, and all that decides where it leads."""

    letters: str
    sound: str
    """Its phonetic key: homophones share it."""
    is_light: bool
    """It tells nothing of what is talked about."""
    is_guard: bool
    """It denies, or is about somebody else."""


@dataclass(slots=True)
class _Node:
    """A place within a template."""

    sounds: dict[str, list[int]] = field(default_factory=dict)
    """Where a word of this sound leads."""
    slots: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    """For a slot's word, by its letters: each value that it gives, and where it leads."""
    free: list[int] = field(default_factory=list)
    """Where it goes without a word."""
    skips_light: bool = False
    skips_any: bool = False
    """But guards."""
    tag: int | None = None
    """The template that ends here."""

    @property
    def matters(self) -> bool:
        return bool(self.sounds or self.slots or self.skips_light or self.skips_any or self.tag is not None)

    def skips(self, word: Word) -> bool:
        return (self.skips_light and word.is_light) or (self.skips_any and not word.is_guard)


@dataclass(slots=True)
class _State:
    """A set of nodes: all that a sentence's words so far lead to."""

    words: tuple[_Node, ...]
    """Those that a word leads on from."""
    light: frozenset[int]
    anything: frozenset[int]
    tags: tuple[int, ...]
    following: dict[Word, "_State"] = field(default_factory=dict)


class Automaton:
    """Every template of a language at once. Each has a tag; several may share one."""

    def __init__(self) -> None:
        self._nodes: list[_Node] = []
        self._states: dict[frozenset[int], _State] = {}
        self._roots: dict[int, int] = {}
        self._tags: dict[int, int] = {}
        self._steps = 0
        self._closures: dict[int, frozenset[int]] = {}
        self._start: _State | None = None

    def root(self, tag: int) -> int:
        """Return the node where the templates of a tag begin."""
        if tag not in self._roots:
            self._roots[tag] = self.node()
        return self._roots[tag]

    def end(self, tag: int) -> int:
        """Return the node where the templates of a tag end."""
        if tag not in self._tags:
            self._tags[tag] = self.node()
            self._nodes[self._tags[tag]].tag = tag
        return self._tags[tag]

    def node(self) -> int:
        """Return a new node."""
        self._nodes.append(_Node())
        return len(self._nodes) - 1

    def free(self, start: int, end: int) -> None:
        """Let one node lead to another without a word."""
        self._nodes[start].free.append(end)

    def word(self, start: int, end: int, sound: str) -> None:
        """Let a word of this sound lead from one node to another."""
        self._nodes[start].sounds.setdefault(sound, []).append(end)

    def slot(self, start: int, end: int, letters: str, value: str) -> None:
        """Let a word of these letters lead from one node to another, and tell a value."""
        self._nodes[start].slots.setdefault(letters, []).append((value, end))

    def gap(self, start: int, end: int, light: bool) -> None:
        """Let any number of words lead from one node to another: light ones, or all but guards."""
        between = self.node()
        self.free(start, between)
        self.free(between, end)
        self._nodes[between].skips_light, self._nodes[between].skips_any = light, not light

    def ends(self, words: Sequence[Word], start: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield each end of a template that begins at this word, and the tags that end there."""
        if self._steps >= MOST_STEPS:
            self._forget()
        state = self._start = self._start or self._state(frozenset(self._roots.values()))
        for end, word in enumerate(words[start:], start + 1):
            state = state.following.get(word) or self._step(state, word)
            if not (state.words or state.light or state.anything or state.tags):
                return
            if state.tags:
                yield end, state.tags

    def value(self, tag: int, words: Sequence[Word]) -> str | None:
        """Return what the slot's word says in words that a tag's template explains; None where it has no slot."""
        seen: set[tuple[int, int, str | None]] = set()
        paths: list[tuple[int, int, str | None]] = [(self._roots[tag], 0, None)]
        found: str | None = None
        while paths:
            path = paths.pop()
            node, at, value = path
            if path in seen:
                continue
            seen.add(path)
            if at == len(words) and self._nodes[node].tag == tag:
                found = value
                if found is not None:
                    break
            paths += self._paths(self._nodes[node], node, at, value, words)
        return found

    @staticmethod
    def _paths(
        node: _Node, index: int, at: int, value: str | None, words: Sequence[Word]
    ) -> Iterator[tuple[int, int, str | None]]:
        yield from ((each, at, value) for each in node.free)
        if at < len(words):
            word = words[at]
            if node.skips(word):
                yield index, at + 1, value
            yield from ((each, at + 1, value) for each in node.sounds.get(word.sound, ()))
            yield from ((end, at + 1, value or said) for said, end in node.slots.get(word.letters, ()))

    def _step(self, state: _State, word: Word) -> _State:
        reached = [end for node in state.words for end in node.sounds.get(word.sound, ())]
        reached += [end for node in state.words for _, end in node.slots.get(word.letters, ())]
        reached += state.light if word.is_light else ()
        reached += state.anything if not word.is_guard else ()
        self._steps += 1
        following = state.following[word] = self._state(frozenset(reached))
        return following

    def _state(self, nodes: frozenset[int]) -> _State:
        reached = frozenset[int]().union(*map(self._closure, nodes))
        if reached not in self._states:
            found = [self._nodes[each] for each in reached]
            self._states[reached] = _State(
                tuple(node for node in found if node.sounds or node.slots),
                frozenset(each for each in reached if self._nodes[each].skips_light),
                frozenset(each for each in reached if self._nodes[each].skips_any),
                tuple(sorted({node.tag for node in found if node.tag is not None})),
            )
        return self._states[reached]

    def _forget(self) -> None:
        self._states.clear()
        self._start, self._steps = None, 0

    def _closure(self, start: int) -> frozenset[int]:
        """Return the nodes that a node reaches without a word and that matter, itself among them."""
        if start not in self._closures:
            reached, waiting = {start}, [start]
            while waiting:
                new = set(self._nodes[waiting.pop()].free) - reached
                reached |= new
                waiting += new
            self._closures[start] = frozenset(each for each in reached if self._nodes[each].matters)
        return self._closures[start]
