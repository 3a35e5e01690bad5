"""The bench of two builds says where two files first differ, and leaves out only when a session started."""

from pathlib import Path

import numpy as np
import pytest

from coach.sound.wav import write_wav
from scripts.benches.builds.comparing import HEADER, difference, first_byte


def pair(folder: Path, name: str, one: str, other: str) -> tuple[Path, Path]:
    paths = folder / "other" / name, folder / "this" / name
    for path, text in zip(paths, (one, other), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return paths


def test_when_a_session_started_is_no_difference(tmp_path: Path) -> None:
    first, second = '{"event": "session", "started": "2026-01-01"}\n', '{"event": "session", "started": "2026-01-02"}\n'
    assert difference(*pair(tmp_path, "a.jsonl", first, second)) is None


def test_the_first_line_that_differs_is_shown_from_both(tmp_path: Path) -> None:
    found = difference(*pair(tmp_path, "a.txt", "one\ntwo\nthree\n", "one\n2\n3\n"))
    assert found == "line 2\n    two\n    2"


def test_a_file_that_goes_on_differs(tmp_path: Path) -> None:
    assert difference(*pair(tmp_path, "a.txt", "one\n", "one\ntwo\n")) == "1 lines and 2"


def test_a_sample_that_differs_is_told_by_its_second(tmp_path: Path) -> None:
    sound = np.zeros(44_100, np.float32)
    write_wav(tmp_path / "a.wav", sound)
    sound[22_050] = 0.5
    write_wav(tmp_path / "b.wav", sound)
    assert str(difference(tmp_path / "a.wav", tmp_path / "b.wav")).endswith(", 0.500 s")
    assert (tmp_path / "a.wav").read_bytes()[HEADER - 8 : HEADER - 4] == b"data"


def test_a_missing_file_says_whose(tmp_path: Path) -> None:
    one, other = pair(tmp_path, "a.mp3", "x", "x")
    other.unlink()
    assert difference(one, other) == "missing in this"


@pytest.mark.parametrize(("one", "other", "at"), [(b"", b"", None), (b"abc", b"abd", 2), (b"ab", b"abc", 2)])
def test_the_first_byte_that_differs(one: bytes, other: bytes, at: int | None) -> None:
    assert first_byte(one, other) == at
