"""The notation of sentence templates."""

import re

import pytest

from coach.hearing.vocabulary.sentence_templates import GAP_WORDS, Grammar, TemplateError

GRAMMAR = Grammar(
    lists={"moment": ["(a|one) (second|minute)"], "round": ["<round> again"]},
    slots={"part": {"back": ["back", "spine"], "foot": ["foot", "feet"]}},
    light=frozenset({"my", "the", "a", "bit"}),
    guards=frozenset({"not", "her"}),
)


def fits(template: str, text: str) -> bool:
    return re.fullmatch(GRAMMAR.pattern([template]), GRAMMAR.marked(text)) is not None


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("hold on", "hold on"),
        ("(hold|hang) on", "hang on"),
        ("hold [it] please", "hold please"),
        ("hold [it] please", "hold it please"),
        ("wait <moment>", "wait one minute"),
        ("... {part} hurts", "my back hurts"),
        ("* {part} hurts", "oh dear me my back hurts"),
    ],
)
def test_what_the_notation_means(template: str, text: str) -> None:
    assert fits(template, text)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("hold on", "hold on please"),
        ("hold on", "hold only"),
        ("... hurts", "kettle hurts"),
        ("* hurts", "it does not hurts"),
        ("* hurts", " ".join(["oh"] * (GAP_WORDS + 1)) + " hurts"),
    ],
)
def test_nothing_else_fits(template: str, text: str) -> None:
    assert not fits(template, text)


def test_a_slot_tells_its_value() -> None:
    assert GRAMMAR.value("part", GRAMMAR.marked("feet")) == "foot"


@pytest.mark.parametrize("template", ["(hold on", "<nowhere>", "{nothing}", "hold + on", "<round>"])
def test_a_template_that_means_nothing_is_refused_by_name(template: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(repr(template).strip("'").split(">")[0])):
        GRAMMAR.pattern([template])
