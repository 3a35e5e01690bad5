"""A rehearsal's script: read whole, or refused with every mistake at its place."""

from pathlib import Path

import pytest

from coach.errors import InputError
from coach.rehearsal.mouths import SCRIPT
from coach.rehearsal.script import Line, Moment, load_script

DATA = Path(__file__).parents[1] / "data"


def test_a_line_is_a_moment_a_delay_and_words() -> None:
    first = load_script(DATA / "short.toml")[0]
    assert first == Line(Moment(kind="set", exercise="horizontal-abduction", rep=2), 0.5, "pause")


def test_an_empty_text_is_silence_at_once() -> None:
    assert load_script(DATA / "short.toml")[2] == Line(Moment(kind="gate"), 0.0, "")


def test_the_shipped_tour_is_a_script() -> None:
    said = {line.text for line in load_script(SCRIPT)}
    assert {"next", "repeat", "done", "pause", "continue", "how many left", "it hurts", "I'm fine"} <= said


def test_every_mistake_is_told_at_once_with_its_place() -> None:
    with pytest.raises(InputError) as raised:
        load_script(DATA / "wrong.toml")
    told = str(raised.value).splitlines()
    places = ("speak", "say[1].at.kind", "say[1].at.rep", "say[1].after_s", "say[2].at", "say[2].txt", "say[2].text")
    for place in places:
        assert any(f"wrong.toml: {place}:" in line for line in told), place
    assert "did you mean say?" not in str(raised.value) or "speak" in told[0]


@pytest.mark.parametrize("text", ["[[say]", "say = 3", '[say]\ntext = "pause"'])
def test_what_is_no_script_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "script.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"script\.toml"):
        load_script(path)


def test_an_absent_script_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        load_script(tmp_path / "nowhere.toml")
