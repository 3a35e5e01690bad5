"""Change the rate of speech within a segment: it is made anew, and goes on with the sentence that was said last."""

from concurrent.futures import Future

from coach.playback.playhead import Playhead
from coach.playback.workshop import Prepared, Workshop, drop
from coach.sound.clip import frames_of
from coach.timeline.cue import SegmentKind
from coach.timeline.step import Step

KEEPS_TIME = frozenset({SegmentKind.SET, SegmentKind.REST, SegmentKind.WALK})
"""Kinds whose times are no matter of their sentences: they keep what they say, until the next one."""
ANSWERED_WITHIN = frames_of(0.1)


class Respeaking:
    """The segment that plays, on its way at another rate."""

    def __init__(self, workshop: Workshop, factor: float, head: Playhead | None, step: Step | None, frame: int) -> None:
        """Let the workshop speak at so many times the first rate; make the segment anew where it may change."""
        workshop.speak_at(factor)
        speaks = head and step and not head.held and not head.ended and head.segment.kind not in KEEPS_TIME
        self.made: Future[Prepared] | None = workshop.segment(step, 1.0, ()) if speaks and step else None
        """None: it goes on as it is."""
        self._of = (head.segment.kind, head.segment.title) if head else None
        self._not_before = frame + ANSWERED_WITHIN

    def head(self, now: Playhead, frame: int, answering: object) -> Playhead:
        """Return the playhead to go on with at a frame: the other one once it is made and the answer has been said."""
        if self._of != (now.segment.kind, now.segment.title):
            drop(self.made)
            self.made = None
        if self.made is None or not self.made.done() or answering or frame < self._not_before:
            return now
        made, self.made = self.made.result(), None
        same = made.segment and (made.segment.kind, made.segment.title) == self._of
        return now.respoken(made.segment, made.clips, frame) if same and made.segment else now
