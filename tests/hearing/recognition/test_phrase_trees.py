"""The trees hold what is open, or what is within reach of a word, and always the rivals."""

from collections.abc import Iterator

import pytest

from coach.hearing.recognition.models.moonshine import model_folder
from coach.hearing.recognition.models.tokenizer import Tokenizer
from coach.hearing.recognition.scoring.phrase_trees import PhraseTrees
from coach.hearing.recognition.scoring.prefix_tree import BEAM, Node
from coach.hearing.recognition.scoring.scores import RIVAL, Scores
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.people import people_table
from coach.hearing.vocabulary.phrase_table import load_table

TABLE = load_table()
OPEN = frozenset({Command.STOP, Command.NEXT, Command.DONE})
RIVALS = {RIVAL + rival for rival in TABLE.rivals}


@pytest.fixture(scope="module")
def trees() -> PhraseTrees:
    return PhraseTrees(TABLE.phrases(), TABLE.rivals, Tokenizer(model_folder() / "tokenizer.bin"))


def phrases(node: Node) -> set[str]:
    return {*_phrases(node)}


def _phrases(node: Node) -> Iterator[str]:
    if node.phrase is not None:
        yield node.phrase
    for child in node.children.values():
        yield from _phrases(child)


def scores(*texts: str) -> Scores:
    return Scores("", True, dict.fromkeys(texts, -3.0))


def test_a_tree_holds_what_is_open_and_every_rival(trees: PhraseTrees) -> None:
    opened = {phrase.text for phrase in TABLE.phrases() if phrase.command in OPEN}
    assert phrases(trees.of(OPEN)) == opened | RIVALS


def test_within_reach_are_the_phrases_that_have_a_score_and_every_rival(trees: PhraseTrees) -> None:
    near = trees.within_reach(scores("stop", "next", "pause", *RIVALS), OPEN)
    assert phrases(near) == {"stop", "next"} | RIVALS  # "pause" is not open


def test_where_no_phrase_has_a_score_all_that_is_open_is_within_reach(trees: PhraseTrees) -> None:
    assert trees.within_reach(scores(*RIVALS), OPEN) is trees.of(OPEN)


def test_names_are_always_within_reach_and_do_not_put_out_of_reach_what_else_is_open() -> None:
    people = people_table(TABLE, ["anna", "Victor"])
    trees = PhraseTrees(people.phrases(), people.rivals, Tokenizer(model_folder() / "tokenizer.bin"))
    names, opened = {phrase.text for phrase in people.phrases() if phrase.choice}, OPEN | {Command.NUMBER}
    assert phrases(trees.within_reach(scores("stop"), opened)) == {"stop"} | names | RIVALS
    far = Scores("", True, {"anna": -BEAM - 1.0})
    assert trees.within_reach(far, opened) is trees.of(opened)
