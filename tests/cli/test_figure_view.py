"""The figure beside the count: it shows the movement in the set-up and moves along in a set."""

import pytest

from coach.cli.session.figure_view import FigureView
from coach.figures.terminal import lines
from coach.library.files import load_exercises
from coach.log.entries import PhaseEntry, SegmentEntry

BIRD_DOG = load_exercises()["bird-dog"].figure


def view_in(kind: str, exercise: str | None = "bird-dog") -> FigureView:
    view = FigureView()
    view.watch(SegmentEntry(10.0, 1, kind, "Bird dog", exercise, None, 1, 60.0))
    return view


def drawn(view: FigureView, clock_s: float) -> tuple[str, ...]:
    return view.lines(clock_s, 30, 11)


def test_the_set_up_shows_the_movement_at_its_tempo() -> None:
    view = view_in("setup")
    assert drawn(view, 10.0) == lines(BIRD_DOG, 0)
    assert drawn(view, 12.0) == lines(BIRD_DOG, 0.5)
    assert drawn(view, 14.5) == lines(BIRD_DOG, 1)
    assert drawn(view, 18.0) == lines(BIRD_DOG, 0)


def test_in_a_set_the_figure_moves_with_the_phases() -> None:
    view = view_in("set")
    steps = [("leg", 2.0, 0.5), ("hold", 3.0, 0.5), ("arm", 2.0, 1.0), ("hold", 1.0, 1.0), ("lower", 3.0, 0.0)]
    t = 20.0
    for name, length_s, reached in steps:
        view.watch(PhaseEntry(t, name, "out", "right", length_s))
        assert drawn(view, t + length_s) == lines(BIRD_DOG, reached)
        t += length_s


def test_half_way_through_a_phase_the_figure_is_half_way() -> None:
    view = view_in("set", "one-arm-row")
    view.watch(PhaseEntry(20.0, "pull", "out", "right", 4.0))
    assert drawn(view, 22.0) == lines(load_exercises()["one-arm-row"].figure, 0.5)


def test_after_a_pause_in_the_middle_the_rep_begins_at_its_start() -> None:
    view = view_in("set", "one-arm-row")
    for t in (20.0, 40.0):
        view.watch(PhaseEntry(t, "pull", "out", "right", 4.0))
    assert drawn(view, 40.0) == lines(load_exercises()["one-arm-row"].figure, 0)


@pytest.mark.parametrize(("kind", "exercise"), [("rest", "bird-dog"), ("welcome", None), ("set", "no-such")])
def test_where_no_exercise_is_done_no_figure_is_shown(kind: str, exercise: str | None) -> None:
    assert drawn(view_in(kind, exercise), 12.0) == ()
