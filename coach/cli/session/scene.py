"""The scene: what the terminal shows of a session right now, as one value."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach.session.state import State

if TYPE_CHECKING:
    from coach.live.loop import Live

_WORDS = {"paused": "paused", "asking": "yes?", "waiting": "ready?", "set": "get set", "way_out": "slowly"}
"""What to show large where no phase runs: by state, else by kind of segment."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen right now."""

    title: str = ""
    word: str = ""
    """The phase, or what there is to do."""
    rep: str = ""
    left_s: float | None = None
    said: str = ""
    heard: str = ""
    taken: bool = False
    note: str = ""
    clock_s: float = 0.0


def scene_of(live: "Live") -> Scene:
    """Return what is to be seen of a session now."""
    now = live.now
    return Scene(
        title=now.title,
        word=_WORDS.get(live.session.state) or now.phase or _WORDS.get(live.session.kind) or live.session.kind,
        rep=f"{now.rep}/{now.reps}" if now.rep else "",
        left_s=now.left_s if live.session.state is State.PLAYING else None,
        clock_s=live.clock_s,
    )
