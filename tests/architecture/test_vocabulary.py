"""The field's words: who searches for one finds the file where it is done, and sees so in the file's first line."""

import ast

import pytest

from tests.architecture.tree import PACKAGE, parsed

DONE_IN = {
    "threshold": ("hearing/ports/thresholds.py", "Threshold"),
    "spectral subtraction": ("hearing/recognition/augment/spectral_subtraction.py", "subtract_noise"),
    "late reverberation": ("hearing/recognition/augment/late_reverberation.py", "suppress_late_reverberation"),
    "residual echo": ("hearing/echo/residual_echo.py", "ResidualEchoSuppressor"),
    "prefix tree": ("hearing/recognition/scoring/prefix_tree.py", "build_tree"),
    "rescoring": ("hearing/recognition/scoring/rescoring.py", "Rescorer"),
    "augmentation": ("hearing/recognition/augment/views.py", "VIEWS"),
    "nearest class mean": ("hearing/recognition/scoring/templates.py", "TemplateMatcher"),
    "ring buffer": ("devices/ring_buffer.py", "RingBuffer"),
    "barge-in": ("live/barge_in.py", "BargeIn"),
}
"""Each word's file, and what does it there."""


def defined_in(tree: ast.Module) -> set[str]:
    """Return the names of a file's classes, functions and annotated constants."""
    named = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    constants = (node.target for node in tree.body if isinstance(node, ast.AnnAssign))
    return named | {target.id for target in constants if isinstance(target, ast.Name)}


@pytest.mark.parametrize("word", DONE_IN)
def test_a_word_of_the_field_stands_in_the_first_line_of_the_file_where_it_is_done(word: str) -> None:
    file, _ = DONE_IN[word]
    first_line = (PACKAGE / file).read_text("utf-8").splitlines()[0]
    assert word in first_line.lower()


@pytest.mark.parametrize("word", DONE_IN)
def test_what_a_word_stands_for_is_defined_in_its_file(word: str) -> None:
    file, name = DONE_IN[word]
    assert name in defined_in(parsed(PACKAGE / file))
