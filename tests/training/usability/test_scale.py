"""The System Usability Scale is scored as it was published."""

import pytest

from coach.training.usability.scale import ACKNOWLEDGEMENT, BENCHMARKS, STATEMENTS, score


def test_the_published_example_has_its_published_score() -> None:
    assert score((5, 4, 2, 1, 2, 3, 2, 4, 5, 2)) == 55.0  # Brooke 1996: 22 times 2.5


@pytest.mark.parametrize(
    ("answers", "expected"),
    [((5, 1) * 5, 100.0), ((1, 5) * 5, 0.0), ((3, 3) * 5, 50.0), ((5, 5) * 5, 50.0), ((4, 2) * 5, 75.0)],
)
def test_agreeing_counts_for_odd_statements_and_against_even_ones(answers: tuple[int, ...], expected: float) -> None:
    assert score(answers) == expected


def test_one_step_of_one_answer_is_two_and_a_half_points() -> None:
    neutral = [3] * 10
    for place in range(10):
        moved = [*neutral]
        moved[place] += 1
        assert score(moved) - score(neutral) == (2.5 if place % 2 == 0 else -2.5)


@pytest.mark.parametrize("answers", [(), (3,) * 9, (3,) * 11, (3,) * 9 + (6,), (0,) + (3,) * 9])
def test_anything_but_ten_answers_from_one_to_five_has_no_score(answers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ten answers"):
        score(answers)


def test_there_are_ten_statements_and_their_source_is_acknowledged() -> None:
    assert len(STATEMENTS) == len(set(STATEMENTS)) == 10
    for word in ("Brooke", "1996", "Digital Equipment Corporation, 1986"):
        assert word in ACKNOWLEDGEMENT


def test_the_published_means_are_scores_with_a_source() -> None:
    assert [benchmark.mean for benchmark in BENCHMARKS] == [77.8, 75.0, 83.3]
    assert all("20" in benchmark.source for benchmark in BENCHMARKS)
