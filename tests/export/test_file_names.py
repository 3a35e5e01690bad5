"""Any title becomes a file's name that every system takes, and no two files overwrite each other on any."""

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.export.file_names import NAME_BYTES, safe_name, same_file_key


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("One-arm row · right arm · 1 of 2", "One-arm row - right arm - 1 of 2"),
        ('A/B: "c" <d>|e?*\\', "AB c de"),
        ("Dos à dos 💪 허리", "Dos à dos 💪 허리"),
        ("two\nlines\tand \x00 more.", "two lines and more"),
        ("...", "Track"),
        ("x" * 500, "x" * 80),
    ],
)
def test_any_title_becomes_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert safe_name(title) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Con", "Con_"),
        ("AUX", "AUX_"),
        ("nul.backup", "nul_.backup"),
        ("com1", "com1_"),
        ("LPT\u00b2", "LPT\u00b2_"),
        ("aux .x", "aux_.x"),
        ("Conny", "Conny"),
        ("Jos\u00e9...", "Jos\u00e9"),
        ("Jose\u0301", "Jos\u00e9"),
        (".hidden", "hidden"),
        ("\U0001f4aa" * 70, "\U0001f4aa" * 50),
    ],
)
def test_a_name_that_one_system_refuses_is_changed_on_all(title: str, name: str) -> None:
    assert safe_name(title) == name


@given(st.text(max_size=300))
def test_every_title_is_a_name_on_every_system(title: str) -> None:
    name = safe_name(title)
    assert 0 < len(name.encode()) <= NAME_BYTES + 1
    assert name == unicodedata.normalize("NFC", name)
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert PureWindowsPath(f"{name}.mp3").name == f"{name}.mp3"
    assert not PureWindowsPath(f"{name}.mp3").is_reserved()


@given(title=st.text(st.characters(exclude_categories=["Cs"]), min_size=70, max_size=300))
def test_every_name_leaves_room_for_what_comes_to_it(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    path = Path(tmp_path_factory.getbasetemp(), f"001 {safe_name(title)}.mp3.chapters.json")
    path.write_bytes(b"")
    path.unlink()


def test_case_and_composition_make_no_other_file() -> None:
    assert same_file_key("Jos\u00e9") == same_file_key("JOSE\u0301")
    assert same_file_key("Straße") == same_file_key("STRASSE")
    assert same_file_key("Ann") != same_file_key("Anna")
