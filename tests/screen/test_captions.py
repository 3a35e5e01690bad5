"""Captions: two short lines at a time, nothing lost, each part in its share of the time."""

from hypothesis import given
from hypothesis import strategies as st

from coach.screen.captions import LONGEST, captions, split

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=14), min_size=1, max_size=40).map(" ".join)


@given(WORDS)
def test_no_word_is_lost_and_no_part_is_too_long(text: str) -> None:
    parts = split(text)
    assert " ".join(parts).split() == text.split()
    assert all(0 < len(part) <= LONGEST for part in parts)


@given(WORDS, st.floats(0.5, 30.0))
def test_the_parts_take_as_long_as_the_sentence(text: str, length_s: float) -> None:
    assert abs(sum(seconds for _, seconds in captions(text, length_s)) - length_s) < 0.05


def test_a_sentence_is_cut_where_it_breathes() -> None:
    text = "If that pain is new, sharp or lasting, please leave it for today and call your doctor."
    assert split(text)[0] == "If that pain is new, sharp or lasting,"


def test_a_word_without_end_is_cut() -> None:
    assert [len(part) for part in split("a" * 150)] == [LONGEST, LONGEST, 150 - 2 * LONGEST]
