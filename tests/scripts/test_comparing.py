"""The bench of the voices counts what the ear would: neither spelling nor a stuck listener, but every other word."""

import pytest

from coach.speech.voice import estimate
from scripts.benches.intelligibility.comparing import edits, edits_at_end, words
from scripts.benches.intelligibility.said import RUN_S, runs, sentences


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Four. Out, and pull up.", "for out and pull up"),
        ("Ten to fifteen.", "10 to 15"),
        ("Come around onto your hands and knees.", "Come around on to your hands and knees."),
        ("Sit upright today.", "Sit up right to-day."),
        ("Wear sturdy shoes, about waist high, every click.", "Where sturdy shoes, about waste high. Every click."),
        (
            "You're lying down, forearms on the mat, in toward you.",
            "Your lying down, four arms on the mat, into ward you",
        ),
        ("Rest there for a breath. First, a rest.", "rest, therefore a breath first arrest"),
        ("Say ready when you are comfortable.", "say Ready, when you're comfortable"),
    ],
)
def test_what_sounds_the_same_is_no_edit(said: str, heard: str) -> None:
    assert edits(words(said), words(heard)) == 0


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        ("Three. Out.", "Free out.", 1),
        ("In.", "And", 1),
        ("Stay.", "", 1),
        ("This one's for your back.", "This once for your back.", 1),
        ("Keep looking at the mat.", "Keep looking at the math.", 1),
        ("Eight.", "eight eight eight eight eight", 1),
        ("Breathe out and pull.", "Bring out and pole", 2),
    ],
)
def test_every_other_word_is_an_edit(said: str, heard: str, wrong: int) -> None:
    assert edits(words(said), words(heard)) == wrong


def test_of_a_run_only_the_last_words_count_and_in_doubt_an_error_is_theirs() -> None:
    assert edits_at_end(words("One. In."), words("Two."), words("won and two")) == (0, ["to"])
    assert edits_at_end(words("One. In."), words("Two."), words("one in do")) == (1, ["do"])
    assert edits_at_end(words("In."), words("Two."), words("in and two"))[0] == 1


def test_every_wording_of_a_set_is_heard_after_what_the_set_says_before_it() -> None:
    before = runs(estimate)
    assert [text for _, text in before["One. Breathe out and pull up."]] == ["Right arm."]
    assert all(0 < ahead_s <= RUN_S for run in before.values() for ahead_s, _ in run)
    assert set(before) <= set(sentences())
