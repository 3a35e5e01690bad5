"""A position as a picture, for the cover of a file."""

import pytest

from coach.figures.picture import picture
from coach.figures.svg import moving, still
from coach.figures.tempo import rep
from coach.library.exercise import Exercise
from coach.library.files import load_exercises
from tests.support.figures import figure_of

EXERCISES = load_exercises()
each = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())


@each
def test_the_picture_has_the_size_asked_for_and_nothing_at_its_edges(exercise: Exercise) -> None:
    drawn = picture(figure_of(exercise), 1.0, 160, 120)
    edges = [drawn.crop(box).getcolors() for box in ((0, 0, 160, 1), (0, 119, 160, 120), (0, 0, 1, 120))]
    assert drawn.size == (160, 120)
    assert all(colors is not None and [color for _, color in colors] == [(255, 255, 255)] for colors in edges)
    assert len(drawn.getcolors(160 * 120) or []) > 2


@each
def test_start_and_end_look_different(exercise: Exercise) -> None:
    start, end = (picture(figure_of(exercise), part, 80, 60).tobytes() for part in (0.0, 1.0))
    assert start != end


@each
def test_a_moving_drawing_begins_with_the_still_one(exercise: Exercise) -> None:
    shapes = [line.split(">")[0] for line in still(figure_of(exercise), 0.0, "x").splitlines()[1:-1]]
    animated = moving(figure_of(exercise), rep(exercise), "x").splitlines()[1:-1]
    assert [line.split(">")[0] for line in animated] == [shape.removesuffix("/") for shape in shapes]


@each
def test_a_drawing_says_what_it_shows(exercise: Exercise) -> None:
    drawn = still(figure_of(exercise), 0.0, 'a "label" & <more>')
    assert 'role="img" aria-label="a &quot;label&quot; &amp; &lt;more>"' in drawn
