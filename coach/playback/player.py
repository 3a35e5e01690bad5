"""The player: carry out the session's effects on the mixer, report what has sounded as events and log entries.

Clips are placed as their frame comes up, never ahead of the block that is mixed next: so a hold, a jump or an answer
changes what is still to come without undoing anything. Frames are the mixer's; the log's times are the session clock's,
which is later by the silence a real speaker put in when a block was not there in time.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future

from coach.library.routine import Block, Routine
from coach.log.entries import Entry, SayEntry, SilentEntry
from coach.log.pending import PendingEntries
from coach.playback.log_entries import beat_entry, block_of, segment_entry
from coach.playback.mixing import Mixing, Track, set_volume
from coach.playback.playhead import Playhead
from coach.playback.respeaking import Respeaking
from coach.playback.speaking import BETWEEN_LINES_S, LinesInTurn, RecentSpeech, TimedSentence
from coach.playback.upcoming import Upcoming
from coach.playback.workshop import Prepared, Workshop, drop
from coach.session.effects import Chime, Continue, Effect, Finish, From, Hold, Play, Say, SayAgain, SpeechRate, Volume
from coach.session.events import Event, RepDone, SpeechEnded
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.earcons import earcon
from coach.sound.mixer import BED_FADE_FRAMES
from coach.sound.pcm import Pcm
from coach.timeline.cue import CueKind, Segment, SegmentKind, Span
from coach.timeline.step import Step

FADE_FRAMES = frames_of(0.03)  # a hold is silent within 30 ms
TAIL_S = 0.4  # after the last word, before the end


class Player:
    """Plays one segment, and answers beside it."""

    def __init__(self, mixer: Mixing, workshop: Workshop) -> None:
        self._routine: Routine | None = None
        self._mixer = mixer
        self._workshop = workshop
        self._head: Playhead | None = None
        self._step: Step | None = None
        self._coming: Upcoming | None = None
        self._after_rep: Play | None = None
        self._first: LinesInTurn | None = None
        self._answer: LinesInTurn | None = None
        self._answer_made: Future[Prepared] | None = None
        self._respeaking: Respeaking | None = None
        self._keep_ticks = True
        self._recent = RecentSpeech()
        self._pending = PendingEntries()
        self._finish: str | None = None
        self.segments = 0
        """How many began."""
        self.reps = 0
        """How many counted."""

    @property
    def frame(self) -> int:
        """Return how many frames were mixed."""
        return self._mixer.position

    @property
    def segment(self) -> Segment | None:
        """Return the segment that plays or is held."""
        return self._head.segment if self._head else None

    @property
    def span(self) -> Span | None:
        """Return the phase that runs."""
        return self._head.span if self._head else None

    @property
    def left_s(self) -> float | None:
        """Return how much of the segment is left."""
        return self._head.segment.length_s - self._head.at(self.frame) if self._head else None

    @property
    def _block(self) -> Block | None:
        return block_of(self._routine, self._step)

    @property
    def speaking(self) -> bool:
        """Tell whether a sentence sounds."""
        return self._recent.speaking(self.frame)

    @property
    def making(self) -> bool:
        """Tell whether something that is to sound now is still being made."""
        return bool(self._answer_made or (self._coming and not self._coming.held))

    def spoke(self, start_s: float, end_s: float, late_s: float = 0.0) -> bool:
        """Tell whether a sentence sounded in this stretch of the session clock."""
        return self._recent.spoke(frames_of(start_s - late_s), frames_of(end_s - late_s))

    def words(self, late_s: float = 0.0) -> tuple[tuple[str, float, float], ...]:
        """Return the words of the last sentences with their times on the session clock."""
        return self._recent.words(late_s)

    @property
    def finished(self) -> str | None:
        """Return the reason once everything that can be said has been said after `Finish`, else None."""
        awaited = (self._answer_made, self._coming.made if self._coming else None)
        if self._finish is None or any(made and not self._workshop.given_up(made) for made in awaited):
            return None
        over = max(self._recent.silent_at(), self._answer.ends if self._answer else 0) + frames_of(TAIL_S)
        return self._finish if self.frame >= over else None

    # Effects

    def set_routine(self, routine: Routine) -> None:
        """Set the routine that the next segments are built from; it may be chosen after the session began."""
        self._routine = routine
        self._workshop.routine = routine

    def make_ahead(self, texts: Callable[[], Iterable[str]], plays: Callable[[], Iterable[Play]]) -> None:
        """Build what will be wanted next, and make clips that may be wanted soon, when there is time."""
        self._workshop.segments_ahead(lambda: [(play.step, play.pace, play.say_first) for play in plays()])
        self._workshop.texts_ahead(texts)

    def lower(self, db: float, over_frames: int) -> None:
        """Lower the coach by `db` while somebody speaks (barge-in); 0 dB brings it back."""
        self._mixer.lower(db, over_frames)

    def carry_out(self, effect: Effect, hushed_s: float = 0.0) -> None:
        """Do what the session wants done. `hushed_s`: so much before the next block is silent already, for a hold."""
        match effect:
            case Play():
                self._play(effect)
            case Hold(after):
                self._hold(after, frames_of(hushed_s))
            case Continue(start, say_first):
                self._go_on(start, say_first)
            case Say(lines, keep_ticks):
                self._say(lines, keep_ticks)
            case SayAgain(keep_ticks):
                self._say(self._head.last_words if self._head else (), keep_ticks)
            case Chime(name):
                self._mixer.place(earcon(name), self.frame, track=Track.CHIME)
            case Volume(gain_db):
                set_volume(self._mixer, gain_db)
            case SpeechRate(factor):
                drop(self._respeaking.made if self._respeaking else None)
                self._respeaking = Respeaking(self._workshop, factor, self._head, self._step, self.frame)
            case Finish(reason):
                self._finish = reason
        self._settle()

    def due(self) -> list[Event]:
        """Return what has happened up to now, in order; begin what was being made and is ready."""
        self._settle()
        events: list[Event] = []
        if self._head:
            for frame, event, span in self._head.events_until(self.frame):
                if entry := beat_entry(event, span, self._block):
                    self._pending.add(frame, entry)
                self.reps += isinstance(event, RepDone)
                events.append(event)
                if isinstance(event, RepDone) and self._after_rep:
                    self._begin_after_rep()
                    break
        if self._answer and self.frame >= self._answer.ends:
            self._answer = None
            events.append(SpeechEnded())
        return events

    def block(self, frames: int) -> Pcm:
        """Mix the next block."""
        until = self.frame + frames
        for talk in (self._first, self._answer):
            if talk:
                for spoken, clip in talk.until(until):
                    self._speak(spoken, clip, Track.ANSWER)
        if self._first and self.frame >= self._first.ends:
            self._first = None
        if self._head and self._finish is None:
            self._place_cues(self._head, until)
        return self._mixer.block(frames)

    def entries(self, clock_s: float, late_s: float = 0.0) -> list[Entry]:
        """Return what is to be logged up to this time of the session clock, in its order."""
        return self._pending.until(clock_s, late_s)

    # Segments

    def _play(self, play: Play) -> None:
        head = self._head
        if play.after_rep and head and head.span and not head.held:
            self._after_rep = play
            return
        natural = head is not None and head.ended
        if not natural:
            self._quiet("speech", Track.SPEECH, Track.ANSWER, Track.EARCON)
            self._drop_talk()
        seam = head.seam(self.frame) if head and play.step.kind is SegmentKind.WALK else None
        self._after_rep = None
        if head:
            head.hold(self.frame)
        after = self._answer.ends + frames_of(BETWEEN_LINES_S) if natural and self._answer else self.frame
        made = self._workshop.segment(play.step, play.pace, play.say_first)
        coming = Upcoming(made, play.step, after=after if seam is None else seam, on_beat=seam is not None)
        self._coming = coming.instead_of(self._coming)

    def _begin_after_rep(self) -> None:
        play, self._after_rep = self._after_rep, None
        if play and self._head:
            self._head.ended = True  # the rep was its natural end: an answer is still said to its end
            self._play(play.at_once())

    def _hold(self, after: str, hushed: int) -> None:
        self._quiet(after, None, over=-hushed if hushed else FADE_FRAMES)
        self._drop_talk()
        if self._head:
            self._head.hold(self.frame)
        if self._coming:
            self._coming.held = True

    def _go_on(self, start: From, say_first: tuple[str, ...]) -> None:
        if self._coming and self._coming.step:
            self._coming.held = False
        elif self._head:
            if not self._head.held:
                self._quiet("speech", Track.SPEECH)
                self._head.hold(self.frame)
            self._coming = Upcoming(self._workshop.lines(say_first), None, start).instead_of(self._coming)

    def _say(self, lines: tuple[str, ...], keep_ticks: bool) -> None:
        if self._answer:
            self._quiet("speech", Track.ANSWER)
            self._answer = None
        drop(self._answer_made)
        self._keep_ticks = keep_ticks
        self._answer_made = self._workshop.lines(lines)

    def _settle(self) -> None:
        """Begin what has been made meanwhile."""
        if self._answer_made and self._answer_made.done():
            made, self._answer_made = self._answer_made.result(), None
            if not self._first:
                self._quiet("speech", Track.SPEECH)
            after = self._first.ends + frames_of(BETWEEN_LINES_S) if self._first else 0
            self._answer = LinesInTurn(made.lines, made.clips, max(self.frame, after))
        if self._respeaking and self._head:
            self._head = self._respeaking.head(self._head, self.frame, self._answer or self._answer_made)
        if self._coming and self._coming.made.done():
            coming, self._coming = self._coming, None
            self._begin(coming, coming.made.result())

    def _begin(self, coming: Upcoming, made: Prepared) -> None:
        start = coming.begins(self.frame)
        if made.lines and not coming.held:
            self._first = LinesInTurn(made.lines, made.clips, start)
            start = self._first.ends + frames_of(BETWEEN_LINES_S)
        if not coming.held:
            self._mixer.play_bed()
        if made.segment is None:
            if self._head:
                self._head.go_on(start, coming.start)
            return
        self._head, self._step = Playhead(made.segment, made.clips, start), coming.step
        self.segments += 1
        self._pending.add(start, segment_entry(self.segments, made.segment))
        if coming.held:
            self._head.hold(start)
        elif made.segment.kind is SegmentKind.FINISH:
            self._mixer.end_bed(start + frames_of(made.segment.length_s) - BED_FADE_FRAMES)

    def _place_cues(self, head: Playhead, until: int) -> None:
        answering = self._answer_until()
        for frame, cue in head.cues_until(until):
            clip, over_answer = head.clip(cue), frame < answering
            if cue.kind is CueKind.EARCON:
                if not over_answer or self._keep_ticks:
                    self._mixer.place(clip, frame, track=Track.EARCON)
            elif not over_answer:
                self._speak(TimedSentence(cue.text, frame, frame + clip.frames), clip, Track.SPEECH)

    def _answer_until(self) -> int:
        """Return the frame until which spoken cues are dropped: an answer is being said or made."""
        if self._answer_made:
            return self.frame + RATE_HZ
        return self._answer.ends if self._answer else 0

    def _speak(self, spoken: TimedSentence, clip: Clip, track: str) -> None:
        frame = max(spoken.begins, self.frame)
        self._mixer.place(clip, frame, track=track)
        self._recent.add(TimedSentence(spoken.text, frame, frame + clip.frames))
        self._pending.add(frame, SayEntry(0.0, spoken.text, clip.length_s))

    def _quiet(self, after: str, *tracks: str | None, over: int = FADE_FRAMES) -> None:
        """Fade tracks out over so many frames; below zero: they are silent since then. Log where a sentence was cut."""
        for track in tracks:
            self._mixer.cut(track, max(over, 0))
        if self._recent.cut(self.frame) or None in tracks:
            self._pending.add(self.frame + over, SilentEntry(0.0, after))

    def _drop_talk(self) -> None:
        drop(self._answer_made)
        self._first = self._answer = self._answer_made = None
