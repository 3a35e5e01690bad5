"""Follow a session: log entries as they sound, and the session after every event, become a `ScreenState`.

Pure but for the clock it is given. Runs on the session's loop, so nothing here takes long.
"""

from collections.abc import Callable
from dataclasses import replace

from coach.hearing.vocabulary.phrase_table import Table
from coach.log.entries import (
    DeviceEntry,
    Entry,
    FinishEntry,
    HeardEntry,
    PhaseEntry,
    RepEntry,
    SayEntry,
    SegmentEntry,
    StateEntry,
)
from coach.screen.buttons import buttons_of
from coach.screen.captions import captions
from coach.screen.figuring import Figuring
from coach.screen.state import Captions, Countdown, HeardWords, Motion, PhaseBar, ScreenState
from coach.screen.words import (
    BREATHS,
    NOTES,
    PASSING,
    STATES,
    SUMMARIES,
    kind_words,
    phase_words,
    question_words,
)
from coach.session.rules.questions import words as question_asked
from coach.session.state import Session, State
from coach.session.timing import left_s
from coach.session.wording import exercise_of
from coach.timeline.cue import SegmentKind
from coach.timeline.numbers import counted

LONGEST_HEARD = 28
"""Characters of what was heard; more is no command and only the beginning is shown."""


class Presenter:
    """Keeps what is to be shown."""

    def __init__(self, table: Table, clock: Callable[[], float]) -> None:
        self.state = ScreenState()
        self.question: str | None = None
        """The id of the question that stands."""
        self._table = table
        self._clock = clock
        self._session: Session | None = None
        self._figuring = Figuring()
        self._kind = ""
        self._phase = ""
        """The words of the phase that runs; empty between phases."""

    def watch(self, entry: Entry) -> None:
        """Take in what happened. Takes no time."""
        now_s = self._clock()
        match entry:
            case SegmentEntry():
                self._segment_began(entry, now_s)
            case PhaseEntry():
                self._phase_began(entry, now_s)
            case RepEntry(n=n, of=of):
                self._change(number=n, unit=f"of {of}")
            case SayEntry(text=text, length_s=length_s):
                self._said(text, length_s, now_s)
            case HeardEntry(text=text, accepted=accepted) if text:
                self._change(heard=HeardWords(now_s, _short(text), accepted))
            case StateEntry(question=question):
                self.question = question
                self._restate()
            case DeviceEntry(what=what) if what in NOTES:
                self._change(note=NOTES[what])
            case FinishEntry(reason=reason, reps=reps):
                self._ended(reason, reps)
            case _:
                pass

    def see(self, session: Session) -> None:
        """Take in the session as it is after an event."""
        before, self._session = self._session, session
        if before is None or _look(before) != _look(session):
            self._hold(session.held)
            self._restate()

    def note(self, text: str) -> None:
        """Show a line of our own, until another takes its place."""
        self._change(note=text)

    def announce(self, title: str, words: str, note: str = "") -> None:
        """Show something before the session begins: the sound check."""
        self.state = ScreenState(title=title, words=words, note=note)

    def _segment_began(self, entry: SegmentEntry, now_s: float) -> None:
        session = self._session
        self._kind, self._phase = entry.kind, ""
        figure, mirrored, motion = self._figuring.segment_began(entry, session, now_s)
        self._change(
            title=_title(entry, session), number=None, unit="", breath="",
            side=(entry.side or "").capitalize() if entry.kind in (SegmentKind.SET, SegmentKind.SWITCH) else "",
            bar=None, countdown=self._countdown(entry, now_s), captions=None, heard=self.state.heard,
            figure=figure, mirrored=mirrored, motion=motion, note=_passing(self.state.note),
            held_s=now_s if session is not None and session.held else None,
        )  # fmt: skip
        self._restate()

    def _countdown(self, entry: SegmentEntry, now_s: float) -> Countdown | None:
        if entry.kind == SegmentKind.REST:
            return Countdown(now_s, entry.length_s)
        if entry.kind == SegmentKind.WALK and self._session is not None:
            return Countdown(now_s, max(entry.length_s, left_s(self._session)))
        return None

    def _phase_began(self, entry: PhaseEntry, now_s: float) -> None:
        session = self._session
        self._phase = phase_words(entry.name)
        figure, mirrored, motion = self._figuring.phase_began(entry, now_s)
        rep, of = (session.rep or session.done + 1, session.block.reps) if session and session.block else (None, 0)
        self._change(
            number=min(rep, of) if rep else None, unit=f"of {of}" if rep else "",
            breath=BREATHS.get(entry.breath, ""), side=(entry.side or "").capitalize(),
            bar=PhaseBar(now_s, entry.length_s), figure=figure, mirrored=mirrored, motion=motion,
            phases=self.state.phases + 1,
        )  # fmt: skip
        self._restate()

    def _said(self, text: str, length_s: float, now_s: float) -> None:
        self._change(captions=Captions(now_s, captions(text, length_s)))
        if moved := self._figuring.said(text, now_s):
            self._change(motion=moved)

    def _restate(self) -> None:
        """Bring words, question and buttons in line with the session's state."""
        session = self._session
        if session is None or self.state.over:
            return
        asked = question_asked(session, session.question)[-1] if session.question else ""
        words = question_words(session.question) if session.question else STATES.get(session.state)
        buttons = buttons_of(session, self._table)
        self._change(words=words or self._phase or kind_words(self._kind or session.kind), question=asked,
                     buttons=buttons)  # fmt: skip

    def _hold(self, held: bool) -> None:
        """Let everything that moves stand still, or go on from where it stood."""
        state, now_s = self.state, self._clock()
        if held and state.held_s is None:
            self._change(held_s=now_s)
        elif not held and state.held_s is not None and self._kind == SegmentKind.SET:
            self._phase = ""  # the set goes on with a count-in of its own
            motion = state.motion and Motion(now_s, state.motion.part_at(state.held_s))
            self._change(held_s=None, bar=None, breath="", motion=motion)
        elif not held and state.held_s is not None:
            by = now_s - state.held_s
            self._change(
                held_s=None,
                bar=state.bar and replace(state.bar, began_s=state.bar.began_s + by),
                countdown=state.countdown and replace(state.countdown, began_s=state.countdown.began_s + by),
                motion=state.motion and replace(state.motion, began_s=state.motion.began_s + by),
            )

    def _ended(self, reason: str, reps: int) -> None:
        done = f"{counted(reps, 'rep')} today." if reps else ""
        words = SUMMARIES.get(reason, STATES[State.FINISHED])
        self.state = ScreenState(title="Workout", words=words, note=done.capitalize(), over=True)

    def _change(self, **fields: object) -> None:
        self.state = replace(self.state, **fields)  # type: ignore[arg-type]  # each call names the fields it sets


def _look(session: Session) -> tuple[object, ...]:
    """Return all that is read from a session outside of entries."""
    return (
        session.state,
        session.question,
        session.wait,
        session.held,
        session.kind,
        bool(session.parked),
        len(session.record.usability),
    )


def _title(entry: SegmentEntry, session: Session | None) -> str:
    """Return what goes on; in a set the exercise, and which set where there are several."""
    exercise = exercise_of(session.routine, session.step) if session is not None else None
    if entry.kind != SegmentKind.SET or session is None or exercise is None:
        return entry.title
    sets = session.block.sets if session.block else 1
    return f"{exercise.name} · set {entry.set} of {sets}" if sets > 1 else exercise.name


def _passing(note: str) -> str:
    """Return the note that still stands when something else begins."""
    return "" if note in {NOTES[what] for what in PASSING} else note


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_HEARD else text[: LONGEST_HEARD - 1].rstrip() + "…"
