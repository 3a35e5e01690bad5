"""Load the facts that the coach teaches (`facts.toml`). Every instruction names a fact's id, or `added`."""

import tomllib
from functools import cache
from pathlib import Path

ADDED = "added"
"""The id of what is ours, where the source is silent."""

_FILE = Path(__file__).parent / "facts.toml"


@cache
def load_facts() -> dict[str, str]:
    """Return every fact in our own words, by its id, in the source's order."""
    sections = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        f"{section}.{name}" if isinstance(texts, dict) else section: text
        for section, texts in sections.items()
        for name, text in (texts.items() if isinstance(texts, dict) else [("", texts)])
    }
