"""A rehearsal's script: read whole, or refused with every mistake at its place."""

from pathlib import Path

import pytest

from coach.errors import InputError
from coach.library.files import load_routine
from coach.live.moment import Moment
from coach.rehearsal.script import TOUR, ScriptLine, load_script
from coach.timeline.cue import SegmentKind

DATA = Path(__file__).parents[1] / "data"


def test_a_line_is_a_moment_a_delay_and_words() -> None:
    first = load_script(DATA / "short.toml")[0]
    assert first == ScriptLine(Moment(kind=SegmentKind.SET, exercise="horizontal-abduction", rep=2), "pause", 0.5)


def test_an_empty_text_is_silence_at_once() -> None:
    assert load_script(DATA / "short.toml")[2] == ScriptLine(Moment(kind=SegmentKind.GATE), "")


def test_the_shipped_tour_is_a_script() -> None:
    said = {line.text for line in load_script(TOUR)}
    assert {"next", "repeat", "done", "pause", "continue", "how many left", "it hurts", "I'm fine"} <= said


def test_every_mistake_is_told_at_once_with_its_place() -> None:
    with pytest.raises(InputError) as raised:
        load_script(DATA / "wrong.toml")
    told = str(raised.value).splitlines()
    keys = {1: "speak", 5: "say.after_s", 8: "say.text", 9: "say.at", 10: "say.txt"}
    for line, key in keys.items():
        assert any(f"wrong.toml:{line}: {key}: " in each for each in told), key
    assert [each for each in told if "wrong.toml:4: say.at.kind: is 'sett'; allowed: 'check_in'" in each]
    assert [each for each in told if "wrong.toml:4: say.at.rep: is 0" in each]
    assert len(told) == 7


def test_an_exercise_that_the_routine_lacks_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "script.toml"
    path.write_text('[[say]]\nat = {exercise = "squat"}\ntext = "pause"\n')
    assert load_script(path)
    with pytest.raises(InputError, match=r"script\.toml:2: say\.at\.exercise: bands has no squat; it has "):
        load_script(path, load_routine("bands"))


def test_a_moment_is_shown_as_it_is_written() -> None:
    assert str(load_script(DATA / "short.toml")[0].at) == '{kind = "set", exercise = "horizontal-abduction", rep = 2}'


@pytest.mark.parametrize("text", ["[[say]", "say = 3", '[say]\ntext = "pause"'])
def test_what_is_no_script_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "script.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"script\.toml"):
        load_script(path)


def test_an_absent_script_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        load_script(tmp_path / "nowhere.toml")
