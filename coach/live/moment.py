"""Where a session is: what a rehearsal's script waits for, and what a simulated exerciser sees."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in a session. What is None matches anything."""

    kind: str | None = None
    exercise: str | None = None
    set: int | None = None
    side: str | None = None
    rep: int | None = None
    state: str | None = None
    question: str | None = None
