"""Which files the program opens: every one, whoever opens it, by the interpreter's own audit."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

_KEPT: list[list[Path]] = []


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if _KEPT and event in ("open", "sqlite3.connect") and isinstance(arguments[0], str | bytes | Path):
        name = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
        _KEPT[-1].append(Path(unquote(name.removeprefix("file:").partition("?")[0])).absolute())


sys.addaudithook(_audit)  # for good: none can be taken away


@contextlib.contextmanager
def opened() -> Iterator[list[Path]]:
    """Yield a list that grows by the path of each file and database that is opened."""
    found: list[Path] = []
    _KEPT.append(found)
    try:
        yield found
    finally:
        _KEPT.remove(found)
