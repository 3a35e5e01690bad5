"""Which figure is drawn, and how it moves: along with the phases of a set, at its tempo in the set-up, in a move by the
steps that are spoken. In a switch it stands as the other side will begin."""

from coach.figures.animation import other_side
from coach.figures.tempo import Way, rep, ways
from coach.library.exercise import Exercise, Side, Sides
from coach.library.files import load_exercises
from coach.log.entries import PhaseEntry, SegmentEntry
from coach.screen.state import Depiction, Motion
from coach.session.state import Session
from coach.session.wording import exercise_of
from coach.timeline.cue import SegmentKind
from coach.timeline.positions import MOVES
from coach.timeline.step import Step

SHOWN_IN = frozenset({SegmentKind.SETUP, SegmentKind.GATE, SegmentKind.SET, SegmentKind.SWITCH})
STEP_S = 2.5
"""How long the figure takes for one step of a move; then it waits for the next."""

Shown = tuple[Depiction | None, bool, Motion | None]
"""The figure, whether it is mirrored, how it moves."""
NOTHING: Shown = None, False, None


class Figuring:
    """Follows the figure of a session."""

    def __init__(self) -> None:
        self._exercise: Exercise | None = None
        self._shown: Depiction | None = None
        self._mirrored = False
        self._way: Way | None = None
        self._steps: tuple[str, ...] = ()
        """The sentences of a move, one a posture."""

    def segment_began(self, entry: SegmentEntry, session: Session | None, now_s: float) -> Shown:
        """Return the figure of a segment as it begins."""
        self._way, self._steps, self._exercise, self._shown, self._mirrored = None, (), None, None, False
        if entry.kind == SegmentKind.MOVE and session is not None:
            return self._move(session.step, now_s)
        if entry.exercise is None or entry.kind not in SHOWN_IN:
            return NOTHING
        self._exercise = _exercise(entry.exercise, session)
        if self._exercise is None:
            return NOTHING
        self._shown = depiction(self._exercise, None)
        self._mirrored = self._exercise.sides is Sides.EACH and entry.side == Side.LEFT
        tempo = rep(self._exercise) if entry.kind == SegmentKind.SETUP else ()
        return self._shown, self._mirrored, Motion(now_s, 0.0, tempo, loops=bool(tempo))

    def phase_began(self, entry: PhaseEntry, now_s: float) -> Shown:
        """Return the figure as it moves in a phase."""
        if self._exercise is None:
            return NOTHING
        self._way = self._way_of(entry.name)
        self._shown = depiction(self._exercise, entry.side)
        if self._way is None:
            return self._shown, self._mirrored, None
        return self._shown, self._mirrored, Motion(now_s, self._way.start, ((self._way.end, entry.length_s),))

    def said(self, text: str, now_s: float) -> Motion | None:
        """Return how the figure moves with a sentence of a move, None where it does not."""
        if text not in self._steps:
            return None
        number, count = self._steps.index(text), len(self._steps)
        return Motion(now_s, number / count, (((number + 1) / count, STEP_S),))

    def _move(self, step: Step, now_s: float) -> Shown:
        move = MOVES.get((step.from_position, step.position)) if step.from_position else None
        if move is None or step.from_position is None:
            return NOTHING
        ends = step.from_position, step.position
        self._shown, self._steps = Depiction(f"{ends[0]} to {ends[1]}", move=ends), move.steps
        return self._shown, False, Motion(now_s, 0.0)

    def _way_of(self, name: str) -> Way | None:
        """Find a phase by its name; where two have it, the one that begins where the figure is."""
        here = self._way.end if self._way else 0.0
        named = [way for way in ways(self._exercise) if way.phase.name == name] if self._exercise else []
        return min(named, key=lambda way: abs(way.start - here), default=None)


def depiction(exercise: Exercise, side: str | None) -> Depiction:
    """Return an exercise's figure, which it must have; one that changes sides in every rep has one for each."""
    assert exercise.figure is not None  # without one nothing is shown
    if exercise.sides is Sides.ALTERNATING and side == Side.LEFT:
        return Depiction(f"{exercise.id} left", other_side(exercise.figure))
    return Depiction(exercise.id, exercise.figure)


def _exercise(name: str, session: Session | None) -> Exercise | None:
    """Return the exercise that a segment is about, the session's own where it is that; None where it has no figure."""
    here = exercise_of(session.routine, session.step) if session is not None else None
    found = here if here is not None and here.id == name else load_exercises().get(name)
    return found if found is not None and found.figure is not None else None
