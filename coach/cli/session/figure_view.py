"""The moving figure of the terminal: follow a session's log, draw where the exercise stands in dots."""

from coach.figures.tempo import Way, part_at, rep, ways
from coach.figures.terminal import lines
from coach.library.exercise import Exercise
from coach.library.files import load_exercises
from coach.log.entries import Entry, PhaseEntry, SegmentEntry

SHOWN_IN = ("setup", "gate", "set", "switch")


class FigureView:
    """Follows a session. In the set-up the figure shows the movement at its tempo, in a set it moves along."""

    def __init__(self) -> None:
        self._exercise: Exercise | None = None
        self._kind = ""
        self._t = 0.0
        self._way: Way | None = None
        self._length_s = 0.0

    def watch(self, entry: Entry) -> None:
        """Take in what happened. Takes no time."""
        match entry:
            case SegmentEntry(kind=kind, exercise=exercise):
                self._kind, self._t, self._way = kind, entry.t, None
                shown = exercise is not None and kind in SHOWN_IN
                self._exercise = load_exercises().get(str(exercise)) if shown else None
            case PhaseEntry(name=name):
                self._way, self._t, self._length_s = self._way_of(name), entry.t, entry.length_s
            case _:
                pass

    def lines(self, clock_s: float, columns: int, rows: int) -> tuple[str, ...]:
        """Draw the figure as it is now; nothing where no exercise is shown."""
        if self._exercise is None:
            return ()
        return lines(self._exercise.figure, self._part(clock_s - self._t), columns, rows)

    def _part(self, since_s: float) -> float:
        if self._exercise is not None and self._kind == "setup":
            return part_at(rep(self._exercise), max(0.0, since_s))
        if self._way is None:
            return 0.0
        done = min(1.0, max(0.0, since_s / self._length_s))
        return self._way.start + (self._way.end - self._way.start) * done

    def _way_of(self, name: str) -> Way | None:
        """Find a phase by its name; where two have it, the one that begins where the figure is."""
        here = self._way.end if self._way else 0.0
        named = [way for way in ways(self._exercise) if way.phase.name == name] if self._exercise else []
        return min(named, key=lambda way: abs(way.start - here), default=None)
