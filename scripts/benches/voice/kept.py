"""What was measured of the voices: kept by the benches (`--save`), written into the README by `scripts/make readme`."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).parent / "figures.json"
COLUMNS = {
    "wrong_words": "words a small recognizer gets wrong",
    "first_word_s": "first word, nothing cached",
    "first_word_cached_s": "first word, cached",
    "late_ms": "longest gap while clips are made",
    "times": "whole routine, nothing cached",
}


def keep(voice: str, figures: Mapping[str, Any]) -> None:
    """Add a voice's figures to those that are kept."""
    kept = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    kept[voice] = kept.get(voice, {}) | dict(figures)
    FIGURES.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def markdown() -> str:
    """Return the README's table."""
    kept = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    rows = [
        f"| {voice} | {' | '.join(str(figures.get(name, 'not measured')) for name in COLUMNS)} |"
        for voice, figures in kept.items()
    ]
    return "\n".join([f"| voice | {' | '.join(COLUMNS.values())} |", "|---" * (len(COLUMNS) + 1) + "|", *rows])
