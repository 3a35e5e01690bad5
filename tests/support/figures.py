"""The figure of an exercise of the coach's: each of them has one."""

from coach.library.exercise import Exercise
from coach.library.figure import Figure


def figure_of(exercise: Exercise) -> Figure:
    """Return an exercise's figure."""
    assert exercise.figure is not None, exercise.id
    return exercise.figure
