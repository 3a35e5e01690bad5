"""What a voice would read wrong is spelled as it sounds; what it reads right is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.speech.spelling import as_spoken
from tests.support.generated import every_text


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("10-15 reps", "10 to 15 reps"),
        ("10 \u2013 15", "10 to 15"),
        ("a weight of 2 kg", "a weight of 2 kilograms"),
        ("1 kg", "1 kilogram"),
        ("2.5kg or 5 lb", "2.5 kilograms or 5 pounds"),
        ("3 x 10", "3 times 10"),
        ("Rest 90 s.", "Rest 90 seconds."),
        ("50% more", "50 percent more"),
        ("Check your band for tears, and", "Check your band for tares, and"),
        ("Tears & wear", "Tares and wear"),
        ("Stay close to the chair.", "Stay close to the chair."),
        ("One-arm row", "One-arm row"),
        ("tearsheet", "tearsheet"),
        ("Floor 2 min", "Floor 2 minutes"),
        ("row 2 my way", "row 2 my way"),
    ],
)
def test_a_text_is_spelled_as_it_is_said(written: str, spoken: str) -> None:
    assert as_spoken(written) == spoken


@given(st.text(max_size=60))
def test_any_text_can_be_spelled(text: str) -> None:
    assert isinstance(as_spoken(text), str)


def test_of_all_sentences_only_few_need_another_spelling() -> None:
    changed = {text for text in every_text() if as_spoken(text) != text}
    named = ("tears", "dumbbell", "physiotherapist")
    assert {text for text in changed if not any(word in text for word in named)} == set()
