"""Natural utterances: what people say without having been told how, where they say it, and what should come of it.

The lists lie in `said/`, a line each: where | what should come of it | the words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from coach.hearing.vocabulary.commands import Command, Emergency, value_of
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind
from scripts.benches.hearing.moments import BenchMoment, asked
from scripts.benches.hearing.utterances import BenchUtterance, CommandValue, spoken_remarks

FOLDER = Path(__file__).with_name("said")
NOTHING, HELD = "nothing", "held"
HOLDS = (Command.PAUSE, Command.STOP, Command.IT_HURTS, Command.EMERGENCY)
PLACES = {
    "set": BenchMoment(State.PLAYING, SegmentKind.SET),
    "gate": BenchMoment(State.WAITING, SegmentKind.GATE),
    "setup": BenchMoment(State.PLAYING, SegmentKind.SETUP),
    "rest": BenchMoment(State.PLAYING, SegmentKind.REST),
    "paused": BenchMoment(State.PAUSED, SegmentKind.SET),
} | {question.value: asked(question) for question in Question}


@dataclass(frozen=True, slots=True)
class ListedUtterance:
    """One utterance of a list."""

    moment: BenchMoment
    meanings: frozenset[CommandValue]
    or_nothing: bool
    text: str


def said(name: str, voices: Sequence[str]) -> list[BenchUtterance]:
    """Let each voice say a whole list."""
    lines = list(lines_of(name))
    return [each for voice in voices for each in _said_by(voice, name, lines)]


def said_in_turn(name: str, voices: Sequence[str]) -> list[BenchUtterance]:
    """Let each line of a list be said by one voice."""
    lines = list(lines_of(name))
    return [each for at, voice in enumerate(voices) for each in _said_by(voice, name, lines[at :: len(voices)])]


def _said_by(voice: str, name: str, lines: Sequence[ListedUtterance]) -> Iterator[BenchUtterance]:
    for line, each in zip(lines, spoken_remarks([line.text for line in lines], [voice]), strict=True):
        yield replace(each, group=name, moment=line.moment, meanings=line.meanings, or_nothing=line.or_nothing)


def lines_of(name: str) -> Iterator[ListedUtterance]:
    """Read a list. Raises ValueError naming what no moment or command is called."""
    for row in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if row and not row.startswith("#"):
            where, wanted, text = row.split(" | ")
            accepted = wanted.split(" or ")
            meanings = frozenset(meaning for each in accepted if each != NOTHING for meaning in _meanings(each))
            yield ListedUtterance(PLACES[where], meanings, NOTHING in accepted, text)


def _meanings(answer: str) -> Iterator[CommandValue]:
    """Yield what a right answer may be understood as. Pain whose place was not heard is asked about."""
    name, _, value = answer.partition(":")
    if name == HELD:
        yield from product(HOLDS, (None, *range(20)))
        yield Command.EASIER, value_of(Command.EASIER, "heavy")
        return
    command = Command(name)
    if not value or command is Command.IT_HURTS or value == Emergency.HELP:
        yield command, None
    if value:
        yield command, int(value) if value.isdecimal() else value_of(command, value)
