"""What both models write was said; where they begin alike, other views of the sound change little."""

import pytest

from coach.hearing.recognition.scoring.agreement import Agreement, is_long


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Close the door.", "close the door", True),
        ("About 7.", "about seven", True),
        ("Close the door.", "close the drawer", False),
        ("So.", "so", False),  # one word: too short to be sure of
        ("", "", False),
    ],
)
def test_a_sentence_is_whole_where_both_write_the_same(first: str, second: str, whole: bool) -> None:
    assert Agreement(first, second).is_whole is whole


def test_three_words_alike_settle_what_goes_on_otherwise() -> None:
    assert Agreement("Can I have an iced coffee?", "Can I have a nice copy").is_settled
    assert not Agreement("Can I lift this", "Can they lift this").is_settled
    assert not Agreement("Stop it", "Stop that").is_settled


def test_what_is_longer_than_any_command_is_settled_by_one_model() -> None:
    talk = Agreement("Give me a medium triple shot with cream", "Give me, Dee")
    assert is_long(talk.first)
    assert talk.is_settled
    assert not Agreement("I felt a pop in my back", "").is_settled
