"""The playhead: a segment's clock on the mixer's frames, its cues still to come, its phases as they begin and end."""

import bisect
from collections.abc import Iterator, Mapping

from coach.session.effects import From
from coach.session.events import Event, PhaseBegan, RepDone, SegmentEnded
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.timeline.cue import Cue, CueKind, Segment, SegmentKind, Span


class Playhead:
    """A segment that plays. Its clock can be held, go on, and be put back to a sentence."""

    def __init__(self, segment: Segment, clips: Mapping[tuple[CueKind, str], Clip], start_frame: int) -> None:
        self.segment = segment
        self.start_frame = start_frame
        """The mixer's frame at the segment's time 0."""
        self.ended = False
        self._clips = clips
        self._held_at: int | None = None
        """Frames into the segment where it was held."""
        self._next_cue = 0
        self._begun = 0
        self._done = 0
        self._coming: tuple[int, Event, Span | None] | None = None
        """The next event, as long as it is known."""
        self._sentence: int | None = None
        """Index of the spoken cue that began last."""

    @property
    def held(self) -> bool:
        """Tell whether its clock stands still."""
        return self._held_at is not None

    @property
    def span(self) -> Span | None:
        """Return the phase that runs, if any."""
        return self.segment.spans[self._begun - 1] if self._begun > self._done else None

    @property
    def last_words(self) -> tuple[str, ...]:
        """Return the sentence that began last, if there is one."""
        return () if self._sentence is None else (self.segment.cues[self._sentence].text,)

    def clip(self, cue: Cue) -> Clip:
        """Return the clip of one of its cues."""
        return self._clips[cue.kind, cue.text]

    def at(self, frame: int) -> float:
        """Return the segment's own time in seconds at a mixer frame."""
        inside = self._held_at if self._held_at is not None else frame - self.start_frame
        return min(max(0, inside) / RATE_HZ, self.segment.length_s)

    def hold(self, frame: int) -> None:
        """Stop the segment's clock."""
        if self._held_at is None:
            self._held_at = frame - self.start_frame

    def seam(self, frame: int) -> int | None:
        """Return where another stretch of a walk takes over without losing the beat: midway between two clicks.

        It may have just passed. None where no walk is under way.
        """
        if self.held or self.segment.kind is not SegmentKind.WALK:
            return None
        if self.ended:
            return self.start_frame + frames_of(self.segment.length_s)
        clicks = [self.start_frame + frames_of(cue.t) for cue in self.segment.cues if cue.kind is CueKind.EARCON]
        at = bisect.bisect_left(clicks, frame)
        return (clicks[at - 1] + clicks[at]) // 2 if 0 < at < len(clicks) else frame

    def go_on(self, frame: int, start: From) -> None:
        """Let the clock run again from `frame`, from where `start` says."""
        self.hold(frame)
        inside = self._inside(start)
        if inside != self._held_at:
            self._put_back(inside)
        self._held_at = self._coming = None
        self.start_frame = frame - inside

    def respoken(self, segment: Segment, clips: Mapping[tuple[CueKind, str], Clip], frame: int) -> "Playhead":
        """Return this segment said at another rate: from `frame` on, at the beginning of the sentence said last."""
        if self.held or self.ended:
            return self
        other = Playhead(segment, clips, frame)
        begins = next((frames_of(cue.t) for cue in segment.cues if cue.text in self.last_words), 0)
        other._put_back(begins)
        other.start_frame = frame - begins
        return other

    def _put_back(self, inside: int) -> None:
        spans, self._coming = self.segment.spans, None
        self.ended = False
        self._next_cue = sum(frames_of(cue.t) < inside for cue in self.segment.cues)
        self._begun = sum(frames_of(span.t) < inside for span in spans)
        self._done = sum(frames_of(span.t + span.length_s) <= inside for span in spans)

    def cues_until(self, frame: int) -> Iterator[tuple[int, Cue]]:
        """Yield every cue that begins before this frame and was not yielded yet, with its frame."""
        while not self.held and self._next_cue < len(self.segment.cues):
            cue = self.segment.cues[self._next_cue]
            begins = self.start_frame + frames_of(cue.t)
            if begins >= frame:
                return
            if cue.kind is CueKind.SAY:
                self._sentence = self._next_cue
            self._next_cue += 1
            yield begins, cue

    def events_until(self, frame: int) -> Iterator[tuple[int, Event, Span | None]]:
        """Yield what happened up to this frame, in order, with its frame and the phase it is about."""
        while not self.held and not self.ended:
            self._coming = due = self._coming or self._next_event()
            if due[0] > frame:
                return
            self._coming = None
            if isinstance(due[1], PhaseBegan):
                self._begun += 1
            elif isinstance(due[1], RepDone):
                self._done = self._begun
            else:
                self.ended = True
            yield due

    def _next_event(self) -> tuple[int, Event, Span | None]:
        spans = self.segment.spans
        if self._done < self._begun and spans[self._begun - 1].ends_rep:
            span = spans[self._begun - 1]
            return self.start_frame + frames_of(span.t + span.length_s), RepDone(span.rep), span
        if self._begun < len(spans):
            span = spans[self._begun]
            return self.start_frame + frames_of(span.t), PhaseBegan(span.phase, span.rep), span
        return self.start_frame + frames_of(self.segment.length_s), SegmentEnded(), None

    def _inside(self, start: From) -> int:
        """Return where to go on, in frames into the segment."""
        held = self._held_at or 0
        if start is From.START or held < 0:
            return 0
        if start is From.HERE or self._sentence is None:
            return held
        cue = self.segment.cues[self._sentence]
        begins = frames_of(cue.t)
        over = begins + self.clip(cue).frames <= held
        return held if over and start is From.SENTENCE else begins
