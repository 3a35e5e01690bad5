"""A moment of a session: what a rehearsal's script waits for, and what a simulated exerciser sees."""

from dataclasses import dataclass, field, fields

from coach.library.exercise import Side
from coach.session.state import Question, Session, State
from coach.timeline.cue import Segment, SegmentKind, Span

_COUNT = {"wanted": "must be a whole number, 1 or more"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in a session. What is None matches anything."""

    kind: SegmentKind | None = None
    exercise: str | None = None
    set: int | None = field(default=None, metadata=_COUNT)
    side: Side | None = None
    rep: int | None = field(default=None, metadata=_COUNT)
    state: State | None = None
    question: Question | None = None

    def __str__(self) -> str:
        """Write it as a script does, `{kind = "set", rep = 3}`."""
        known = {each.name: getattr(self, each.name) for each in fields(self)}
        written = (
            f"{name} = {value}" if isinstance(value, int) else f'{name} = "{value}"'
            for name, value in known.items()
            if value is not None
        )
        return f"{{{', '.join(written)}}}"

    def matches(self, now: "Moment") -> bool:
        """Tell whether all that this moment names is so now."""
        wanted = ((getattr(self, each.name), getattr(now, each.name)) for each in fields(self))
        return all(want is None or want == have for want, have in wanted)


class Moments:
    """Makes the moment of a session where it has changed: it is asked for 50 times a second."""

    def __init__(self) -> None:
        self._of: tuple[Segment | None, Span | None, Session | None] = (None, None, None)
        self._moment = Moment()

    def of(self, segment: Segment | None, span: Span | None, session: Session) -> Moment:
        """Return the moment; the one of the last time where all three are the same values."""
        before = self._of
        if segment is not before[0] or span is not before[1] or session is not before[2]:
            self._of = segment, span, session
            self._moment = Moment(
                kind=segment.kind if segment else None,
                exercise=segment.exercise if segment else None,
                set=segment.set_no if segment else None,
                side=segment.side if segment else None,
                rep=span.rep if span else None,
                state=session.state,
                question=session.question,
            )
        return self._moment
