"""When something is said, and what the session has open then: taken from its own table of transitions."""

from dataclasses import dataclass

from coach.hearing.vocabulary.commands import Command
from coach.session.state import Question, State, state_of
from coach.session.transitions import opens, rule_in
from coach.timeline.cue import SegmentKind


@dataclass(frozen=True, slots=True)
class BenchMoment:
    state: State
    kind: SegmentKind = SegmentKind.SET
    question: Question | None = None

    def open(self) -> frozenset[Command]:
        """Return the commands that do something then."""
        return frozenset(each for each in Command if opens(rule_in(self.state, self.kind, self.question, each)))


IN_A_SET = BenchMoment(State.PLAYING)
AT_A_GATE = BenchMoment(State.WAITING, SegmentKind.GATE)
IN_A_PAUSE = BenchMoment(State.PAUSED)
OWN_WORDS = (Question.ROUTINE, Question.EFFORT)
"""These questions have phrases of their own."""
ANY = (IN_A_SET, AT_A_GATE, IN_A_PAUSE)
"""In turn, for what is no command."""


def every_moment() -> tuple[BenchMoment, ...]:
    """Return a moment for each set of commands that can be open: what is said then is judged alike."""
    going = [BenchMoment(state_of(kind), kind) for kind in SegmentKind] + [IN_A_PAUSE]
    found: dict[object, BenchMoment] = {}
    for moment in (*going, *map(asked, Question)):
        found.setdefault((moment.open(), moment.question in OWN_WORDS and moment.question), moment)
    return tuple(found.values())


def asked(question: Question) -> BenchMoment:
    """Return the moment after a question."""
    return BenchMoment(State.ASKING, question=question)


_WHEN = {
    Command.READY: AT_A_GATE,
    Command.RESUME: IN_A_PAUSE,
    Command.YES: asked(Question.END),
    Command.NO: asked(Question.END),
    Command.FALSE_ALARM: asked(Question.HURT),
    Command.NUMBER: asked(Question.EFFORT),
    Command.LATER: asked(Question.USABLE),
    Command.NEVER: asked(Question.USABLE),
}


def when_said(command: Command, names_routine: bool = False) -> BenchMoment:
    """Return the moment in which one says this; most things are said in a set."""
    return asked(Question.ROUTINE) if names_routine else _WHEN.get(command, IN_A_SET)
