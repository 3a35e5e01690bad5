"""A figure moves as the exercise does: there, stay, and back, at its tempo."""

import pytest

from coach.figures.tempo import part_at, rep, ways
from coach.library.exercise import Exercise
from coach.library.files import load_exercises

EXERCISES = load_exercises()
each = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())


@each
def test_a_rep_goes_all_the_way_and_comes_back_to_the_start(exercise: Exercise) -> None:
    parts = [part for part, _ in rep(exercise)]
    assert max(parts) == 1
    assert parts[-1] == 0


@each
def test_a_rep_takes_as_long_as_its_phases(exercise: Exercise) -> None:
    usual = [phase.seconds for phase in exercise.phases if not phase.first_only]
    assert [seconds for _, seconds in rep(exercise)] == usual


@each
def test_in_a_hold_nothing_moves(exercise: Exercise) -> None:
    assert all(way.start == way.end for way in ways(exercise) if way.phase.hold)


def test_the_bird_dog_finds_its_balance_half_way() -> None:
    bird_dog = EXERCISES["bird-dog"]
    assert [(way.phase.name, way.start, way.end) for way in ways(bird_dog)] == [
        ("leg", 0, 0.5),
        ("hold", 0.5, 0.5),
        ("arm", 0.5, 1),
        ("hold", 1, 1),
        ("lower", 1, 0),
    ]


def test_the_part_at_a_time_goes_round() -> None:
    up_and_down = ((1.0, 3.0), (1.0, 1.0), (0.0, 3.0))
    assert [part_at(up_and_down, t) for t in (0, 1.5, 3, 3.5, 4, 5.5, 7, 8.5)] == [0, 0.5, 1, 1, 1, 0.5, 0, 0.5]
