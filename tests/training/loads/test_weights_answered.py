"""Weights as one writes them: no number loses its unit, and no comma is guessed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.training.loads.units import Units
from coach.training.loads.weights_answered import weights_answered
from coach.training.profile import is_possible_weight


def answered(text: str, units: Units = Units.KG) -> list[float]:
    return weights_answered(text, units, is_possible_weight)


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("1, 2 and 3.5 kg", [1.0, 2.0, 3.5]),
        ("1, 2, 3", [1.0, 2.0, 3.0]),
        ("1,2,3", [1.0, 2.0, 3.0]),
        ("2kg 4kg", [2.0, 4.0]),
        ("2.5", [2.5]),
        ("1,2.5", [1.0, 2.5]),
        ("1,5; 2,5", [1.5, 2.5]),
        ("1,5 kg; 2,5 kg", [1.5, 2.5]),
        ("2,5;", [2.5]),
        ("2; 5 kg", [2.0, 5.0]),
        ("0,5", [0.5]),
        ("2,05", [2.05]),
        ("5 lb", [2.268]),
        ("5, 8 and 10 pounds", [2.268, 3.629, 4.536]),
        ("5 lb, 8, 10", [2.268, 3.629, 4.536]),
        ("5 lb, 2 kg", [2.268, 2.0]),
        ("2 kilos + 3 kilos.", [2.0, 3.0]),
    ],
)
def test_what_has_one_reading_is_read(text: str, weights: list[float]) -> None:
    assert answered(text) == weights


def test_a_number_without_a_unit_is_in_the_profiles() -> None:
    assert answered("5, 8", Units.LB) == [5.0, 8.0]
    assert answered("2 kg", Units.LB) == [4.409]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("2,5 kg", "2.5 kg", "2; 5 kg"),
        ("2,5", "2.5 kg", "2; 5 kg"),
        ("12,5 lb", "12.5 lb", "12; 5 lb"),
        ("1,5 kg, 2,5 kg", "1.5; 2.5 kg", "1; 5; 2; 5 kg"),
        ("1,5 and 2,5", "1.5; 2.5 kg", "1; 5; 2; 5 kg"),
        ("1,5 kg 2,5 lb", "1.5 kg; 2.5 lb", "1 kg; 5 kg; 2 lb; 5 lb"),
    ],
)
def test_what_has_two_readings_is_refused_with_both_and_each_can_be_written(text: str, one: str, other: str) -> None:
    with pytest.raises(ValueError, match="may be") as caught:
        answered(text)
    assert f"{text!r} may be {one}, or {other}:" in str(caught.value)
    assert answered(one) != answered(other)


@pytest.mark.parametrize("text", ["heavy", "-3", "2.5.1", "1,,2", "1/2", "1 stone", "2 kgx", "", ",", "5 lb, 2 kg, 3"])
def test_what_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"isn't a weight|mixes two units"):
        answered(text)


@given(st.text(st.sampled_from("0123456789,.; kglbandpou+&-"), max_size=30), st.sampled_from(Units))
def test_any_answer_is_numbers_or_refused(text: str, units: Units) -> None:
    try:
        found = answered(text, units)
    except ValueError:
        return
    assert found
    assert all(isinstance(weight, float) for weight in found)


@given(st.lists(st.sampled_from([0.5, 1.0, 2.25, 2.5, 10.0, 22.5]), min_size=1), st.sampled_from(Units))
def test_written_with_semicolons_dot_and_comma_are_alike(weights: list[float], units: Units) -> None:
    written = "; ".join(f"{weight:g}" for weight in weights)
    assert answered(written, units) == weights
    if len(weights) > 1:
        assert answered(written.replace(".", ","), units) == weights
