"""What the person on the mat sees at one moment, as one frozen value. The page and the terminal both draw it.

Times are on the clock of whoever presents: `began_s` says when something began to sound, never how long ago.
"""

from dataclasses import dataclass

from coach.figures.animation import Animation, animation_of
from coach.figures.moves import move_animation
from coach.hearing.vocabulary.commands import Command
from coach.library.exercise import Position
from coach.library.figure import Figure


@dataclass(frozen=True, slots=True)
class Depiction:
    """What the figure shows: an exercise, or a move between two positions."""

    key: str
    """One for each figure, so that a page gets it once."""
    figure: Figure | None = None
    move: tuple[Position, Position] | None = None

    def animation(self) -> Animation | None:
        """Return its drawings. Takes some milliseconds the first time: not for the session's loop."""
        if self.figure is not None:
            return animation_of(self.figure)
        return move_animation(*self.move) if self.move else None


@dataclass(frozen=True, slots=True)
class Motion:
    """How the figure moves from now on."""

    began_s: float
    start: float
    """The part of the movement (0 start, 1 end) it begins at."""
    path: tuple[tuple[float, float], ...] = ()
    """(part reached, seconds it takes), one after the other; it stays at the last one."""
    loops: bool = False
    """The path is gone again and again, from `start`."""

    def part_at(self, now_s: float) -> float:
        """Return the part of the movement at a time."""
        since, at = max(0.0, now_s - self.began_s), self.start
        length_s = sum(seconds for _, seconds in self.path)
        if self.loops and length_s:
            since %= length_s
        for target, seconds in self.path:
            if since < seconds:
                return at + (target - at) * since / seconds
            since, at = since - seconds, target
        return at


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """The time of the phase that runs."""

    began_s: float
    length_s: float


@dataclass(frozen=True, slots=True)
class Countdown:
    """Seconds that run down: of a rest, of a walk."""

    began_s: float
    left_s: float
    """As it began."""

    def left_at(self, now_s: float) -> float:
        """Return what is left at a time."""
        return max(0.0, self.left_s - max(0.0, now_s - self.began_s))


@dataclass(frozen=True, slots=True)
class Captions:
    """A sentence the coach says, in parts of at most two lines."""

    began_s: float
    parts: tuple[tuple[str, float], ...]
    """(text, seconds it is shown), one after the other."""


@dataclass(frozen=True, slots=True)
class HeardWords:
    """What the coach heard, and whether it was taken for a command."""

    began_s: float
    text: str
    taken: bool


@dataclass(frozen=True, slots=True)
class Button:
    """One large button: a command, and the key that does the same."""

    label: str
    command: Command
    value: int | None
    key: str
    """As the table of commands names it."""


@dataclass(frozen=True, slots=True)
class ScreenState:
    """All that is shown. What is empty or None is not shown."""

    title: str = ""
    """Exercise, or what else goes on; with the set where there are several."""
    number: int | None = None
    """The rep that runs. Where a countdown runs, that is the number."""
    unit: str = ""
    """Beside the number: `of 10`, `seconds`, `minutes`."""
    words: str = ""
    """The phase, or what there is to do: one to three words."""
    breath: str = ""
    """Said with the phase: `breathe out`."""
    side: str = ""
    captions: Captions | None = None
    question: str = ""
    """The question that stands, in its own words."""
    heard: HeardWords | None = None
    note: str = ""
    """Trouble with a device, the advice of the sound check."""
    bar: PhaseBar | None = None
    countdown: Countdown | None = None
    figure: Depiction | None = None
    mirrored: bool = False
    motion: Motion | None = None
    held_s: float | None = None
    """Everything that moves stands still as it was at this time."""
    buttons: tuple[Button, ...] = ()
    phases: int = 0
    """How many phases began: it flashes when this grows."""
    over: bool = False
