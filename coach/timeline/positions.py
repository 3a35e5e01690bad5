"""Define the moves between body positions: by the chair, log-rolling, never twisting."""

from dataclasses import dataclass

from coach.library.exercise import Position
from coach.timeline.phrases import phrase, phrases


@dataclass(frozen=True, slots=True)
class Move:
    key: str
    """Its table in the phrases."""
    length_s: float
    """In a file; live it takes as long as she does."""

    @property
    def title(self) -> str:
        """Return the move's name."""
        return phrase(f"move.{self.key}.title")

    @property
    def steps(self) -> tuple[str, ...]:
        """Return what is said on the way, a sentence a step."""
        return phrases(f"move.{self.key}.steps")


MOVES: dict[tuple[Position, Position], Move] = {
    (Position.STANDING, Position.HANDS_AND_KNEES): Move("down_to_hands_and_knees", 45.0),
    (Position.HANDS_AND_KNEES, Position.STANDING): Move("up_to_standing", 45.0),
    (Position.HANDS_AND_KNEES, Position.HANDS_AND_KNEES): Move("back_to_hands_and_knees", 30.0),
    (Position.HANDS_AND_KNEES, Position.FACE_DOWN): Move("down_to_lying", 30.0),
    (Position.FACE_DOWN, Position.HANDS_AND_KNEES): Move("up_to_hands_and_knees", 30.0),
}


def path(start: Position, end: Position) -> tuple[tuple[Position, Position], ...]:
    """Return the moves from one position to another: none, one, or two by hands and knees."""
    if start is end:
        return ()
    if (start, end) in MOVES:
        return ((start, end),)
    return ((start, Position.HANDS_AND_KNEES), (Position.HANDS_AND_KNEES, end))
