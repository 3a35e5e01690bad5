"""Benches and makers by name: list them, run one. `scripts/bench` and `scripts/make` are their only entry points."""

import argparse
import ast
import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from coach.errors import CoachError

ROOT = Path(__file__).parents[1]


def options(command: str, about: str | None) -> argparse.ArgumentParser:
    """Return a parser whose help is the tool's docstring; `command` as one types it, as `bench echo`."""
    wrapped = argparse.RawDescriptionHelpFormatter
    return argparse.ArgumentParser(prog=f"scripts/{command}", description=about, formatter_class=wrapped)


def run(command: str, folder: Path, arguments: Sequence[str]) -> int:
    """Run the tool that the first argument names; list them all without one. Return the exit code."""
    found = tools(folder)
    name = arguments[0] if arguments else "--help"
    name = name if name in found else name.replace("-", "_") if not name.startswith("-") else name
    if name in ("-h", "--help"):
        print(f"usage: scripts/{command} NAME [ARGUMENTS]   (NAME --help explains one)\n")
        print("\n".join(f"  {each:16} {first_line(path)}" for each, path in found.items()))
        return 0
    if name not in found:
        print(f"scripts/{command}: there is no {name!r}; choose one of {', '.join(found)}", file=sys.stderr)
        return 2
    module = ".".join(found[name].relative_to(ROOT).with_suffix("").parts)
    try:
        return int(importlib.import_module(module).main(arguments[1:]))
    except CoachError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def tools(folder: Path) -> Mapping[str, Path]:
    """Return the tools of a folder by name: a module, or a package's `__main__`."""
    modules = {path.stem: path for path in folder.glob("*.py") if not path.stem.startswith("_")}
    packages = {path.parent.name: path for path in folder.glob("*/__main__.py")}
    return dict(sorted((modules | packages).items()))


def first_line(path: Path) -> str:
    """Return the first sentence of a tool's docstring, without importing the tool."""
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
