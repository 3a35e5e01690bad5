"""Understand a sentence in her own words: a transcript in, a command out. Pure.

A sentence is understood if all of it is explained: by a command's templates, frames before them ("can you", "I need
to"), tails behind ("for me", "a bit"), and asides anywhere ("oh dear", "that one did me in"). It may hold several
commands' clauses ("that's too easy, give me a challenge"): the first rule counts, and safety words come first, but for
a stop within a pause ("stop for a moment"). What nothing explains is no command, however many of its words are a
command's. The templates are in `en_sentences.toml`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from coach.hearing.vocabulary.commands import Command, value_of
from coach.hearing.vocabulary.sentence_automaton import Automaton, Word
from coach.hearing.vocabulary.sentence_templates import Grammar

ANSWERS = frozenset(
    {Command.YES, Command.NO, Command.NUMBER, Command.FALSE_ALARM, Command.LATER, Command.NEVER, Command.HELP}
)
"""They stand beside no other command's clause: "I don't want to" denies what follows."""
SEVEREST = (Command.EMERGENCY, Command.IT_HURTS, Command.STOP)
"""They go before any other command, in this order; of the others the longest clause counts."""
FRAME, TAIL, ASIDE, NOTHING = -1, -2, -3, -4
"""Tags of what is no rule."""
MOST_WORDS = 40
"""Of a sentence; a longer one is talk."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sentence means."""

    command: Command
    value: int | None = None
    question: str | None = None
    """The one question that it answers; None: none, or any."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A command, or one of its values; the automaton has its templates under the rule's place in the list."""

    command: Command
    value: int | None = None
    question: str | None = None
    """The one question that it answers."""
    beside: Command | None = None
    """It counts where this is open too."""

    def is_open(self, commands: frozenset[Command]) -> bool:
        """Tell whether it counts where these commands are open."""
        return self.command in commands and (self.beside is None or self.beside in commands)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words that a tag's template explains."""

    start: int
    end: int
    tag: int


@dataclass(frozen=True, slots=True)
class Sentences:
    """Every sentence of one language that is understood."""

    rules: tuple[Rule, ...] = ()
    """The first that fits counts."""
    grammar: Grammar = field(default_factory=lambda: Grammar({}, {}))
    automaton: Automaton = field(default_factory=Automaton)
    dangling: frozenset[str] = frozenset()
    """Words that end no clause."""

    def meaning(self, text: str, commands: frozenset[Command]) -> Meaning | None:
        """Return what a transcript means where these commands are open; None where it means nothing."""
        words = self.grammar.words(text)
        if not words or len(words) > MOST_WORDS:
            return None
        spans = list(self._spans(words))
        if _Span(0, len(words), NOTHING) in spans:
            return None
        found = [each for each in self._explaining(spans, len(words)) if self.rules[each.tag].is_open(commands)]
        best = min(self._without_stops_in_a_pause(found), key=self._rank, default=None)
        return self._meaning(best, words) if best else None

    def _spans(self, words: Sequence[Word]) -> Iterator[_Span]:
        """Yield what each part of the sentence may be. No part but the last ends with a dangling word."""
        for start in range(len(words)):
            for end, tags in self.automaton.ends(words, start):
                complete = end == len(words) or words[end - 1].letters not in self.dangling
                yield from (_Span(start, end, tag) for tag in tags if complete or tag == FRAME)

    def _explaining(self, spans: Sequence[_Span], length: int) -> Iterator[_Span]:
        """Yield each clause that stands in a reading of the whole sentence."""
        around = [each for each in spans if each.tag < 0]
        clauses = [each for each in spans if each.tag >= 0]
        for _, together in groupby(sorted(clauses, key=self._reading), self._reading):
            reading = list(together)
            starts, ends = _starts([*around, *reading]), _ends([*around, *reading], length)
            yield from (each for each in reading if each.start in starts and each.end in ends)

    def _without_stops_in_a_pause(self, clauses: Sequence[_Span]) -> Iterator[_Span]:
        """Yield clauses without a stop that is part of a pause: "stop for a moment"."""
        pauses = [each for each in clauses if self.rules[each.tag].command is Command.PAUSE]
        for each in clauses:
            is_stop = self.rules[each.tag].command is Command.STOP
            if not (is_stop and any(pause.start <= each.start and each.end < pause.end for pause in pauses)):
                yield each

    def _rank(self, span: _Span) -> tuple[int, int, int]:
        """Return what orders clauses: the severest counts, else the longest, else the file's first."""
        severity = severity_of(self.rules[span.tag].command)
        return severity, 0 if severity < len(SEVEREST) else span.start - span.end, span.tag

    def _reading(self, span: _Span) -> str:
        """Return what clauses have in common that may stand in one sentence."""
        command = self.rules[span.tag].command
        return command if command in ANSWERS else ""

    def _meaning(self, span: _Span, words: Sequence[Word]) -> Meaning:
        rule = self.rules[span.tag]
        said = self.automaton.value(span.tag, words[span.start : span.end])
        if said and rule.command is Command.NUMBER:
            return Meaning(rule.command, int(said), rule.question)
        if said and rule.command is Command.IT_HURTS:
            return Meaning(rule.command, value_of(rule.command, said), rule.question)
        return Meaning(rule.command, rule.value, rule.question)


def severity_of(command: Command) -> int:
    """Return a command's place among the severest; the same number for all others."""
    return SEVEREST.index(command) if command in SEVEREST else len(SEVEREST)


def _starts(spans: Sequence[_Span]) -> set[int]:
    """Return where a clause may begin: behind frames and asides, or behind another clause and what belongs to it."""
    before, behind = {0}, set[int]()
    for each in sorted(spans, key=lambda span: span.start):
        if each.tag in (FRAME, ASIDE) and each.start in before:
            before.add(each.end)
        if each.tag in (TAIL, ASIDE) and each.start in behind:
            behind.add(each.end)
        if each.tag == FRAME and each.start in behind:
            before.add(each.end)
        if each.tag >= 0 and each.start in before | behind:
            behind.add(each.end)
    return before | behind


def _ends(spans: Sequence[_Span], length: int) -> set[int]:
    """Return where a clause may end: before tails and asides, or before another clause and its frames."""
    behind, before = {length}, set[int]()
    for each in sorted(spans, key=lambda span: -span.end):
        if each.tag in (TAIL, ASIDE) and each.end in behind:
            behind.add(each.start)
        if each.tag in (FRAME, ASIDE) and each.end in before:
            before.add(each.start)
        if each.tag >= 0 and each.end in behind | before:
            before.add(each.start)
    return behind | before
