"""The house: how big a file, a function and a room may be, and what every public thing has."""

import ast
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import PACKAGE, ROOT, SCRIPTS, SOURCES, parsed, python_files, where

Function = ast.FunctionDef | ast.AsyncFunctionDef


def lines_of(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert {str(path.relative_to(ROOT)): lines_of(path) for path in python_files() if lines_of(path) > 300} == {}


def test_the_first_page_is_read_in_a_minute() -> None:
    assert lines_of(ROOT / "README.md") <= 150


def test_most_files_are_short() -> None:
    assert statistics.median(lines_of(path) for path in SOURCES) <= 120


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{where(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, Function) and node.end_lineno is not None and node.end_lineno - node.lineno + 1 > 40
    }
    assert long == {}


def test_no_room_holds_more_than_twenty_four_files() -> None:
    folders = {path.parent for path in SOURCES}
    files = {folder: sum(path.is_file() for path in folder.iterdir()) for folder in folders}
    assert {str(folder.relative_to(ROOT)): count for folder, count in files.items() if count > 24} == {}


def test_no_class_name_stands_for_two_things() -> None:
    places = defaultdict(list)
    for path in (*SOURCES, *SCRIPTS):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(str(path.relative_to(ROOT)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def public_functions(path: Path) -> Iterator[Function]:
    """Yield the public functions and methods of a file. A method that a port documents needs no docstring again."""
    for node in parsed(path).body:
        if isinstance(node, Function):
            yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from (each for each in node.body if isinstance(each, Function))


def test_every_public_function_has_a_docstring() -> None:
    silent = [
        f"{where(path)}:{node.name}"
        for path in SOURCES
        for node in public_functions(path)
        if not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert silent == []


def test_the_top_level_holds_what_the_design_names() -> None:
    allowed = {
        "pyproject.toml",
        "coach",
        "scripts",
        "audio",
        "tests",
        "findings",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
    }
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found <= allowed | {"__pycache__"}


def test_the_package_is_where_the_tests_look() -> None:
    assert PACKAGE.is_dir()
    assert SOURCES
