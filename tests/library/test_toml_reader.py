"""The reader of files that a person writes: each mistake with file, line, key and what is allowed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Literal

import pytest

from coach.errors import InputError
from coach.library.checks import nearest, outside
from coach.library.problem import BadFileError, Mistake
from coach.library.toml_reader import STRICT, Values, load_toml, read_toml, validated
from coach.plain_file import MissingFileError


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Wheel:
    inches: float
    colour: Colour = Colour.RED
    spokes: tuple[int, int] = field(default=(1, 2), metadata={"wanted": "must be two numbers, e.g. [1, 2]"})


@dataclass(frozen=True, slots=True)
class Bicycle:
    name: str
    wheel: tuple[Wheel, ...] = ()
    paint: dict[Colour, Wheel] = field(default_factory=dict)
    frame: Wheel | None = None
    use: Literal["town", "road"] = "town"

    __pydantic_config__: ClassVar[dict[str, str | bool]] = STRICT


def written(folder: Path, text: str) -> Path:
    path = folder / "bicycle.toml"
    path.write_text(text, encoding="utf-8")
    return path


def mistakes_of(folder: Path, text: str) -> list[str]:
    path = written(folder, text)
    with pytest.raises(BadFileError) as raised:
        load_toml(path, Bicycle)
    return [str(problem).removeprefix(f"{path}:") for problem in raised.value.problems]


def test_a_file_becomes_its_model(tmp_path: Path) -> None:
    text = 'name = "Ada"\nframe = { inches = 3 }\n[[wheel]]\ninches = 28\ncolour = "blue"\n[paint.red]\ninches = 1\n'
    bicycle = load_toml(written(tmp_path, text), Bicycle)
    wheels = (Wheel(28.0, Colour.BLUE),)
    assert bicycle == Bicycle("Ada", wheels, {Colour.RED: Wheel(1.0)}, Wheel(3.0))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("nam = 1", "2: nam: isn't a key here; did you mean name? allowed: name, wheel, paint, frame, use"),
        ('use = "race"', "2: use: is 'race'; allowed: 'town' or 'road'"),
        ("wheel = 3", "2: wheel: must be a list, not 3"),
        ("paint = 3", "2: paint: must be a table, not 3"),
        ("frame = {}", "2: frame.inches: is missing"),
        ("frame = { inches = 1, inchs = 2 }", "2: frame.inchs: isn't a key here; did you mean inches? allowed: "),
        ('[[wheel]]\ninches = "two"', "3: wheel.inches: must be a number, not 'two'"),
        ("[[wheel]]\ninches = nan", "3: wheel.inches: must be a finite number, not"),
        ('[[wheel]]\ninches = 1\ncolour = "green"', "4: wheel.colour: is 'green'; allowed: 'red' or 'blue'"),
        ("[[wheel]]\ninches = 1\nspokes = [1]", "4: wheel.spokes: must be two numbers, e.g. [1, 2]"),
        ("[[wheel]]\ninches = 1\nspokes = [1, 2, 3]", "4: wheel.spokes: must be two numbers, e.g. [1, 2]"),
        ("[[wheel]]\ninches = 1\nspokes = 7", "4: wheel.spokes: must be two numbers, e.g. [1, 2], not 7"),
        ("[[wheel]]\ninches = 1\nspokes = [1, true]", "4: wheel.spokes: must be a whole number, not True"),
        ("[paint.green]\ninches = 1", "2: paint.green: is 'green'; allowed: 'red' or 'blue'"),
        ("[paint.red]\ninch = 1", "3: paint.red.inch: isn't a key here; did you mean inches? allowed: inches, "),
    ],
)
def test_a_mistake_names_line_key_and_what_is_allowed(tmp_path: Path, line: str, wanted: str) -> None:
    assert any(found.startswith(wanted) for found in mistakes_of(tmp_path, f'name = "Ada"\n{line}\n'))


def test_all_mistakes_come_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    found = mistakes_of(tmp_path, 'use = 3\n[[wheel]]\ninches = "a"\n[[wheel]]\n')
    assert [line.split(": ")[:2] for line in found] == [
        [" name", "is missing"],
        ["1", "use"],
        ["3", "wheel.inches"],
        ["4", "wheel.inches"],
    ]


def test_a_check_of_ones_own_joins_the_models_mistakes(tmp_path: Path) -> None:
    def check(values: Values) -> Iterator[Mistake]:
        yield from outside(("size",), values["size"], (1, 3), " m")

    with pytest.raises(BadFileError) as raised:
        load_toml(written(tmp_path, "size = 7"), Bicycle, check=check)
    assert [problem.key for problem in raised.value.problems] == ["name", "size", "size"]
    assert "is 7 m; allowed: 1 to 3 m" in str(raised.value)


def test_fields_may_be_named_otherwise_or_come_from_elsewhere() -> None:
    bicycle, mistakes = validated({"wheels": []}, Bicycle, named={"wheels": "wheel"}, given={"name": "Ada"})
    assert (bicycle, mistakes) == (Bicycle("Ada"), [])
    _, mistakes = validated({"wheels": 3, "bell": 1}, Bicycle, named={"wheels": "wheel"}, given={"name": "Ada"})
    assert sorted(place for place, _ in mistakes) == [("bell",), ("wheels",)]
    assert dict(mistakes)["bell",] == "isn't a key here; allowed: wheels, paint, frame, use"


def test_no_file_is_told_from_one_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no such file"):
        read_toml(tmp_path / "none.toml")
    with pytest.raises(InputError, match="is a folder") as raised:
        read_toml(tmp_path)
    assert not isinstance(raised.value, MissingFileError)


@pytest.mark.parametrize("depth", [*range(20, 1000, 20), *range(480, 500)])
def test_deep_nesting_is_a_line_too(tmp_path: Path, depth: int) -> None:
    path = written(tmp_path, f"name = {'[' * depth}{']' * depth}\n")
    with pytest.raises(InputError, match=r"bicycle\.toml"):
        load_toml(path, Bicycle)


def test_the_nearest_names_are_offered() -> None:
    assert nearest("rad", ["red", "blue"]) == "; did you mean red?"
    assert nearest("x", ["red", "blue"]) == "; choose one of blue, red"
    assert nearest("x", [f"colour{n}" for n in range(13)]) == ""
