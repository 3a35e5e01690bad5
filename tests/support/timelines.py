"""Timelines made by hand, for tests of sound: short, and with a cue at every awkward time."""

from coach.library.exercise import Breath, Position
from coach.timeline.cue import Cue, CueKind, Segment, SegmentKind, Timeline


def say(t: float, text: str) -> Cue:
    return Cue(t, CueKind.SAY, text)


def tick(t: float, name: str = "tick") -> Cue:
    return Cue(t, CueKind.EARCON, name)


def segment(kind: SegmentKind, length_s: float, *cues: Cue) -> Segment:
    return Segment(kind, str(kind), None, None, None, Position.STANDING, length_s, cues)


def short(sets: int = 2) -> Timeline:
    """A welcome and some sets; 3.3 s each, so that segments begin between two frames."""
    welcome = segment(SegmentKind.WELCOME, 3.217, say(0.0, "Welcome."), say(1.503, "Two exercises today."))
    one_set = segment(
        SegmentKind.SET,
        8.333,
        *(tick(at) for at in (1.0, 2.0, 3.0)),
        Cue(4.001, CueKind.EARCON, "rise", "pull", Breath.OUT),
        say(4.151, "One. Out, and pull."),
        Cue(6.334, CueKind.EARCON, "fall", "lower", Breath.IN),
        say(6.484, "In, slowly."),
        tick(7.999),
    )
    return Timeline("short", "Short", (welcome, *[one_set] * sets, segment(SegmentKind.FINISH, 1.5, say(0.1, "Done."))))
