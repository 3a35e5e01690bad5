"""The notation of sentence templates."""

import re

import pytest

from coach.hearing.vocabulary.sentence_automaton import Automaton
from coach.hearing.vocabulary.sentence_templates import Grammar, TemplateError

GRAMMAR = Grammar(
    lists={"moment": ["(a|one) (second|minute)"], "round": ["<round> again"]},
    slots={"part": {"back": ["back", "spine"], "foot": ["foot", "feet"]}, "number": {"2": ["two"]}},
    light=frozenset({"my", "the", "a", "bit"}),
    guards=frozenset({"not", "her"}),
    contractions={"gonna": "going to", "can't": "can not", "-'s": "is", "-n't": "not"},
    fillers=frozenset({"please"}),
)


def fits(template: str, text: str) -> bool:
    automaton = Automaton()
    GRAMMAR.compile(automaton, 0, [template])
    words = GRAMMAR.words(text)
    return (len(words), (0,)) in automaton.ends(words, 0)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("hold on", "hold on"),
        ("(hold|hang) on", "hang on"),
        ("hold [it] now", "hold now"),
        ("hold [it] now", "hold it now"),
        ("wait <moment>", "wait one minute"),
        ("... {part} hurts", "my back hurts"),
        ("* {part} hurts", "oh dear me my back hurts"),
        ("(stop|go [on]) [it [all]]", "go on it all"),
    ],
)
def test_what_the_notation_means(template: str, text: str) -> None:
    assert fits(template, text)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("hold on", "hold on tight"),
        ("hold on", "hold only"),
        ("... hurts", "kettle hurts"),
        ("* hurts", "it does not hurts"),
    ],
)
def test_nothing_else_fits(template: str, text: str) -> None:
    assert not fits(template, text)


@pytest.mark.parametrize(
    ("template", "text"),
    [("too fast", "to fast"), ("take a break", "take a brake"), ("my knee", "my nee"), ("i feel weak", "I feel week")],
)
def test_a_word_stands_for_all_that_sound_like_it(template: str, text: str) -> None:
    assert fits(template, text)


def test_a_word_of_a_slot_stands_for_itself_alone() -> None:
    """Or "to" would be a number."""
    assert fits("{number}", "two")
    assert not fits("{number}", "to")


@pytest.mark.parametrize(
    ("template", "text"),
    [("I'm going to stop", "I'm gonna stop"), ("I can not", "I can't"), ("it is", "it's"), ("it isn't", "it is not")],
)
def test_a_contraction_is_what_it_stands_for_in_templates_and_in_sentences(template: str, text: str) -> None:
    grammar = Grammar({}, {}, contractions={**GRAMMAR.contractions, "-'m": "am"})
    assert grammar.words(template) == grammar.words(text)


def test_fillers_are_left_out_of_what_was_said() -> None:
    assert fits("hold on", "please hold on please")


def test_a_slot_tells_its_value() -> None:
    automaton = Automaton()
    GRAMMAR.compile(automaton, 0, ["* {part} hurts", "it hurts"])
    assert automaton.value(0, GRAMMAR.words("both my feet hurts")) == "foot"
    assert automaton.value(0, GRAMMAR.words("it hurts")) is None


def test_templates_are_told_apart_by_their_tags_and_their_ends() -> None:
    automaton = Automaton()
    GRAMMAR.compile(automaton, 0, ["hold on", "hold"])
    GRAMMAR.compile(automaton, 1, ["hold ..."])
    assert list(automaton.ends(GRAMMAR.words("hold on the"), 0)) == [(1, (0, 1)), (2, (0,))]


@pytest.mark.parametrize(
    "template", ["(hold on", "hold) on", "(hold] on", "<nowhere>", "{nothing}", "hold + on", "<round>", "hold please"]
)
def test_a_template_that_means_nothing_is_refused_by_name(template: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(repr(template).strip("'").split(">")[0])):
        GRAMMAR.compile(Automaton(), 0, [template])
