"""The package's source files, their rooms and what each imports."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "coach"
SOURCES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text("utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports from, submodules spelled out."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (_submodule(node.module, alias.name) for alias in node.names)


def _submodule(module: str, name: str) -> str:
    """Return `module.name` where that is a module of ours, else the module."""
    path = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if path.is_dir() or path.with_suffix(".py").exists() else module


def room_of(path: Path) -> str:
    """Return a file's room: `session`, `hearing/echo`, or the name of a top-level file."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return "/".join(parts[:2]) if parts[0] == "hearing" and len(parts) > 2 else parts[0]


def room_of_module(name: str) -> str:
    """Return the room of a dotted module of ours."""
    path = ROOT.joinpath(*name.split("."))
    return room_of(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))


def where(path: Path) -> str:
    """Return a file's place within the package, as `sound/pcm.py`."""
    return path.relative_to(PACKAGE).as_posix()


def python_files() -> list[Path]:
    """Return every Python file of the project."""
    return [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), *SCRIPTS]
