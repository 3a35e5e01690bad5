"""What one hand may lift: refused, asked the first time, and grown by small steps."""

from pathlib import Path

import pytest

from coach.errors import InputError
from coach.library.files import load_exercises
from coach.library.safety import Condition
from coach.training.dose import Dose, Load, means, on_ladder, small_enough, start
from coach.training.loads.limits import told, usable_kg
from coach.training.loads.units import Units
from coach.training.profile import Profile, load_profile
from coach.training.progression import next_dose
from tests.support.training import MONDAY, bout

ROW = load_exercises()["one-arm-row"]


def written(folder: Path, text: str) -> Path:
    path = folder / "profile.toml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weights = [40]", "40 kg is too heavy for one hand here; 0.2 to 10 kg are allowed"),
        ('units = "lb"\nweights = [30]', "30 lb is too heavy for one hand here"),
        ('condition = "vertebral-fracture"\nweights = [1, 3]', "3 kg is too heavy after a vertebral fracture"),
        ('condition = "vertebral-fracture"\nunits = "lb"\nweights = [7]', "less than 6.6 lb"),
    ],
)
def test_too_heavy_a_weight_is_refused_where_the_profile_is_read(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_profile(written(tmp_path, text))


def test_just_below_is_allowed(tmp_path: Path) -> None:
    assert load_profile(written(tmp_path, "weights = [10]")).weights == (10.0,)
    light = 'condition = "vertebral-fracture"\nweights = [2.5]'
    assert load_profile(written(tmp_path, light)).weights == (2.5,)


def test_more_than_five_kilos_are_not_used_before_she_was_asked() -> None:
    profile = Profile(weights=(4.0, 5.0, 6.0, 8.0))
    assert usable_kg(profile) == (4.0, 5.0)
    (line,) = told(profile)
    assert line.startswith("6 and 8 kg: we won't use more than 5 kg in one hand until")
    agreed = Profile(weights=profile.weights, heavy_agreed=True)
    assert usable_kg(agreed) == agreed.weights
    assert told(agreed) == ()


def test_who_owns_only_heavy_ones_begins_with_none_of_them() -> None:
    assert start(means(ROW, load_exercises(), Profile(weights=(8.0,)))).load is None


@pytest.mark.parametrize(
    ("profile", "kg"),
    [
        (Profile(), None),
        (Profile(weights=(2.0, 8.0)), 2.0),
        (Profile(heavy_agreed=True), 8.0),
        (Profile(condition=Condition.VERTEBRAL_FRACTURE, heavy_agreed=True), None),
    ],
)
def test_a_heavy_weight_of_before_does_not_go_on_unasked(profile: Profile, kg: float | None) -> None:
    dose = on_ladder(Dose("one-arm-row", 1, 10, Load(kg=8.0)), means(ROW, load_exercises(), profile))
    assert (dose.load.kg if dose.load else None) == kg


@pytest.mark.parametrize(
    ("kg", "other", "is_small"),
    [(1, 1.5, True), (1, 2, False), (2, 3, True), (3, 4, True), (3, 5, False), (4, 5.5, False), (0.5, 1, False)],
)
def test_a_step_is_at_most_half_as_heavy_again_and_at_most_a_kilo(kg: float, other: float, is_small: bool) -> None:
    assert small_enough(Load(kg=kg), Load(kg=other)) is is_small


@pytest.mark.parametrize(
    ("weights", "units", "said"),
    [
        ((1.0, 2.0), Units.KG, "One of up to one and a half kilos would work, or a band."),
        ((3.0, 5.0), Units.KG, "One of up to four kilos would work, or a band."),
        ((2.0, 4.0), Units.LB, "One of up to three pounds would work, or a band."),
    ],
)
def test_where_the_next_weight_is_too_big_a_step_the_right_one_is_named(
    weights: tuple[float, ...], units: Units, said: str
) -> None:
    profile = Profile(weights=weights, units=units)
    top = Dose("one-arm-row", 3, 15, Load(kg=profile.weights_kg[0]))
    easy = [bout(MONDAY.replace(day=day), top) for day in (3, 6)]
    decision = next_dose(easy, means(ROW, load_exercises(), profile), MONDAY.replace(day=13), units)
    assert decision.rule == "too-big"
    assert said in decision.why
