"""What the sound check learned is handed on to the session's ears."""

from pathlib import Path

import pytest

from coach.cli.session.sound_checking import known_echo_delay
from coach.training.people.folders import PersonFolders


@pytest.mark.parametrize(
    ("kept", "delay_s"),
    [
        ('{"delay_s": 0.12}', 0.12),
        ('{"delay_s": null}', None),
        ("null", None),
        ('{"delay_s": 7}', None),
        ('{"delay_s": "soon"}', None),
        ("{", None),
    ],
)
def test_the_echos_delay_is_read_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str, delay_s: float | None
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    person = PersonFolders()
    person.state.mkdir(parents=True, exist_ok=True)
    assert known_echo_delay(person) is None
    (person.state / "sound-check.json").write_text(kept, encoding="utf-8")
    assert known_echo_delay(person) == delay_s
