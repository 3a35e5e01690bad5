"""The profile: everything optional, a wrong value names what is allowed, by hand and by answer."""

import dataclasses
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import InputError
from coach.library.safety import Condition, Limit
from coach.training.loads.units import Units
from coach.training.profile import KEYS, Profile, changed, load_profile, refused_weights
from coach.training.profile_file import profile_text, save_profile
from coach.training.questions import QUESTIONS, ProfileQuestion, answer, shown


def written(folder: Path, text: str) -> Path:
    path = folder / "profile.toml"
    path.write_text(text, "utf-8")
    return path


def question(key: str) -> ProfileQuestion:
    return next(item for item in QUESTIONS if item.key == key)


def test_no_file_means_the_safe_defaults(tmp_path: Path) -> None:
    profile = load_profile(tmp_path / "none.toml")
    assert profile == Profile()
    assert profile.condition is Condition.UNKNOWN
    assert not profile.clinician_agreed


def test_every_entry_is_optional(tmp_path: Path) -> None:
    assert load_profile(written(tmp_path, "")) == Profile()
    assert load_profile(written(tmp_path, 'name = "Ada"')).name == "Ada"


def test_a_whole_profile_is_read(tmp_path: Path) -> None:
    text = (
        'weights = [5, 2.5, 5]\nunits = "lb"\ncondition = "osteoporosis"\nbands = ["yellow", "red"]\n'
        'limits = ["floor", "wrists"]\nname = "Ada"\nclinician_agreed = true\n'
    )
    profile = load_profile(written(tmp_path, text))
    assert profile.weights == (2.5, 5.0)
    assert profile.weights_kg == (1.134, 2.268)
    assert profile.bands == ("yellow", "red")
    assert profile.person.limits == {Limit.FLOOR, Limit.WRISTS}
    assert profile.person.clinician_agreed


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('condition = "osteopenic"', "osteopenia, osteoporosis, vertebral-fracture, unknown"),
        ('limits = ["knees"]', "floor, kneeling, wrists, balance"),
        ('units = "stone"', "kg, lb"),
        ("weights = [0]", "0.2 to 10 kg"),
        ("weights = [-3]", "0.2 to 10 kg"),
        ("weights = [500]", "0.2 to 10 kg"),
        ("weights = [nan]", "write a number"),
        ("weights = [true]", "write a number"),
        ('weights = ["two"]', "write a number"),
        ("weights = 3", "[1, 2, 3.5]"),
        ('bands = ["red", "Red"]', "twice"),
        ("clinician_agreed = 1", "must be true or false"),
        ('shoes = "red"', ", ".join(KEYS)),
        ("name = 7", "can't be used as a name"),
    ],
)
def test_a_wrong_value_names_its_line_and_what_is_allowed(tmp_path: Path, text: str, named: str) -> None:
    path = written(tmp_path, f"# mine\n{text}\n")
    with pytest.raises(InputError) as caught:
        load_profile(path)
    assert named in str(caught.value)
    assert f"{path}:2: " in str(caught.value)


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_profile(written(tmp_path, 'units = "stone"\ncondition = "bad"\nweights = [0]\n'))
    assert len(str(caught.value).splitlines()) == 3


@pytest.mark.parametrize("content", [b"condition = ", b"\xff\xfe\x00"])
def test_a_broken_file_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "profile.toml"
    path.write_bytes(content)
    with pytest.raises(InputError, match="profile"):
        load_profile(path)


profiles = st.builds(
    Profile,
    condition=st.sampled_from(Condition),
    weights=st.lists(st.sampled_from([0.5, 1.0, 2.5, 2.9, 8.0]), unique=True).map(lambda items: tuple(sorted(items))),
    bands=st.lists(st.sampled_from(["yellow", "r\u00e9d", '"long" one', "back\\slash"]), unique=True).map(tuple),
    limits=st.frozensets(st.sampled_from(Limit)),
    units=st.sampled_from(Units),
    name=st.sampled_from(["", "Ada", "Zo\u00eb"]),
    clinician_agreed=st.booleans(),
    heavy_agreed=st.booleans(),
    time_of_day=st.times().map(lambda of_day: of_day.replace(second=0, microsecond=0)),
).filter(lambda profile: refused_weights(profile) is None)


@given(profiles)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, profile: Profile) -> None:
    path = tmp_path_factory.mktemp("config") / "deep" / "profile.toml"
    save_profile(profile, path)
    assert load_profile(path) == profile
    assert [entry.name for entry in path.parent.iterdir()] == ["profile.toml"]


@given(profiles)
def test_what_is_shown_can_be_answered(profile: Profile) -> None:
    plain = dataclasses.replace(profile, bands=tuple(band for band in profile.bands if "," not in band))
    again = Profile()
    for item in (question("units"), *QUESTIONS):
        again = answer(again, item, shown(plain, item.key))
    assert again == plain


@pytest.mark.parametrize(
    ("key", "said", "entry"),
    [
        ("weights", "1, 2 and 3.5 kg", (1.0, 2.0, 3.5)),
        ("weights", "2kg 4kg", (2.0, 4.0)),
        ("weights", "none", ()),
        ("limits", "Floor, wrists", frozenset({Limit.FLOOR, Limit.WRISTS})),
        ("condition", "vertebral fracture", Condition.VERTEBRAL_FRACTURE),
        ("clinician_agreed", "Yes", True),
        ("name", "", ""),
        ("time_of_day", "17:30", time(17, 30)),
        ("time_of_day", "9", time(9)),
        ("time_of_day", "12.15 am", time(0, 15)),
        ("time_of_day", "5 pm", time(17)),
    ],
)
def test_answers_are_understood(key: str, said: str, entry: object) -> None:
    assert getattr(answer(Profile(), question(key), said), key) == entry


@pytest.mark.parametrize(
    ("key", "said"),
    [("weights", "heavy"), ("condition", "old"), ("clinician_agreed", "maybe"), ("time_of_day", "25:00")],
)
def test_an_answer_that_is_not_understood_says_so(key: str, said: str) -> None:
    with pytest.raises(ValueError, match="isn't"):
        answer(Profile(), question(key), said)


@pytest.mark.parametrize("entry", ["07:15:00", '"7:15"', '"7:15 am"'])
def test_a_time_of_day_may_be_written_as_a_time_or_in_quotes(tmp_path: Path, entry: str) -> None:
    assert load_profile(written(tmp_path, f"time_of_day = {entry}\n")).time_of_day == time(7, 15)


def test_the_file_names_what_is_allowed() -> None:
    text = profile_text(Profile())
    assert all(word in text for word in (*Condition, *Limit, *Units, *KEYS))


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="no such entry"):
        changed(Profile(), "age", 70)


@pytest.mark.parametrize(
    ("weights", "old", "new", "now"),
    [
        ((5.0, 8.0, 10.0), Units.LB, Units.KG, (2.268, 3.629, 4.536)),
        ((1.0, 2.5), Units.KG, Units.LB, (2.205, 5.512)),
        ((22.0,), Units.LB, Units.KG, (9.979,)),
        ((10.0,), Units.KG, Units.LB, (22.046,)),
    ],
)
def test_new_units_convert_the_weights_that_are_there(
    weights: tuple[float, ...], old: Units, new: Units, now: tuple[float, ...], tmp_path: Path
) -> None:
    before = Profile(units=old, weights=weights)
    after = answer(before, question("units"), new)
    assert after.weights == now
    save_profile(after, tmp_path / "profile.toml")
    assert load_profile(tmp_path / "profile.toml") == after
    assert answer(after, question("units"), old) == before


@pytest.mark.parametrize(("said", "units"), [("pounds", Units.LB), ("lbs", Units.LB), ("Kilos", Units.KG)])
def test_units_are_understood_by_their_words(said: str, units: Units) -> None:
    assert answer(Profile(), question("units"), said).units is units


def test_a_weight_in_another_unit_is_converted_and_shown_with_its_unit() -> None:
    profile = answer(Profile(), question("weights"), "5 lb")
    assert shown(profile, "weights") == "2.268 kg"
    assert answer(profile, question("units"), "lb").weights == (5.0,)


@pytest.mark.parametrize(
    ("said", "bands"),
    [
        ("yellow and red", ("yellow", "red")),
        ("the red band", ("red",)),
        ("Yellow band, red Band & my blue one", ("Yellow", "red", "blue one")),
        ("Thera-Band", ("Thera-Band",)),
        ("band", ("band",)),
    ],
)
def test_bands_are_named_without_the_word(said: str, bands: tuple[str, ...]) -> None:
    assert answer(Profile(), question("bands"), said).bands == bands


def test_one_band_by_two_names_is_named_twice() -> None:
    with pytest.raises(ValueError, match="appears twice"):
        changed(Profile(), "bands", ["red", "the Red band"])


def test_a_target_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(InputError, match="can't write the profile"):
        save_profile(Profile(), tmp_path / "file" / "profile.toml")
