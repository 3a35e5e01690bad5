"""Name the places of a session where something may be said: kinds of segments, a pause, questions, and everything."""

from coach.hearing.policy.verdict import Context
from coach.hearing.vocabulary.commands import Command
from coach.session.state import Question, State, state_of
from coach.session.transitions import opens, rule_in
from coach.timeline.cue import SegmentKind

PAUSED, EVERYTHING = "paused", "everything"
_QUESTIONS = tuple(question.value for question in Question)
PLACES = (*(kind.value for kind in SegmentKind if kind.value not in _QUESTIONS), PAUSED, *_QUESTIONS, EVERYTHING)
"""Where a kind of segment and a question have one name, the question is meant: it is what one answers there."""


def context_in(place: str) -> Context:
    """Return what is open in a place, by the session's own table. Raises ValueError for an unknown one."""
    if place == EVERYTHING:
        return Context(frozenset(Command))
    if place == PAUSED:
        return Context(_open(State.PAUSED, SegmentKind.SET, None))
    if place in _QUESTIONS:
        return Context(_open(State.ASKING, SegmentKind.SET, Question(place)), question=place)
    kind = SegmentKind(place)
    return Context(_open(state_of(kind), kind, None))


def _open(state: State, kind: SegmentKind, question: Question | None) -> frozenset[Command]:
    return frozenset(command for command in Command if opens(rule_in(state, kind, question, command)))
