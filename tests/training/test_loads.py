"""Loads as they are spoken and matched: rounded, in her units, and one that she owns."""

from datetime import date, timedelta

import pytest

from coach.library.files import load_exercises
from coach.training import explain
from coach.training.dose import Dose, Load, Means, heavier, means, on_ladder
from coach.training.loads.units import Units
from coach.training.profile import Profile
from coach.training.progression import next_dose
from tests.support.training import MONDAY, bout

ROW = "one-arm-row"


@pytest.mark.parametrize(
    ("load", "units", "said"),
    [
        (Load(kg=2.268), Units.KG, "2.3 kilos"),
        (Load(kg=2.268), Units.LB, "five pounds"),
        (Load(kg=3.629), Units.LB, "eight pounds"),
        (Load(kg=4.536), Units.KG, "four and a half kilos"),
        (Load(kg=1.25), Units.KG, "1.25 kilos"),
        (Load(kg=3.0), Units.LB, "6.6 pounds"),
        (Load(kg=1.0), Units.KG, "one kilo"),
        (Load(band="red"), Units.KG, "the red band"),
        (Load(band="red band"), Units.KG, "the red band"),
        (Load(band="The red band"), Units.KG, "the red band"),
        (Load(band="Thera-Band"), Units.KG, "the Thera-Band"),
    ],
)
def test_a_load_is_said_rounded_and_with_its_unit(load: Load, units: Units, said: str) -> None:
    assert explain.load(load, units) == said


@pytest.mark.parametrize(
    ("trained", "profile", "owned"),
    [
        (Load(kg=2.268), Profile(units=Units.LB, weights=(5.0, 8.0)), Load(kg=2.268)),
        (Load(kg=3.0), Profile(units=Units.LB, weights=(6.61, 11.02)), Load(kg=2.998)),
        (Load(kg=2.268), Profile(weights=(2.27, 3.0)), Load(kg=2.27)),
        (Load(kg=2.268), Profile(weights=(2.0, 3.0)), Load(kg=2.0)),
        (Load(kg=1.134), Profile(weights=(1.0, 1.1, 1.15)), Load(kg=1.15)),
    ],
)
def test_a_load_of_the_history_is_the_one_she_owns_however_it_was_rounded(
    trained: Load, profile: Profile, owned: Load
) -> None:
    exercises = load_exercises()
    by = means(exercises[ROW], exercises, profile)
    assert on_ladder(Dose(ROW, 1, 10, trained), by) == Dose(ROW, 1, 10, owned)


def test_a_band_of_the_history_is_the_one_she_owns_whatever_she_called_it() -> None:
    by = Means(("external-rotation",), loads=(Load(band="yellow"), Load(band="red")))
    trained = on_ladder(Dose("external-rotation", 3, 15, Load(band="the Yellow band")), by)
    assert trained.load == Load(band="yellow")
    assert heavier(trained, by) == Load(band="red")


def test_a_plan_goes_on_after_the_units_were_changed() -> None:
    """Three sets of fifteen with five pounds, twice and easily: the next is the eight pounds, or their kilos."""
    exercises = load_exercises()
    bouts = [bout(MONDAY - timedelta(days=back), Dose(ROW, 3, 15, Load(kg=2.268)), effort=3) for back in (9, 5)]
    pounds = Profile(units=Units.LB, weights=(5.0, 7.0))
    for profile, said in ((pounds, "seven pounds"), (Profile(weights=(2.268, 3.175)), "3.2 kilos")):
        by = means(exercises[ROW], exercises, profile)
        decision = next_dose(bouts, by, date(2027, 5, 3), profile.units)
        assert decision.rule == "load"
        assert said in decision.why


def test_too_big_a_step_is_named_in_her_units() -> None:
    exercises = load_exercises()
    bouts = [bout(MONDAY - timedelta(days=back), Dose(ROW, 3, 15, Load(kg=2.268)), effort=3) for back in (9, 5)]
    profile = Profile(units=Units.LB, weights=(5.0, 10.0))
    decision = next_dose(bouts, means(exercises[ROW], exercises, profile), MONDAY, profile.units)
    assert decision.rule == "too-big"
    assert "One of up to seven pounds would work, or a band." in decision.why
