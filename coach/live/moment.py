"""A moment of a session: what a rehearsal's script waits for, and what a simulated exerciser sees."""

from dataclasses import dataclass, field, fields

from coach.library.exercise import Side
from coach.session.state import Question, State
from coach.timeline.cue import SegmentKind

_COUNT = {"wanted": "must be a whole number from 1"}


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
