"""What is said in a home and isn't meant for the coach means nothing, whatever is open."""

import pytest

from coach.hearing.vocabulary.phrase_table import load_table
from coach.hearing.vocabulary.sentence_file import load_sentences
from coach.session.state import Question
from scripts.benches.hearing.moments import BenchMoment, every_moment

SENTENCES = load_sentences(load_table())


def counts(text: str, moment: BenchMoment) -> bool:
    """Tell whether a sentence means anything then; some mean it to one question alone."""
    found = SENTENCES.meaning(text, moment.open())
    return found is not None and found.question in (None, moment.question)


def means_nothing(text: str) -> bool:
    return not any(counts(text, moment) for moment in every_moment())


@pytest.mark.parametrize(
    "text",
    [
        "she said her back hurts",
        "my mother's knee hurts",
        "I told him to stop at the shop",
        "the bus stops in front of the library",
        "how many eggs do we have",
        "put the kettle on would you darling",
        "well done",
        "she stopped at the bus stop",
        "harold's back hurts",
        "my mother fell last week",
        "how's your knee after the operation",
        "the doctor said his heart is fine",
        "that car's going far too fast",
        "i must ring my daughter later",
        "the other side of the street's quieter",
        "what time is the film on the television",
        "don't mind me",
        "my bad first",  # as small models write "my back hurts": it must undo nothing
        "",
        "...",
    ],
)
def test_talk_about_others_and_other_things_is_no_command(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "do you know",
        "let me think now",
        "i cannot",
        "not it",
        "i like it here",
        "you go",
        "let me go",
        "there you go",
        "let's see",
        "it's already there",
        "and then",
        "back in my garden",
        "all in",
        "more of that",
        "another",
    ],
)
def test_a_few_light_words_mean_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize(
    "text", ["do you write it", "left or right", "one two three", "this one's the one", "two left"]
)
def test_only_words_for_effort_and_named_numbers_answer_how_hard_it_was(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize("text", ["that was hard work", "that's a bit hard", "well that wasn't so bad"])
def test_a_comment_on_what_is_past_means_nothing_but_as_an_answer(text: str) -> None:
    assert {moment.question for moment in every_moment() if counts(text, moment)} <= {Question.EFFORT}


@pytest.mark.parametrize(
    "text",
    [
        "somebody's at the door",
        "the phone",
        "the radiator's gone cold",
        "don't worry about it",
        "it doesn't matter",
        "it's on the right hand side",
        "look back now",
    ],
)
def test_a_remark_in_a_home_means_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize(
    "text", ["i will drop", "no need to help here", "it's a little pop", "a stitch in time", "i've seen one chest"]
)
def test_an_emergency_and_a_pain_need_strong_words(text: str) -> None:
    assert means_nothing(text)
